import type { StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { bindValue, isBlankText } from './bind-value.ts';
import { jsonFieldSql, rawFields, rawFieldsOf, type JsonRules } from './json-field.ts';
import { corruptColumn, corruptIndex, failFast, readableJson, recordColumns } from './json-record.ts';
import { linesOf, readerContext, wholeFiles, type ReadContext } from './read-context.ts';
import { isOn, parseMode, type TextOptions } from './text-options.ts';

/** Every record's text (`value`) and its JSON (`json`, NULL when malformed); the elements of an array on top are records of their own. */
export function jsonRecords(files: readonly string[], options: TextOptions, lines = linesOf(files, options)): Sql {
  const texts = isOn(options, 'multiLine', false) ? wholeFiles(files) : lines;
  const parsed = sql`SELECT value, ${readableJson(sql`value`)} AS json FROM ${texts} WHERE value IS NOT NULL AND NOT ${isBlankText(sql`value`)}`;
  // An array that holds anything but objects is one bad record.
  const items = bindValue(
    sql`from_json(json, '["JSON"]')::VARCHAR[]`,
    (list) =>
      sql`CASE WHEN coalesce(list_bool_and(list_transform(${list}, lambda item: json_type(item) = 'OBJECT')), true) THEN ${list} ELSE [NULL] END`,
  );
  return sql`(SELECT value, unnest(CASE WHEN starts_with(json, '{') THEN [json] WHEN json_type(json) = 'ARRAY' THEN ${items} ELSE [json] END) AS json FROM (${parsed}))`;
}

/**
 * SELECT of columns `f0`, `f1`, … in the order of `schema` over JSON files. Bad records by `mode`: kept with NULLs (and their text in the corrupt-record column, if
 * the schema has it), dropped, or an error.
 */
export function readJsonSelect(
  files: readonly string[],
  schema: StructType,
  options: TextOptions,
  context: ReadContext,
  lines = linesOf(files, options),
): Sql {
  const rules: JsonRules = { options, context: readerContext(options, context) };
  const mode = parseMode(options);
  const corrupt = corruptIndex(schema, corruptColumn(options, context.conf('spark.sql.columnNameOfCorruptRecord')));
  const judged = mode !== 'PERMISSIVE' || corrupt >= 0;
  if (schema.fields.length === 0) return sql`SELECT NULL AS f0 FROM ${jsonRecords(files, options, lines)} WHERE false`;
  const read = sql`(SELECT value, json, ${rawFields(sql`json`, schema)} AS raw FROM ${jsonRecords(files, options, lines)})`;
  const raws = rawFieldsOf(sql`raw`, sql`json`, schema);
  if (!judged) {
    const columns = schema.fields.map(
      (one, i) => sql`${jsonFieldSql(raws[i] ?? sql`NULL`, one.type, rules)} AS ${sqlName(`f${i}`)}`,
    );
    return sql`SELECT ${sqlJoin(columns, ', ')} FROM ${read}`;
  }
  const { values, isBad } = recordColumns(sql`json`, raws, sql`value`, schema, corrupt, rules);
  const columns = values.map(
    (value, i) =>
      sql`${mode === 'FAILFAST' ? sql`CASE WHEN ${isBad} THEN ${failFast(values, schema.fields, rules)} ELSE ${value} END` : value} AS ${sqlName(`f${i}`)}`,
  );
  return sql`SELECT ${sqlJoin(columns, ', ')} FROM ${read}${mode === 'DROPMALFORMED' ? sql` WHERE NOT ${isBad}` : sql``}`;
}
