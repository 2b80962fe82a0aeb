import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecordingPort } from '../../main/kernel/recording-port.ts';
import { startKernel, type TestKernel } from '../../main/kernel/start-kernel.ts';

const port = new RecordingPort();
let python: TestKernel;
beforeAll(async () => {
  python = await startKernel({ commands: port });
  await python.run(`from pyspark.sql import SparkSession, Window
from pyspark.sql.functions import *
import datetime, decimal
spark = SparkSession.builder.master("local[2]").appName("curso").config("spark.sql.shuffle.partitions", 3).getOrCreate()
df = spark.createDataFrame([(1, "a")], ["n", "s"])`);
});
afterAll(() => python.kernel.shutdown());

/** A plan without what changes from run to run. */
const bare = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, item: unknown) => (key === 'plan_id' || key === 'origin' ? undefined : item)));

const planOf = async (source: string): Promise<unknown> => {
  expect(await python.run(source)).toBe('');
  return bare(port.last('analyze_plan').plan);
};
const column = (name: string): unknown => ({ kind: 'unresolved_attribute', unparsed_identifier: name });
const call = (name: string, ...args: readonly unknown[]): unknown => ({
  kind: 'unresolved_function',
  function_name: name,
  arguments: args,
});
const text = (value: string): unknown => ({ kind: 'literal', data_type: 'string', value });
const integer = (value: number): unknown => ({ kind: 'literal', data_type: 'integer', value });

test('the builder sends its settings as texts', () => {
  expect(port.recorded[0]?.command).toEqual({
    kind: 'create_session',
    confs: { 'spark.master': 'local[2]', 'spark.app.name': 'curso', 'spark.sql.shuffle.partitions': '3' },
  });
});

// Orders of Spark 3.5.7.
test.each([
  ['b a', 'a b'],
  ['a b c d e', 'e a b c d'],
  ['g f e d c b a', 'e f a b g c d'],
  ['* ultimoLogin a g b c', '* a b g ultimoLogin c'],
])('agg of a dict with %s takes the columns in the order of the maps of the JVM', async (names, order) => {
  expect(
    await python.run(`from pyspark.sql._java_map import java_map_order\nprint(*java_map_order("${names}".split()))`),
  ).toBe(`${order}\n`);
});

test('values travel with the slices that parallelize makes', async () => {
  const slices = 'from pyspark.rdd import slice_sizes\n[slice_sizes(n, 2) for n in (0, 1, 2, 3, 5, 7, 10)]';
  expect(await python.run(slices)).toBe('[[0, 0], [0, 1], [1, 1], [1, 2], [2, 3], [3, 4], [5, 5]]');
  expect(await planOf('columns = spark.createDataFrame([(1,), (2,), (3,)], ["n"]).columns')).toMatchObject({
    partition_sizes: [1, 2],
  });
});

test('an RDD keeps its partitions through changes of its values', async () => {
  const source = `numbers = spark.sparkContext.parallelize(range(7), 3)
[numbers.filter(lambda n: n % 2).glom().collect(), numbers.union(numbers.map(str)).getNumPartitions(), numbers.mapPartitions(lambda part: [len(list(part))]).collect()]`;
  expect(await python.run(source)).toBe('[[[1], [3], [5]], 6, [2, 2, 3]]');
});

const lines = {
  kind: 'read',
  is_streaming: true,
  data_source: { format: 'socket', options: { host: 'localhost', port: '9999', includeTimestamp: 'true' } },
};

test('word count over windows of a socket with a watermark', async () => {
  const plan =
    await planOf(`lineas = spark.readStream.format("socket").option("host", "localhost").option("port", 9999).option("includeTimestamp", True).load()
palabras = lineas.select(explode(split(lineas.value, " ")).alias("palabra"), lineas.timestamp) if "value" in lineas.columns else lineas.select(explode(split("value", " ")).alias("palabra"), "timestamp")
cuenta = palabras.withWatermark("timestamp", "30 minutes").groupBy(window("timestamp", "10 minutes", "5 minutes"), "palabra").count()`);
  const words = {
    kind: 'alias',
    expr: call('explode', call('split', column('value'), text(' '), integer(-1))),
    name: ['palabra'],
  };
  const projected = { kind: 'project', input: lines, expressions: [words, column('timestamp')] };
  expect(plan).toEqual({
    kind: 'aggregate',
    input: { kind: 'with_watermark', input: projected, event_time: 'timestamp', delay_threshold: '30 minutes' },
    group_type: 'groupby',
    grouping_expressions: [
      call('window', column('timestamp'), text('10 minutes'), text('5 minutes')),
      column('palabra'),
    ],
    aggregate_expressions: [{ kind: 'alias', expr: call('count', integer(1)), name: ['count'] }],
  });
});

