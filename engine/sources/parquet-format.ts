import type { SourceContext } from '../api/source.ts';
import { field, sameType, structType, type DataType, type StructType } from '../core/data-type.ts';
import { SparkError } from '../core/spark-error.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import { typeFromJson, type TypeJson } from '../core/type-json.ts';
import { simpleString } from '../core/type-names.ts';
import type { FileFormat } from './file-format.ts';
import { typeOfParquetColumn } from './parquet-type.ts';

const fileList = (files: readonly string[]): Sql => sql`[${sqlJoin(files.map(sqlString), ', ')}]`;

/** Key of Spark's own schema in a Parquet footer; files that Marea writes have it too. */
export const sparkSchemaKey = 'org.apache.spark.sql.parquet.row.metadata';

export const parquetFormat: FileFormat = {
  name: 'parquet',
  displayName: 'Parquet',
  counts: 'every_row',
  select: parquetSelect,
  inferSchema: async (files, options, context) => {
    const [first] = files;
    if (first === undefined) return null;
    const merges =
      (options.get('mergeSchema') ?? context.conf('spark.sql.parquet.mergeSchema'))?.toLowerCase() === 'true';
    const schemas = await Promise.all((merges ? files : [first]).map((file) => schemaOf(file, context)));
    return schemas.reduce(merge);
  },
};

async function parquetSelect(
  files: readonly string[],
  schema: StructType,
  _options: unknown,
  context: SourceContext,
): Promise<Sql> {
  const from = sql`read_parquet(${fileList(files)}, union_by_name = true)`;
  const found = await context.query.describe(sql`SELECT * FROM ${from}`);
  const isCaseSensitive = context.conf('spark.sql.caseSensitive') === 'true';
  const columns = schema.fields.map((column, index) => {
    const alias = sqlName(`f${index}`);
    const match =
      found.find((one) => one.name === column.name) ??
      (isCaseSensitive ? undefined : found.find((one) => one.name.toLowerCase() === column.name.toLowerCase()));
    if (match === undefined) return sql`CAST(NULL AS ${storageType(column.type)}) AS ${alias}`;
    checkColumn(match.duckdbType, column.name, column.type, files[0] ?? '');
    return sql`CAST(${sqlName(match.name)} AS ${storageType(column.type)}) AS ${alias}`;
  });
  return sql`SELECT ${columns.length === 0 ? sql`1 AS one` : sqlJoin(columns, ', ')} FROM ${from}`;
}

/** Spark's Parquet reader converts almost nothing: another type in the file stops the query. */
function checkColumn(duckdbType: string, name: string, expected: DataType, file: string): void {
  const found = typeOfParquetColumn(duckdbType);
  if (found === null || sameType(found, expected)) return;
  const kinds = [found.kind, expected.kind];
  const isNested = ['array', 'map', 'struct'].some((kind) => kinds.includes(kind as DataType['kind']));
  const isSameFamily = [
    ['timestamp', 'timestamp_ntz', 'long'],
    ['string', 'binary', 'char', 'varchar'],
    ['byte', 'short', 'integer'],
    ['decimal'],
    ['long', 'day_time_interval'],
    ['integer', 'year_month_interval', 'date'],
    ['float', 'double'],
    ['integer', 'long'],
    ['void', ...kinds],
  ].some((family) => kinds.every((kind) => family.includes(kind)));
  if (isNested || isSameFamily) return;
  throw new SparkError(
    { java: 'org.apache.spark.SparkException' },
    `Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (localhost executor driver): org.apache.spark.sql.execution.QueryExecutionException: Parquet column cannot be converted in file file://${file}. Column: [${name}], Expected: ${simpleString(expected)}, Found: ${physicalName(found)}.`,
  );
}

const physicalName = (type: DataType): string =>
  ({
    string: 'BINARY',
    binary: 'BINARY',
    integer: 'INT32',
    short: 'INT32',
    byte: 'INT32',
    date: 'INT32',
    long: 'INT64',
    timestamp: 'INT64',
    timestamp_ntz: 'INT64',
    double: 'DOUBLE',
    float: 'FLOAT',
    boolean: 'BOOLEAN',
  })[type.kind as string] ?? type.kind.toUpperCase();

async function schemaOf(file: string, context: SourceContext): Promise<StructType> {
  const kept = await context.query.rows(
    sql`SELECT decode(value) FROM parquet_kv_metadata(${sqlString(file)}) WHERE decode(key) = ${sqlString(sparkSchemaKey)}`,
    [{ kind: 'string' }],
  );
  const json = kept[0]?.[0];
  if (typeof json === 'string') {
    const type = typeFromJson(JSON.parse(json) as TypeJson);
    if (type.kind === 'struct') return type;
  }
  const columns = await context.query.describe(sql`SELECT * FROM read_parquet(${fileList([file])})`);
  return structType(
    columns.map((column) => {
      const type = typeOfParquetColumn(column.duckdbType);
      if (type === null)
        throw new SparkError(
          'AnalysisException',
          `[PARQUET_TYPE_NOT_SUPPORTED] Parquet type not yet supported: ${column.duckdbType}.`,
          { condition: 'PARQUET_TYPE_NOT_SUPPORTED' },
        );
      return field(column.name, type);
    }),
  );
}

const merge = (a: StructType, b: StructType): StructType =>
  structType([...a.fields, ...b.fields.filter((column) => !a.fields.some((other) => other.name === column.name))]);
