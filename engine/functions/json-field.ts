import { assertNever } from '../core/assert-never.ts';
import { stringType, type DataType, type StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';
import { bindValue } from './bind-value.ts';
import { castSql } from './cast.ts';
import { textToDateSql, textToTimestampSql } from './cast-to-datetime.ts';
import { itemName } from './cast-to-string.ts';
import { literalPattern, parseTimestampSql } from './datetime-pattern-sql.ts';
import type { CompileContext } from './define-function.ts';
import type { TextOptions } from './text-options.ts';

/** What the conversion of JSON values depends on. */
export type JsonRules = { readonly options: TextOptions; readonly context: CompileContext };

/**
 * A JSON value (DuckDB type JSON, cheap to repeat, NULL where the field is missing) as a Spark value by the rules of Spark's JacksonParser: a token of another
 * kind gives NULL. One bad element makes an array or map NULL; a struct keeps its good fields.
 */
export function jsonFieldSql(json: Sql, type: DataType, rules: JsonRules): Sql {
  switch (type.kind) {
    case 'string':
    case 'char':
    case 'varchar':
      return jsonTextSql(json);
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
      return sql`CASE WHEN json_type(${json}) IN ('UBIGINT', 'BIGINT') THEN TRY_CAST(${json} AS ${storageType(type)}) END`;
    case 'float':
    case 'double':
      return floatSql(json, storageType(type));
    case 'decimal':
      return sql`CASE WHEN json_type(${json}) IN ('UBIGINT', 'BIGINT', 'DOUBLE') OR (json_type(${json}) = 'VARCHAR' AND regexp_full_match(${json}->>'$', '[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?')) THEN TRY_CAST(${json}->>'$' AS ${storageType(type)}) END`;
    case 'boolean':
      return sql`CASE WHEN json_type(${json}) = 'BOOLEAN' THEN TRY_CAST(${json} AS BOOLEAN) END`;
    case 'binary':
      return sql`CASE WHEN json_type(${json}) = 'VARCHAR' THEN TRY(from_base64(${json}->>'$')) END`;
    case 'timestamp':
      return timestampSql(json, rules);
    case 'timestamp_ntz':
      return ofText(json, (text) => timestampNtzText(text, rules));
    case 'date':
      return ofText(json, (text) => jsonDateSql(text, rules));
    case 'calendar_interval':
    case 'day_time_interval':
    case 'year_month_interval':
      return ofText(json, (text) => castSql(text, stringType, type, 'try', rules.context));
    case 'array':
      return arraySql(json, type.element, rules);
    case 'map':
      return mapSql(json, type.value, rules);
    case 'struct':
      return sql`CASE WHEN json_type(${json}) = 'OBJECT' THEN ${jsonStructSql(json, type, rules)} END`;
    case 'void':
      return sql`NULL::INTEGER`;
    default:
      return assertNever(type, 'JSON field type');
  }
}

/** Any value as text: strings as they are, the rest as Jackson writes it. Fractions that Java spells otherwise go through JavaScript. */
export function jsonTextSql(json: Sql): Sql {
  const raw = sql`${json}::VARCHAR`;
  const needsJava = sql`regexp_matches(${raw}, '[0-9.][eE][+-]?[0-9]|[0-9]{8}\.|\.000|NaN|Infinity')`;
  return sql`CASE json_type(${json}) WHEN 'VARCHAR' THEN ${json}->>'$' WHEN 'NULL' THEN NULL WHEN 'BOOLEAN' THEN ${raw} WHEN 'UBIGINT' THEN ${raw} WHEN 'BIGINT' THEN ${raw} ELSE CASE WHEN ${needsJava} THEN marea_json_text(${raw}) ELSE ${raw} END END`;
}

const ofText = (json: Sql, convert: (text: Sql) => Sql): Sql =>
  sql`CASE WHEN json_type(${json}) = 'VARCHAR' THEN ${bindValue(sql`(${json}->>'$')`, convert)} END`;

function floatSql(json: Sql, target: Sql): Sql {
  const word = sql`(${json}->>'$')`;
  const special = sql`CASE ${word} WHEN 'NaN' THEN 'NaN'::${target} WHEN 'Infinity' THEN 'Infinity'::${target} WHEN '+Infinity' THEN 'Infinity'::${target} WHEN '+INF' THEN 'Infinity'::${target} WHEN '-Infinity' THEN '-Infinity'::${target} WHEN '-INF' THEN '-Infinity'::${target} END`;
  return sql`CASE WHEN json_type(${json}) IN ('UBIGINT', 'BIGINT', 'DOUBLE') THEN TRY_CAST(${json} AS ${target}) WHEN json_type(${json}) = 'VARCHAR' THEN ${special} END`;
}

/** Numbers are seconds; text is read by `timestampFormat`, or by the rules of a cast. */
function timestampSql(json: Sql, rules: JsonRules): Sql {
  const seconds = sql`TRY(make_timestamp(TRY_CAST(TRY_CAST(${json} AS HUGEINT) * 1000000 AS BIGINT)))`;
  const text = bindValue(sql`(${json}->>'$')`, (bound) => timestampTextSql(bound, rules));
  return sql`CASE json_type(${json}) WHEN 'VARCHAR' THEN ${text} WHEN 'UBIGINT' THEN ${seconds} WHEN 'BIGINT' THEN ${seconds} END`;
}

/** A timestamp field of JSON or CSV. */
export function timestampTextSql(text: Sql, { options, context }: JsonRules): Sql {
  const pattern = options.get('timestampFormat');
  return pattern === undefined
    ? textToTimestampSql(text, context)
    : parseTimestampSql(text, literalPattern(pattern), { context, tolerant: true });
}

export function timestampNtzText(text: Sql, { options, context }: JsonRules): Sql {
  const pattern = options.get('timestampNTZFormat');
  return pattern === undefined
    ? castSql(text, stringType, { kind: 'timestamp_ntz' }, 'legacy', context)
    : parseTimestampSql(text, literalPattern(pattern), { context, local: true, tolerant: true });
}

/** A date field of JSON or CSV. */
export function dateTextSql(text: Sql, { options, context }: JsonRules): Sql {
  const pattern = options.get('dateFormat');
  if (pattern !== undefined) {
    return castSql(
      parseTimestampSql(text, literalPattern(pattern), { context, tolerant: true }),
      { kind: 'timestamp' },
      { kind: 'date' },
      'legacy',
      context,
    );
  }
  return textToDateSql(text);
}

/** Only in JSON, and without `dateFormat`, a whole number in quotes is days since 1970. */
function jsonDateSql(text: Sql, rules: JsonRules): Sql {
  const days = sql`CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]{1,7}') THEN DATE '1970-01-01' + TRY_CAST(${text} AS INTEGER) END`;
  return rules.options.get('dateFormat') === undefined
    ? sql`coalesce(${dateTextSql(text, rules)}, ${days})`
    : dateTextSql(text, rules);
}

/** The elements of a JSON array as a list of JSON; JSON's null is NULL. */
const jsonItems = (json: Sql): Sql => sql`from_json(${json}, '["JSON"]')`;

function arraySql(json: Sql, element: DataType, rules: JsonRules): Sql {
  const item = itemName(json);
  const converted = bindValue(jsonItems(json), (items) =>
    bindValue(
      sql`list_transform(${items}, lambda ${item}: ${jsonFieldSql(item, element, rules)})`,
      (values) =>
        // list_count counts what is not NULL: a bad element takes the whole array with it.
        sql`CASE WHEN list_count(${values}) = list_count(${items}) THEN ${values} END`,
    ),
  );
  return sql`CASE WHEN json_type(${json}) = 'ARRAY' THEN ${converted} END`;
}

function mapSql(json: Sql, type: DataType, rules: JsonRules): Sql {
  const entry = itemName(json);
  const converted = bindValue(sql`map_entries(from_json(${json}, '"MAP(VARCHAR,JSON)"'))`, (entries) =>
    bindValue(
      sql`list_transform(${entries}, lambda ${entry}: struct_pack(k := ${entry}."key", v := ${bindValue(sql`${entry}."value"`, (value) => jsonFieldSql(value, type, rules))}))`,
      (values) => {
        const content = sql`list_transform(${values}, lambda ${entry}: ${entry}.v)`;
        const raw = sql`list_transform(${entries}, lambda ${entry}: ${entry}."value")`;
        return sql`CASE WHEN list_count(${content}) = list_count(${raw}) THEN map_from_entries(${values}) END`;
      },
    ),
  );
  return sql`CASE WHEN json_type(${json}) = 'OBJECT' THEN ${converted} END`;
}

/**
 * The fields of a JSON object, or NULLs where `json` is NULL or something else; never NULL itself. `fields` writes what is made of each field's JSON value.
 */
export const jsonFieldsOf = (json: Sql, type: StructType, build: (values: readonly Sql[]) => Sql): Sql =>
  bindValue(rawFields(json, type), (read) => build(rawFieldsOf(read, json, type)));

// DuckDB cannot hold two names that differ only in letter case: the second one is read alone.
const isOwn = (type: StructType, index: number): boolean => storageFieldNames(type)[index] === type.fields[index]?.name;

/** A struct of the JSON values of an object's fields, parsed in one go. An array or a scalar has none: all are NULL. */
export function rawFields(json: Sql, type: StructType): Sql {
  const structure = Object.fromEntries(
    type.fields.filter((_, i) => isOwn(type, i)).map((field) => [field.name, 'JSON']),
  );
  return sql`from_json(${json}, ${sqlString(JSON.stringify(structure))})`;
}

/** The JSON value of each field, from the struct that `rawFields` made of `json`. */
export const rawFieldsOf = (read: Sql, json: Sql, type: StructType): readonly Sql[] =>
  type.fields.map((field, i) =>
    isOwn(type, i)
      ? sql`${read}.${sqlName(field.name)}`
      : sql`json_extract(${json}, ${sqlString(`/${field.name.replaceAll('~', '~0').replaceAll('/', '~1')}`)})`,
  );

export function jsonStructSql(json: Sql, type: StructType, rules: JsonRules): Sql {
  const names = storageFieldNames(type);
  if (type.fields.length === 0) return sql`NULL::${storageType(type)}`;
  return jsonFieldsOf(json, type, (values) => {
    const members = type.fields.map(
      (field, i) =>
        sql`${sqlName(names[i] ?? field.name)} := ${jsonFieldSql(values[i] ?? sql`NULL`, field.type, rules)}`,
    );
    return sql`struct_pack(${sqlJoin(members, ', ')})`;
  });
}

/** Whether Spark calls the value of a field bad: it is there and does not fit its type, or something inside it does not. */
export function jsonFieldIsBad(json: Sql, type: DataType, rules: JsonRules): Sql {
  const missing = sql`${json} IS NULL OR json_type(${json}) = 'NULL'`;
  if (type.kind === 'struct') {
    const inner = jsonFieldsOf(json, type, (values) =>
      sqlJoin(
        [
          sql`false`,
          ...type.fields.map((field, i) => sql`(${jsonFieldIsBad(values[i] ?? sql`NULL`, field.type, rules)})`),
        ],
        ' OR ',
      ),
    );
    return sql`CASE WHEN ${missing} THEN false WHEN json_type(${json}) <> 'OBJECT' THEN true ELSE ${inner} END`;
  }
  if (type.kind === 'array' && type.element.kind === 'struct') {
    const item = itemName(json);
    return sql`CASE WHEN ${missing} THEN false WHEN json_type(${json}) <> 'ARRAY' THEN true ELSE coalesce(list_bool_or(list_transform(${jsonItems(json)}, lambda ${item}: ${jsonFieldIsBad(item, type.element, rules)})), false) END`;
  }
  return sql`NOT (${missing}) AND (${jsonFieldSql(json, type, rules)}) IS NULL`;
}