test('a query starts with mode, trigger, options and the cell that started it', async () => {
  await python.run(
    `spark.readStream.format("rate").load().writeStream.outputMode("update").format("console").option("truncate", False).queryName("q").trigger(processingTime="1 minute").start()`,
    'celda',
  );
  expect(bare({ ...port.last('write_stream_operation_start'), input: null })).toEqual({
    kind: 'write_stream_operation_start',
    input: null,
    format: 'console',
    options: { truncate: 'false' },
    output_mode: 'update',
    query_name: 'q',
    trigger: { kind: 'processing_time', interval: '1 minute' },
  });
  expect(port.last('write_stream_operation_start').origin).toEqual({ cell: 'celda', line: 1 });
});

test('columns of a frame carry its id, names do not', async () => {
  await python.run('otra = df.join(df.select("n"), df.n == col("n"))');
  const plan = port.last('analyze_plan').plan as {
    readonly left: { readonly plan_id: number };
    readonly join_condition: unknown;
  };
  expect(plan.join_condition).toEqual(
    call('==', { kind: 'unresolved_attribute', unparsed_identifier: 'n', plan_id: plan.left.plan_id }, column('n')),
  );
});

test('operators, cases, casts and windows over rows', async () => {
  const plan =
    (await planOf(`df.select(~(col("n") > 1) & (lit("x") != col("s")), when(col("n") > 1, "a").otherwise(None), col("n").cast("string"),
  sum("n").over(Window.partitionBy("s").orderBy(desc("n")).rowsBetween(Window.unboundedPreceding, 0)));`)) as {
      readonly expressions: readonly unknown[];
    };
  expect(plan.expressions).toEqual([
    call('and', call('not', call('>', column('n'), integer(1))), call('not', call('==', text('x'), column('s')))),
    call('when', call('>', column('n'), integer(1)), text('a'), { kind: 'literal', data_type: 'void', value: null }),
    { kind: 'cast', expr: column('n'), type_str: 'string' },
    {
      kind: 'window',
      window_function: call('sum', column('n')),
      partition_spec: [column('s')],
      order_spec: [{ kind: 'sort_order', child: column('n'), direction: 'descending', null_ordering: 'nulls_last' }],
      frame_spec: { frame_type: 'row', lower: { kind: 'unbounded' }, upper: { kind: 'current_row' } },
    },
  ]);
});

test('lambdas are run once, to see what they build', async () => {
  const plan = (await planOf('df.select(transform("a", lambda x, i: x + i));')) as {
    readonly expressions: readonly [{ readonly arguments: readonly unknown[] }];
  };
  expect(plan.expressions[0].arguments[1]).toMatchObject({
    kind: 'lambda_function',
    function: { function_name: '+' },
    arguments: [{ name_parts: [expect.stringMatching(/^x_\d+$/)] }, { name_parts: [expect.stringMatching(/^y_\d+$/)] }],
  });
});

test('Python values travel in the form of their type', async () => {
  const plan =
    await planOf(`local = spark.createDataFrame([(1, 2**60, 1.5, float("nan"), "ñ", True, "nulo", datetime.date(1970, 1, 3), datetime.datetime(1970, 1, 1, 1, 0, 1), decimal.Decimal("1.10"), b"ab", [1], {"k": 1}, (1, "x"))],
  ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "o"])`);
  expect((plan as { readonly rows: readonly unknown[] }).rows).toEqual([
    [1, '1152921504606846976', 1.5, 'NaN', 'ñ', true, 'nulo', 2, 1_000_000, '1.10', 'YWI=', [1], [['k', 1]], [1, 'x']],
  ]);
});

test('collected values are those of PySpark, timestamps in the zone of the process', async () => {
  const fields = [
    ['b', 'long', '9007199254740993'],
    ['t', 'timestamp', 1_000_000],
    ['d', 'date', 2],
    ['x', 'decimal(4,2)', '1.10'],
    ['r', 'double', 'Infinity'],
    ['y', 'binary', 'YWI='],
    ['m', { type: 'map', keyType: 'string', valueType: 'long', valueContainsNull: true }, [['k', 1]]],
    ['s', { type: 'struct', fields: [{ name: 'z', type: 'integer', nullable: true, metadata: {} }] }, [7]],
  ] as const;
  const schema = {
    type: 'struct',
    fields: fields.map(([name, type]) => ({ name, type, nullable: true, metadata: {} })),
  };
  const answering = new RecordingPort((command) =>
    command.kind === 'collect' ? { schema, rows: [fields.map(([, , value]) => value)] } : undefined,
  );
  const other = await startKernel({ commands: answering });
  await other.run('from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()');
  expect(await other.run('print(spark.range(1).collect())')).toBe(
    "[Row(b=9007199254740993, t=datetime.datetime(1970, 1, 1, 1, 0, 1), d=datetime.date(1970, 1, 3), x=Decimal('1.10'), r=inf, y=bytearray(b'ab'), m={'k': 1}, s=Row(z=7))]\n",
  );
  await other.kernel.shutdown();
});
