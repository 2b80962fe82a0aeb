import { booleanType, type StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { jsonFieldSql, type JsonRules } from './json-field.ts';
import { corruptColumn, corruptIndex } from './json-record.ts';
import { fileList, linesOf, readerContext, type ReadContext } from './read-context.ts';
import { isOn, parseMode, type TextOptions } from './text-options.ts';

/**
 * Whether DuckDB's own JSON reader gives what Spark gives on these files: every line one object, no arrays, nothing single-quoted, no mode or option that
 * looks at the whole record. One pass over the lines, a fifth of the price of reading them; worth it for files of megabytes.
 */
export async function isPlainJson(
  files: readonly string[],
  schema: StructType,
  options: TextOptions,
  context: ReadContext,
): Promise<boolean> {
  if (
    parseMode(options) !== 'PERMISSIVE' ||
    isOn(options, 'multiLine', false) ||
    options.get('encoding') !== undefined ||
    options.get('lineSep') !== undefined
  )
    return false;
  if (corruptIndex(schema, corruptColumn(options, context.conf('spark.sql.columnNameOfCorruptRecord'))) >= 0)
    return false;
  const names = new Set(schema.fields.map((field) => field.name.toLowerCase()));
  if (names.size !== schema.fields.length || names.size === 0) return false;
  const plain = sql`value IS NULL OR (starts_with(value, '{"') AND ends_with(value, '}') AND NOT contains(value, '}{') AND NOT contains(value, '} {'))`;
  const [row] = await context.query.rows(
    sql`SELECT coalesce(bool_and(${plain}), true) FROM ${linesOf(files, options)}`,
    [booleanType],
  );
  return row?.[0] === true;
}

/** SELECT of columns `f0`, `f1`, … over files that `isPlainJson`; a malformed line is a row of NULLs. Only the columns that are used get parsed. */
export function bulkJsonSelect(
  files: readonly string[],
  schema: StructType,
  options: TextOptions,
  context: ReadContext,
): Sql {
  const rules: JsonRules = { options, context: readerContext(options, context) };
  const declared = sqlJoin(
    schema.fields.map((field) => sql`${sqlName(field.name)}: 'JSON'`),
    ', ',
  );
  const columns = schema.fields.map(
    (field, index) => sql`${jsonFieldSql(sqlName(field.name), field.type, rules)} AS ${sqlName(`f${index}`)}`,
  );
  return sql`SELECT ${sqlJoin(columns, ', ')} FROM read_json(${fileList(files)}, format = 'newline_delimited', columns = {${declared}}, ignore_errors = true)`;
}
