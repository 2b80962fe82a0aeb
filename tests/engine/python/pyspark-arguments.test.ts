import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKernel, type TestKernel } from '../../main/kernel/start-kernel.ts';

let python: TestKernel;
beforeAll(async () => {
  python = await startKernel();
  await python.run(`from pyspark.sql import Row, SparkSession, Window
import pyspark.sql.functions as F
from pyspark.sql.types import *
spark = SparkSession.builder.getOrCreate()
df = spark.createDataFrame([(1, "a")], ["n", "s"])
stream = spark.readStream.format("rate").load()`);
});
afterAll(() => python.kernel.shutdown());

const intoBool =
  "PySparkValueError: [CANNOT_CONVERT_COLUMN_INTO_BOOL] Cannot convert column into bool: please use '&' for 'and', '|' for 'or', '~' for 'not' when building DataFrame boolean expressions.";

// Each answer is what PySpark 3.5.7 prints.
test.each([
  ['df.withWatermark(df.n, "1 minute")', intoBool],
  ['df.withWatermark(1, "1 minute")', 'PySparkTypeError: [NOT_STR] Argument `eventTime` should be a str, got int.'],
  ['df.withWatermark("", "1 minute")', 'PySparkTypeError: [NOT_STR] Argument `eventTime` should be a str, got str.'],
  ['(df.n > 1) and (df.n < 3)', intoBool],
  [
    '1 in df.n',
    "PySparkValueError: [CANNOT_APPLY_IN_FOR_COLUMN] Cannot apply 'in' operator against a column: please use 'contains' in a string column or 'array_contains' function for an array column.",
  ],
  [
    'df.dropDuplicates("n")',
    'PySparkTypeError: [NOT_LIST_OR_TUPLE] Argument `subset` should be a list or tuple, got str.',
  ],
  [
    'df.dropDuplicates("n", "s")',
    'TypeError: DataFrame.dropDuplicates() takes from 1 to 2 positional arguments but 3 were given',
  ],
  ['df.dropDuplicates([df.n])', 'PySparkTypeError: [NOT_ITERABLE] Column is not iterable.'],
  ['df.join(df, on=[])', 'IndexError: list index out of range'],
  ['df.groupBy("n").count(1)', 'TypeError: dfapi.<locals>._api() takes 1 positional argument but 2 were given'],
  ['df.groupBy("n").sum(x=1)', "TypeError: df_varargs_api.<locals>._api() got an unexpected keyword argument 'x'"],
  [
    'df.groupBy("n").pivot("s", ["a"]).pivot("s")',
    'captured.UnsupportedOperationException: [REPEATED_CLAUSE] The PIVOT clause may be used at most once per SUBQUERY operation.',
  ],
  [
    'spark.readStream.option("a")',
    "TypeError: DataStreamReader.option() missing 1 required positional argument: 'value'",
  ],
  ['df.write.format()', "TypeError: DataFrameWriter.format() missing 1 required positional argument: 'source'"],
  ['df.nope', "AttributeError: 'DataFrame' object has no attribute 'nope'"],
  ['df.withColumn("x", 1)', 'PySparkTypeError: [NOT_COLUMN] Argument `col` should be a Column, got int.'],
  ['df.filter(3)', 'PySparkTypeError: [NOT_COLUMN_OR_STR] Argument `condition` should be a Column or str, got int.'],
  ['df.orderBy()', 'PySparkValueError: [CANNOT_BE_EMPTY] At least one column must be specified.'],
  ['df.toDF("a")', 'New column names (1): a'],
  [
    'df.dropna(how="x")',
    "AssertionError: Undefined error message parameter for error class: VALUE_NOT_ANY_OR_ALL. Parameters: {'arg_name': 'how', 'arg_type': 'x'}",
  ],
  [
    'df.groupBy("n").sum("s")',
    'captured.AnalysisException: "s" is not a numeric column. Aggregation function can only be applied on a numeric column.',
  ],
  [
    'df.write.mode("foo")',
    "captured.IllegalArgumentException: Unknown save mode: foo. Accepted save modes are 'overwrite', 'append', 'ignore', 'error', 'errorifexists', 'default'.",
  ],
  [
    'df.writeStream',
    'captured.AnalysisException: [WRITE_STREAM_NOT_ALLOWED] `writeStream` can be called only on streaming Dataset/DataFrame.',
  ],
  [
    'stream.write',
    'captured.AnalysisException: [CALL_ON_STREAMING_DATASET_UNSUPPORTED] The method `write` can not be called on streaming Dataset/DataFrame.',
  ],
  ['stream.writeStream.trigger()', 'PySparkValueError: [ONLY_ALLOW_SINGLE_TRIGGER] Only a single trigger is allowed.'],
  [
    'stream.writeStream.trigger("1 minute")',
    'TypeError: DataStreamWriter.trigger() takes 1 positional argument but 2 were given',
  ],
  [
    'stream.writeStream.trigger(once=False)',
    "PySparkValueError: [VALUE_NOT_TRUE] Value for `once` must be True, got 'False'.",
  ],
  [
    'stream.writeStream.outputMode("todo")',
    "captured.IllegalArgumentException: Unknown output mode todo. Accepted output modes are 'append', 'complete', 'update'",
  ],
  [
    'stream.writeStream.queryName(" ")',
    "PySparkValueError: [VALUE_NOT_NON_EMPTY_STR] Value for `queryName` must be a non empty string, got ' '.",
  ],
  [
    'stream.writeStream.foreach(3)',
    'PySparkAttributeError: [ATTRIBUTE_NOT_CALLABLE] Attribute `process` in provided object `f` is not callable.',
  ],
  [
    'spark.readStream.load("")',
    "PySparkValueError: [VALUE_NOT_NON_EMPTY_STR] Value for `path` must be a non empty string, got ''.",
  ],
  ['F.sum(1)', 'PySparkTypeError: [NOT_COLUMN_OR_STR] Argument `col` should be a Column or str, got int.'],
  [
    'F.lit({1: 2})',
    "captured.SparkRuntimeException: [UNSUPPORTED_FEATURE.LITERAL_TYPE] The feature is not supported: Literal for '{1=2}' of class java.util.HashMap.",
  ],
  [
    'F.when(df.n > 1, 2).otherwise(3).otherwise(4)',
    'captured.IllegalArgumentException: otherwise() can only be applied once on a Column previously generated by when()',
  ],
  ['F.window("t", 5)', 'PySparkTypeError: [NOT_STR] Argument `windowDuration` should be a str, got int.'],
  [
    'spark.createDataFrame([])',
    'PySparkValueError: [CANNOT_INFER_EMPTY_SCHEMA] Can not infer schema from empty dataset.',
  ],
  [
    'spark.createDataFrame([(1,), (1.5,)])',
    'PySparkTypeError: [CANNOT_MERGE_TYPE] Can not merge type `LongType` and `DoubleType`.',
  ],
  [
    'spark.createDataFrame([("a",)], StructType([StructField("n", IntegerType())]))',
    'PySparkTypeError: [CANNOT_ACCEPT_OBJECT_IN_TYPE] `IntegerType()` can not accept object `a` in type `str`.',
  ],
  [
    'StructField("n", IntegerType)',
    "AssertionError: dataType <class 'pyspark.sql.types.IntegerType'> should be an instance of <class 'pyspark.sql.types.DataType'>",
  ],
  ['Row(a=1)["b"]', 'PySparkValueError: b'],
])('%s', async (source, expected) => {
  const answer = await python.run(source);
  expect(answer.replace(/^(pyspark\.errors\.exceptions\.)(base\.)?/, '')).toBe(expected);
});

