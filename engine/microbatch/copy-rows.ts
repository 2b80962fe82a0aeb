import type { CopyOptions } from '../api/sink.ts';
import type { StructType } from '../core/data-type.ts';
import { SparkError } from '../core/spark-error.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { typeToJson } from '../core/type-json.ts';
import { csvHeaderText, csvLineSql } from '../functions/csv-write.ts';
import { jsonLineSql } from '../functions/json-write.ts';

/** A row's columns for one file: where they are, and their schema. */
export type FileColumns = { readonly columns: readonly Sql[]; readonly schema: StructType };

/** Key of Spark's own schema in a Parquet footer. */
const sparkSchemaKey = 'org.apache.spark.sql.parquet.row.metadata';

/** The COPY statement that writes rows `from` (a table or a SELECT in parentheses, with its condition) to a file of the format. */
export function copyStatement(
  from: Sql,
  file: string,
  { columns, schema }: FileColumns,
  options: CopyOptions,
  zone: string,
): Sql {
  if (options.format === 'parquet') return parquetCopy(from, file, { columns, schema }, options);
  const compression = (options.options['compression'] ?? options.options['codec'] ?? 'none').toLowerCase();
  const lines = textLines(columns, schema, options, zone);
  const header =
    options.format === 'csv' && options.options['header']?.toLowerCase() === 'true'
      ? csvHeaderText(schema, options.options)
      : undefined;
  const select =
    header === undefined
      ? sql`SELECT ${lines} AS line FROM ${from}`
      : sql`SELECT line FROM (SELECT 0 AS part, ${sqlString(header)} AS line UNION ALL SELECT 1, ${lines} FROM ${from}) ORDER BY part`;
  // Lines are finished text: no quoting, and a delimiter that is never written because there is one column.
  return sql`COPY (${select}) TO ${sqlString(file)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01', NULLSTR '', COMPRESSION ${sqlString(compression === 'gzip' ? 'gzip' : 'none')})`;
}

function textLines(columns: readonly Sql[], schema: StructType, options: CopyOptions, zone: string): Sql {
  switch (options.format) {
    case 'json':
      return jsonLineSql(columns, schema, options.options, zone);
    case 'csv':
      return csvLineSql(columns, schema, options.options, zone);
    case 'text':
      return columns[0] ?? sql`''`;
    default:
      throw new SparkError('UnknownException', `no text form for ${options.format}`, { blame: 'marea' });
  }
}

function parquetCopy(from: Sql, file: string, { columns, schema }: FileColumns, options: CopyOptions): Sql {
  const items = schema.fields.map((field, index) => {
    const column = columns[index] ?? sql`NULL`;
    // Readers tell an instant from a local time by this: DuckDB stores both in TIMESTAMP.
    return sql`${field.type.kind === 'timestamp' ? sql`CAST(${column} AS TIMESTAMPTZ)` : column} AS ${sqlName(field.name)}`;
  });
  const codec = (options.options['compression'] ?? 'snappy').toLowerCase();
  const metadata = sql`{${sqlString(sparkSchemaKey)}: ${sqlString(JSON.stringify(typeToJson(schema)))}}`;
  return sql`COPY (SELECT ${sqlJoin(items, ', ')} FROM ${from}) TO ${sqlString(file)} (FORMAT parquet, COMPRESSION ${sqlString(codec === 'none' ? 'uncompressed' : codec)}, KV_METADATA ${metadata})`;
}
