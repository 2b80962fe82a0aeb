import { dateType, stringType, type DataType, type StructField, type StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';
import { bindValue, isBlankText } from './bind-value.ts';
import { castSql } from './cast.ts';
import { jsonFieldIsBad, jsonFieldSql, jsonFieldsOf, jsonStructSql, type JsonRules } from './json-field.ts';
import { raiseErrorWith } from './raise-error.ts';
import { parseMode, type TextOptions } from './text-options.ts';

/**
 * JSON that DuckDB reads; text that only Jackson takes (single quotes, something behind the value) rewritten; NULL where it is malformed. DuckDB allows a comma
 * before a closing bracket, so what looks like one is read in JavaScript too.
 */
export const readableJson = (text: Sql): Sql =>
  sql`CASE WHEN json_valid(${text}) AND NOT regexp_matches(${text}, ',\s*[}\]]') THEN ${text} ELSE marea_relaxed_json(${text}) END`;

export const corruptColumn = (options: TextOptions, conf?: string): string =>
  options.get('columnNameOfCorruptRecord') ?? conf ?? '_corrupt_record';

/** Where the schema keeps the text of bad records, if it does: a string column of the agreed name. */
export const corruptIndex = (type: StructType, name: string): number =>
  type.fields.findIndex((field) => field.name === name && field.type.kind === 'string');

/** A record's text under its schema: one SQL value per field, and whether the record is bad. */
export type RecordColumns = { readonly values: readonly Sql[]; readonly isBad: Sql };

/** Columns of one record: `json` is readable JSON or NULL for a malformed record, `text` what was written. */
export function recordColumns(
  json: Sql,
  raws: readonly Sql[],
  text: Sql,
  type: StructType,
  corrupt: number,
  rules: JsonRules,
): RecordColumns {
  const bad = type.fields.flatMap((field, i) =>
    i === corrupt ? [] : [sql`(${jsonFieldIsBad(raws[i] ?? sql`NULL`, field.type, rules)})`],
  );
  const isBad = sql`(${json} IS NULL OR json_type(${json}) <> 'OBJECT' OR ${sqlJoin([sql`false`, ...bad], ' OR ')})`;
  const values = type.fields.map((field, i) =>
    i === corrupt ? sql`CASE WHEN ${isBad} THEN ${text} END` : jsonFieldSql(raws[i] ?? sql`NULL`, field.type, rules),
  );
  return { values, isBad };
}

/** Spark's FAILFAST error, with the record as far as it was read: `[null,1]`. */
export function failFast(values: readonly Sql[], fields: readonly StructField[], rules: JsonRules): Sql {
  const shown = values.map(
    (value, i) =>
      sql`coalesce(${bindValue(value, (bound) => recordText(bound, fields[i]?.type ?? stringType, rules))}, 'null')`,
  );
  const row = sql`'[' || ${shown.length === 0 ? sql`''` : sqlJoin(shown, ` || ',' || `)} || ']'`;
  return raiseErrorWith('MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION', (at) => ({ badRecord: at(0) }), [row]);
}

/** Dates and timestamps appear as the numbers Spark holds them in. */
function recordText(value: Sql, type: DataType, rules: JsonRules): Sql {
  if (type.kind === 'timestamp' || type.kind === 'timestamp_ntz') return sql`epoch_us(${value})::VARCHAR`;
  if (type.kind === dateType.kind) return sql`(${value} - DATE '1970-01-01')::VARCHAR`;
  return castSql(value, type, stringType, 'legacy', rules.context);
}

/** `from_json(text, schema)`: NULL for NULL and blank text; a struct with NULLs inside, or NULL for arrays and maps, where the text does not fit. */
export function fromJsonSql(text: Sql, type: DataType, rules: JsonRules): Sql {
  const body = bindValue(readableJson(text), (json) => rootValue(json, text, type, rules));
  return sql`CASE WHEN ${text} IS NULL OR ${isBlankText(text)} THEN NULL ELSE ${body} END`;
}

function rootValue(json: Sql, text: Sql, type: DataType, rules: JsonRules): Sql {
  const failing = parseMode(rules.options) === 'FAILFAST';
  if (type.kind === 'struct') return structRoot(json, text, type, rules, failing);
  const value =
    type.kind === 'array' && type.element.kind === 'struct'
      ? arrayOfStructs(json, type.element, type, rules)
      : jsonFieldSql(sql`(${json})::JSON`, type, rules);
  if (!failing) return value;
  return bindValue(
    value,
    (bound) => sql`CASE WHEN ${bound} IS NULL THEN ${failFast([sql`NULL::VARCHAR`], [], rules)} ELSE ${bound} END`,
  );
}

/** A single object stands for an array of one. */
const arrayOfStructs = (json: Sql, element: StructType, type: DataType, rules: JsonRules): Sql =>
  sql`CASE WHEN json_type(${json}) = 'OBJECT' THEN [${jsonStructSql(json, element, rules)}] ELSE ${jsonFieldSql(sql`(${json})::JSON`, type, rules)} END`;

function structRoot(json: Sql, text: Sql, type: StructType, rules: JsonRules, failing: boolean): Sql {
  const corrupt = corruptIndex(type, corruptColumn(rules.options));
  if (type.fields.length === 0) return sql`NULL::${storageType(type)}`;
  const names = storageFieldNames(type);
  return jsonFieldsOf(json, type, (raws) => {
    const { values, isBad } =
      corrupt < 0 && !failing ? plainColumns(raws, type, rules) : recordColumns(json, raws, text, type, corrupt, rules);
    const packed = sql`struct_pack(${sqlJoin(
      values.map((value, i) => sql`${sqlName(names[i] ?? '')} := ${value}`),
      ', ',
    )})`;
    return failing ? sql`CASE WHEN ${isBad} THEN ${failFast(values, type.fields, rules)} ELSE ${packed} END` : packed;
  });
}

const plainColumns = (raws: readonly Sql[], type: StructType, rules: JsonRules): RecordColumns => ({
  values: type.fields.map((field, i) => jsonFieldSql(raws[i] ?? sql`NULL`, field.type, rules)),
  isBad: sql`false`,
});