test('a failed command raises the class of PySpark with its error class, and shows only the line of the program', async () => {
  const { SparkError } = await import('../../../engine/core/spark-error.ts');
  const { RecordingPort } = await import('../../main/kernel/recording-port.ts');
  const failing = new RecordingPort((command) => {
    if (command.kind === 'count') throw new SparkError({ java: 'java.lang.IllegalStateException' }, 'parado');
    if (command.kind === 'collect')
      throw new SparkError('AnalysisException', '[A_CLASS] texto', {
        condition: 'A_CLASS',
        sqlState: '42000',
        parameters: { a: 'b' },
      });
    return undefined;
  });
  const other = await startKernel({ commands: failing });
  await other.run(
    'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\ndf = spark.range(1)',
  );
  const source = `try: df.collect()
except Exception as e: print(type(e).__name__, e.getErrorClass(), e.getSqlState(), e.getMessageParameters(), e)`;
  expect(await other.run(source)).toBe("AnalysisException A_CLASS 42000 {'a': 'b'} [A_CLASS] texto\n");
  const reply = await other.kernel.execute('cell', 'df.count()');
  expect(reply.error?.evalue).toMatch(
    /^An error occurred while calling o\d+\.count\.\n: java\.lang\.IllegalStateException: parado\n$/,
  );
  expect(reply.error?.frames).toHaveLength(1);
  await other.kernel.shutdown();
});
