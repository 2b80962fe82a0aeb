import { SparkError } from '../core/spark-error.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { sql, sqlString, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import type { CompileContext } from './define-function.ts';
import { raiseAs } from './raise-error.ts';
import { readPattern, type PatternItem, type PatternUse } from './scalar/date-pattern.ts';
import { localToTimestampSql, timestampToLocalSql } from './zone-conversion.ts';

/** A date and time pattern: its SQL, and its text where it is a literal. */
export type PatternArgument = { readonly sql: Sql; readonly literal: SparkValue | undefined };

export const literalPattern = (text: string): PatternArgument => ({ sql: sqlString(text), literal: text });

/** Java's letters in DuckDB's spelling, for parsing and printing alike: the printed form is the only one that the quick way accepts. */
const fixedFields: Readonly<Record<string, string>> = {
  u4: '%Y',
  MM: '%m',
  MMM: '%b',
  MMMM: '%B',
  dd: '%d',
  HH: '%H',
  hh: '%I',
  mm: '%M',
  ss: '%S',
  SSS: '%g',
  SSSSSS: '%f',
  a: '%p',
  DDD: '%j',
};
const printedFields: Readonly<Record<string, string>> = {
  ...fixedFields,
  u: '%Y',
  u3: '%Y',
  uu: '%y',
  M: '%-m',
  L: '%-m',
  LL: '%m',
  LLL: '%b',
  LLLL: '%B',
  d: '%-d',
  H: '%-H',
  h: '%-I',
  m: '%-M',
  s: '%-S',
  E: '%a',
  EE: '%a',
  EEE: '%a',
  EEEE: '%A',
  D: '%-j',
};

const fieldKey = (letter: string, count: number): string =>
  letter === 'u' && count > 2 ? `u${count}` : letter.repeat(count);

/** The pattern in DuckDB's spelling, or undefined where it has a letter or a section that DuckDB does not have exactly. */
function duckdbFormat(items: readonly PatternItem[], use: PatternUse): string | undefined {
  const fields = use === 'parse' ? fixedFields : printedFields;
  let format = '';
  for (const item of items) {
    if (item.kind === 'literal') format += item.text.replaceAll('%', '%%');
    else if (item.kind === 'field') {
      const piece = fields[fieldKey(item.letter, item.count)];
      if (piece === undefined) return undefined;
      format += piece;
    } else {
      const inner = use === 'format' ? duckdbFormat(item.items, use) : undefined;
      if (inner === undefined) return undefined;
      format += inner;
    }
  }
  return format;
}

/** Whether the fields name one date, with no field twice: only then do both engines fill in the same. */
function isWholeDate(format: string): boolean {
  const fields: readonly string[] = format.match(/%[A-Za-z]/g) ?? [];
  const has = (field: string): boolean => fields.includes(field);
  return (
    new Set(fields).size === fields.length &&
    has('%Y') &&
    !has('%j') &&
    has('%I') === has('%p') &&
    !(has('%m') && (has('%b') || has('%B'))) &&
    !(has('%H') && has('%I'))
  );
}

/** The pattern's items, or Spark's error as SQL, to be raised when a row comes. */
function checkedItems(pattern: string, use: PatternUse): readonly PatternItem[] | Sql {
  try {
    return readPattern(pattern, use);
  } catch (error) {
    if (error instanceof SparkError) return raiseAs(error);
    throw error;
  }
}

const isError = (items: readonly PatternItem[] | Sql): items is Sql => typeof items === 'string';

type Parsing = {
  readonly context: CompileContext;
  /** Answers of `to_timestamp_ntz`: what the clock shows, zones in the text forgotten. */
  readonly local?: boolean;
  /** `try_to_timestamp`: never raises for a text that does not fit, unless Spark 2 took it. */
  readonly tolerant?: boolean;
};

/**
 * `to_timestamp(text, pattern)`: TIMESTAMP in UTC, NULL where the text does not fit the pattern. The quick way takes text that DuckDB, having read it, prints
 * back the same; every other row goes through JavaScript, which also decides about `SparkUpgradeException`.
 */
