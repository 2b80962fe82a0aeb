import { type DataType, type StructType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageFieldNames, storageType } from '../core/storage-type.ts';
import { bindValue } from './bind-value.ts';
import { castSql } from './cast.ts';
import type { CsvFormat } from './csv-options.ts';
import { csvFormat } from './csv-options.ts';
import { dateTextSql, timestampNtzText, timestampTextSql, type JsonRules } from './json-field.ts';
import { corruptColumn, corruptIndex, failFast, type RecordColumns } from './json-record.ts';
import { parseMode } from './text-options.ts';

/** What Java reads as a double; a cast takes `inf` and `nan` in any letter case too. */
const javaDouble = sql`'[^A-Za-z]*([eE][+-]?[0-9]+)?[dDfF]?[^A-Za-z]*|[+-]?(NaN|Infinity)'`;

const flag = (value: boolean): Sql => (value ? sql`true` : sql`false`);

/** The values of a record (VARCHAR, cheap to repeat) as VARCHAR[]; a value equal to `nullValue` is NULL. Quotes need JavaScript, anything else is one cut. */
export function csvValues(record: Sql, format: CsvFormat): Sql {
  const { separator, quote, escape, trimsLeading, trimsTrailing } = format;
  const slow = sql`marea_csv_split(${record}, ${sqlString(separator)}, ${sqlString(quote)}, ${sqlString(escape)}, ${flag(trimsLeading)}, ${flag(trimsTrailing)}, ${sqlString(markedEmpty(format))})`;
  const quick = trimsLeading || trimsTrailing ? slow : sql`string_split(${record}, ${sqlString(separator)})`;
  return quote === '' ? quick : sql`CASE WHEN contains(${record}, ${sqlString(quote)}) THEN ${slow} ELSE ${quick} END`;
}

/** With a `nullValue` of its own, an empty value in quotes is text while one without is NULL: the quoted one travels under a mark. */
const emptyMark = '\u0002';
const markedEmpty = ({ nullValue, emptyValue }: CsvFormat): string =>
  emptyValue === '' && nullValue !== '' ? emptyMark : emptyValue;

/** Value `position` (from 1) of a record, NULL for nothing and for `nullValue`. */
export function csvItem(values: Sql, position: number, { nullValue }: CsvFormat): Sql {
  const item = sql`nullif(${values}[${sqlInteger(position)}], '')`;
  return nullValue === '' ? item : sql`replace(nullif(${item}, ${sqlString(nullValue)}), ${sqlString(emptyMark)}, '')`;
}

/** A value of a CSV record as a Spark value; NULL for what does not fit. `text` is cheap to repeat and not NULL. */
function csvFieldSql(text: Sql, type: DataType, rules: JsonRules): Sql {
  const { options, context } = rules;
  switch (type.kind) {
    case 'string':
    case 'char':
    case 'varchar':
      return text;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
      return sql`CASE WHEN regexp_full_match(${text}, '[+-]?[0-9]+') THEN TRY_CAST(${text} AS ${storageType(type)}) END`;
    case 'float':
    case 'double': {
      const target = storageType(type);
      const [nan, positive, negative] = [
        options.get('nanValue') ?? 'NaN',
        options.get('positiveInf') ?? 'Inf',
        options.get('negativeInf') ?? '-Inf',
      ];
      return sql`CASE ${text} WHEN ${sqlString(nan)} THEN 'NaN'::${target} WHEN ${sqlString(positive)} THEN 'Infinity'::${target} WHEN ${sqlString(negative)} THEN '-Infinity'::${target} ELSE CASE WHEN regexp_full_match(${text}, ${javaDouble}) THEN ${castSql(text, { kind: 'string' }, type, 'legacy', context)} END END`;
    }
    case 'decimal':
      return sql`CASE WHEN regexp_full_match(${text}, '[+-]?[0-9,]*\.?[0-9]*([eE][+-]?[0-9]+)?') THEN TRY_CAST(replace(${text}, ',', '') AS ${storageType(type)}) END`;
    case 'boolean':
      return sql`CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false END`;
    case 'timestamp':
      return timestampTextSql(text, rules);
    case 'timestamp_ntz':
      return timestampNtzText(text, rules);
    case 'date':
      return dateTextSql(text, rules);
    case 'binary':
      return sql`encode(${text})`;
    default:
      return castSql(text, { kind: 'string' }, type, 'try', context);
  }
}

/** Columns of one record: `values` VARCHAR[] (NULL for an empty record), `text` what was written. Missing values are NULL, those beyond the schema go. */
export function csvColumns(
  values: Sql,
  text: Sql,
  type: StructType,
  rules: JsonRules,
  corruptName: string,
): RecordColumns {
  const corrupt = corruptIndex(type, corruptName);
  const format = csvFormat(rules.options, false);
  let next = 0;
  const positions = type.fields.map((_, i) => (i === corrupt ? 0 : (next += 1)));
  const item = (position: number): Sql => csvItem(values, position, format);
  const columns = type.fields.map((field, i) =>
    i === corrupt
      ? sql`NULL::VARCHAR`
      : bindValue(item(positions[i] ?? 1), (value) =>
          field.type.kind === 'string'
            ? value
            : sql`CASE WHEN ${value} IS NOT NULL THEN ${csvFieldSql(value, field.type, rules)} END`,
        ),
  );
  const bad = columns.flatMap((column, i) =>
    i === corrupt || type.fields[i]?.type.kind === 'string'
      ? []
      : [sql`(${item(positions[i] ?? 1)} IS NOT NULL AND ${column} IS NULL)`],
  );
  const isBad = sql`(${sqlJoin([sql`coalesce(len(${values}), 0) <> ${sqlInteger(next)}`, ...bad], ' OR ')})`;
  return {
    values: columns.map((column, i) => (i === corrupt ? sql`CASE WHEN ${isBad} THEN ${text} END` : column)),
    isBad,
  };
}

/** `from_csv(text, schema)`: a struct, never NULL inside out; NULL for NULL. */
export function fromCsvSql(text: Sql, type: StructType, rules: JsonRules): Sql {
  const names = storageFieldNames(type);
  const failing = parseMode(rules.options) === 'FAILFAST';
  const body = bindValue(
    sql`CASE WHEN ${text} <> '' THEN ${csvValues(text, csvFormat(rules.options, false))} END`,
    (values) => {
      const record = csvColumns(values, text, type, rules, corruptColumn(rules.options));
      const packed = sql`struct_pack(${sqlJoin(
        record.values.map((value, i) => sql`${sqlName(names[i] ?? '')} := ${value}`),
        ', ',
      )})`;
      return failing
        ? sql`CASE WHEN ${record.isBad} THEN ${failFast(record.values, type.fields, rules)} ELSE ${packed} END`
        : packed;
    },
  );
  return sql`CASE WHEN ${text} IS NOT NULL THEN ${body} END`;
}
