import { stringType, type DataType, type StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { bindValue } from './bind-value.ts';
import { castSql } from './cast.ts';
import { csvFormat, type CsvFormat } from './csv-options.ts';
import type { CompileContext } from './define-function.ts';
import { dateOut, timestampNtzOut, timestampOut, writeRules, writerContext, type WriteRules } from './json-write.ts';
import { isOn, optionsOfRecord, type TextOptions } from './text-options.ts';

type Writing = WriteRules & {
  readonly format: CsvFormat;
  readonly emptyValue: string;
  readonly quotesAll: boolean;
  readonly escapesQuotes: boolean;
};

function writing(options: TextOptions, context: CompileContext): Writing {
  return {
    ...writeRules(options, context),
    format: csvFormat(options, true),
    emptyValue: options.get('emptyValue') ?? '""',
    quotesAll: isOn(options, 'quoteAll', false),
    escapesQuotes: isOn(options, 'escapeQuotes', true),
  };
}

/** `to_csv(struct)`: one line without its end. */
export function toCsvSql(value: Sql, type: StructType, options: TextOptions, context: CompileContext): Sql {
  const names = storageFieldNames(type);
  return bindValue(value, (bound) => {
    const columns = type.fields.map((field, i) => sql`${bound}.${sqlName(names[i] ?? field.name)}`);
    return sql`CASE WHEN ${bound} IS NOT NULL THEN ${lineOf(columns, type, writing(options, context))} END`;
  });
}

/** One line of a CSV file. */
export const csvLineSql = (
  columns: readonly Sql[],
  schema: StructType,
  options: Readonly<Record<string, string>>,
  zone: string,
): Sql => lineOf(columns, schema, writing(optionsOfRecord(options), writerContext(zone)));

/** The header line of a CSV file. */
export function csvHeaderText(schema: StructType, options: Readonly<Record<string, string>>): string {
  const rules = writing(optionsOfRecord(options), writerContext('UTC'));
  return schema.fields.map((field) => headerCell(field.name, rules)).join(rules.format.separator);
}

function headerCell(name: string, { format, quotesAll, emptyValue }: Writing): string {
  const text = name.trim();
  if (text === '') return emptyValue;
  const { quote, escape, separator, comment } = format;
  const needsQuotes =
    quotesAll ||
    text.includes(separator) ||
    text.includes(quote) ||
    /[\r\n]/.test(text) ||
    (comment !== '' && text.startsWith(comment)) ||
    text.startsWith('#');
  return needsQuotes && quote !== '' ? quote + text.replaceAll(quote, escape + quote) + quote : text;
}

/** Only the first value of a line can look like a comment. */
function lineOf(columns: readonly Sql[], type: StructType, rules: Writing): Sql {
  if (columns.length === 0) return sql`''`;
  const cells = type.fields.map((field, i) =>
    bindValue(columns[i] ?? sql`NULL`, (value) => cellOf(value, field.type, rules, i === 0)),
  );
  return sqlJoin(cells, ` || ${sqlString(rules.format.separator)} || `);
}

/** NULL is `nullValue`, the empty string `emptyValue`; both stand as they are unless everything is quoted. */
function cellOf(value: Sql, type: DataType, rules: Writing, isFirst: boolean): Sql {
  const { quote, nullValue } = rules.format;
  const nothing = sqlString(rules.quotesAll ? quote + nullValue + quote : nullValue);
  const text = cellText(value, type, rules);
  // Numbers and moments never need quotes, unless the learner asks.
  const isPlain = ![
    'string',
    'char',
    'varchar',
    'array',
    'map',
    'struct',
    'binary',
    'timestamp',
    'timestamp_ntz',
    'date',
  ].includes(type.kind);
  if (isPlain && !rules.quotesAll) return sql`coalesce(${text}, ${nothing})`;
  return sql`CASE WHEN ${value} IS NULL THEN ${nothing} ELSE ${bindValue(trimmedText(text, rules), (bound) => quotedCell(bound, rules, isFirst))} END`;
}

function cellText(value: Sql, type: DataType, rules: Writing): Sql {
  switch (type.kind) {
    case 'timestamp':
      return timestampOut(value, rules);
    case 'timestamp_ntz':
      return timestampNtzOut(value, rules);
    case 'date':
      return dateOut(value, rules);
    case 'array':
    case 'map':
    case 'struct':
      return nestedText(value, type, rules);
    default:
      return castSql(value, type, stringType, 'legacy', rules.context);
  }
}

/** Spark prints nested values in their internal form, `[1,2]`. */
const nestedText = (value: Sql, type: DataType, rules: Writing): Sql =>
  sql`replace(${castSql(value, type, stringType, 'legacy', rules.context)}, ', ', ',')`;

function trimmedText(text: Sql, { format }: Writing): Sql {
  const blanks = sql`E' \t\n\r'`;
  if (format.trimsLeading && format.trimsTrailing) return sql`trim(${text}, ${blanks})`;
  if (format.trimsLeading) return sql`ltrim(${text}, ${blanks})`;
  return format.trimsTrailing ? sql`rtrim(${text}, ${blanks})` : text;
}

function quotedCell(text: Sql, { format, quotesAll, emptyValue, escapesQuotes }: Writing, isFirst: boolean): Sql {
  const { quote, escape, separator, comment } = format;
  if (quote === '') return text;
  const escaped =
    escape === quote || escape === ''
      ? text
      : sql`replace(${text}, ${sqlString(escape)}, ${sqlString(escape + escape)})`;
  const inside = sql`replace(${escaped}, ${sqlString(quote)}, ${sqlString(escape + quote)})`;
  const quoted = sql`${sqlString(quote)} || ${inside} || ${sqlString(quote)}`;
  const needs = [
    sql`contains(${text}, ${sqlString(separator)})`,
    sql`contains(${text}, chr(10))`,
    sql`contains(${text}, chr(13))`,
    ...(isFirst ? [sql`starts_with(${text}, ${sqlString(comment === '' ? '#' : comment)})`] : []),
    ...(escapesQuotes ? [sql`contains(${text}, ${sqlString(quote)})`] : []),
  ];
  const condition = quotesAll ? sql`true` : sqlJoin(needs, ' OR ');
  return sql`CASE WHEN ${text} = '' THEN ${sqlString(quotesAll && emptyValue !== quote + quote ? quote + emptyValue + quote : emptyValue)} WHEN ${condition} THEN ${quoted} ELSE ${text} END`;
}