export function parseTimestampSql(value: Sql, pattern: PatternArgument, parsing: Parsing): Sql {
  const { context } = parsing;
  if (pattern.literal === null) return sql`NULL::TIMESTAMP`;
  const slow = slowParse(value, pattern, parsing);
  if (typeof pattern.literal !== 'string' || context.timeParserPolicy === 'LEGACY') return slow;
  const items = checkedItems(pattern.literal, 'parse');
  if (isError(items)) return sql`CASE WHEN ${value} IS NOT NULL THEN ${items} END::TIMESTAMP`;
  const convert = (read: Sql): Sql => (parsing.local ? read : localToTimestampSql(read, context.zone));
  const shape = isoShape(items);
  if (shape !== undefined) {
    return bindValue(
      sql`CASE WHEN regexp_full_match(${value}, ${sqlString(shape)}) THEN TRY_CAST(${value} AS TIMESTAMP) END`,
      (read) => sql`CASE WHEN ${read} IS NOT NULL THEN ${convert(read)} WHEN ${value} IS NOT NULL THEN ${slow} END`,
    );
  }
  const format = duckdbFormat(items, 'parse');
  if (format === undefined || !isWholeDate(format)) return slow;
  return bindValue(quickRead(value, format), (read) => {
    // The printed form of a year above 9999 has five digits, which `yyyy` does not take.
    const same = sql`${quickPrint(read, format)} = ${value} AND ${read} < TIMESTAMP '10000-01-01'`;
    return sql`CASE WHEN ${same} THEN ${convert(read)} WHEN ${value} IS NOT NULL THEN ${slow} END`;
  });
}

const spelled = (items: readonly PatternItem[]): string =>
  items
    .map((item) =>
      item.kind === 'literal'
        ? item.text
        : item.kind === 'field'
          ? `{${item.letter}${item.count}}`
          : `[${spelled(item.items)}]`,
    )
    .join('');

/** The shape of texts of an ISO pattern with a fraction, required or optional (`yyyy-MM-dd HH:mm:ss[.SSSSSS]`): DuckDB's cast reads them as Spark does. */
function isoShape(items: readonly PatternItem[]): string | undefined {
  const match = /^\{u4\}-\{M2\}-\{d2\}([ T])\{H2\}:\{m2\}:\{s2\}(?:\.\{S(\d)\}|\[\.\{S(\d)\}\])$/.exec(spelled(items));
  if (!match) return undefined;
  const [, separator = '', required, optional] = match;
  const fraction = required === undefined ? `(\\.[0-9]{1,${optional}})?` : `\\.[0-9]{1,${required}}`;
  return `[0-9]{4}-[0-9]{2}-[0-9]{2}${separator}([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}${fraction}`;
}

const isoFormat = '%Y-%m-%d %H:%M:%S';

/** DuckDB reads its own spelling twice as fast as any other. */
function quickRead(value: Sql, format: string): Sql {
  if (format === isoFormat) return sql`CASE WHEN strlen(${value}) = 19 THEN TRY_CAST(${value} AS TIMESTAMP) END`;
  if (format === '%Y-%m-%d') return sql`CASE WHEN strlen(${value}) = 10 THEN TRY_CAST(${value} AS DATE)::TIMESTAMP END`;
  return sql`try_strptime(${value}, ${sqlString(format)})`;
}

function quickPrint(read: Sql, format: string): Sql {
  if (format === isoFormat) return sql`${read}::VARCHAR`;
  if (format === '%Y-%m-%d') return sql`${read}::DATE::VARCHAR`;
  return sql`strftime(${read}, ${sqlString(format)})`;
}

function slowParse(value: Sql, pattern: PatternArgument, { context, local, tolerant }: Parsing): Sql {
  const ansi = context.ansi && !tolerant ? sql`true` : sql`false`;
  if (local) return sql`marea_parse_timestamp_ntz(${value}, ${pattern.sql}, ${ansi})`;
  return sql`marea_parse_timestamp(${value}, ${pattern.sql}, ${sqlString(context.zone)}, ${sqlString(context.timeParserPolicy)}, ${ansi})`;
}

/** `date_format(timestamp, pattern)`: VARCHAR of a UTC TIMESTAMP on the clocks of the session's zone. */
export function formatTimestampSql(utc: Sql, pattern: PatternArgument, context: CompileContext): Sql {
  if (pattern.literal === null) return sql`NULL::VARCHAR`;
  const slow = sql`marea_format_timestamp(${utc}, ${pattern.sql}, ${sqlString(context.zone)}, ${sqlString(context.timeParserPolicy)})`;
  if (typeof pattern.literal !== 'string' || context.timeParserPolicy === 'LEGACY') return slow;
  const items = checkedItems(pattern.literal, 'format');
  if (isError(items)) return sql`CASE WHEN ${utc} IS NOT NULL THEN ${items} END::VARCHAR`;
  const format = duckdbFormat(items, 'format');
  if (format === undefined) return slow;
  return bindValue(timestampToLocalSql(utc, context.zone), (clock) => {
    // DuckDB pads no year, and Spark writes a sign before one above 9999.
    const quick =
      format === isoFormat
        ? sql`date_trunc('second', ${clock})::VARCHAR`
        : sql`strftime(${clock}, ${sqlString(format)})`;
    return sql`CASE WHEN ${clock} BETWEEN TIMESTAMP '1000-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999' THEN ${quick} WHEN ${clock} IS NOT NULL THEN ${slow} END`;
  });
}
