import {
  binaryType,
  booleanType,
  calendarIntervalType,
  dateType,
  dayTimeIntervalType,
  integerType,
  longType,
  stringType,
  timestampNtzType,
  timestampType,
  type DataType,
  type DayTimeField,
  type YearMonthField,
} from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import { sparkError, SparkError } from '../../core/spark-error.ts';
import type { CalendarInterval, SparkValue } from '../../core/spark-value.ts';
import { dateText, timestampText } from './date-calendar.ts';
import { formatDateTime } from './date-format.ts';
import { formatLegacy } from './date-legacy-format.ts';
import { parseLegacy } from './date-legacy-parse.ts';
import { parseDateTime } from './date-parse.ts';
import { isSimpleDateFormat } from './date-pattern.ts';
import { textOf } from './scalar-arguments.ts';
import {
  calendarIntervalText,
  dayTimeText,
  textToDayTime,
  textToInterval,
  textToYearMonth,
  yearMonthText,
} from './time-interval.ts';
import { localToUtcMicros, textToDate, textToTimestamp, textToTimestampNtz } from './time-text.ts';
import { offsetSeconds, resolveZone } from './time-zone.ts';

type TimeParserPolicy = 'EXCEPTION' | 'CORRECTED' | 'LEGACY';

/**
 * `to_timestamp(text, pattern)`: UTC microseconds, null where the text does not fit. Under EXCEPTION a text that the parser of Spark 2 would have taken
 * raises `PARSE_DATETIME_BY_NEW_PARSER`; with `ansi` any other raises `CANNOT_PARSE_TIMESTAMP`.
 */
export function parseTimestamp(
  text: string,
  pattern: string,
  zone: string,
  policy: TimeParserPolicy,
  ansi: boolean,
): bigint | null {
  const session = resolveZone(zone);
  if (policy === 'LEGACY') {
    if (!isSimpleDateFormat(pattern))
      throw new SparkError(
        'IllegalArgumentException',
        `Illegal pattern character '${/[^GyYMLWwDdFEuaHkKhmsSzZX\W\d_]/.exec(pattern)?.[0] ?? ''}'`,
      );
    return parseLegacy(text, pattern, session) ?? null;
  }
  const parsed = parseDateTime(text, pattern);
  if (parsed.kind === 'local') return localToUtcMicros(parsed.zone ?? session, parsed.micros);
  if (policy === 'EXCEPTION' && parseLegacy(text, pattern, session) !== undefined) {
    throw sparkError('INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER', { datetime: `'${text}'` });
  }
  if (ansi) throw sparkError('CANNOT_PARSE_TIMESTAMP', { message: parsed.message });
  return null;
}

function parseTimestampNtz(text: string, pattern: string, ansi: boolean): bigint | null {
  const parsed = parseDateTime(text, pattern);
  if (parsed.kind === 'local') return parsed.micros;
  if (ansi) throw sparkError('CANNOT_PARSE_TIMESTAMP', { message: parsed.message });
  return null;
}

/** `from_utc_timestamp` (or, backwards, `to_utc_timestamp`) with a zone that differs from row to row. */
function shiftZone(micros: bigint, zoneName: string, toLocal: boolean): bigint {
  const zone = resolveZone(zoneName);
  return toLocal
    ? micros + BigInt(offsetSeconds(zone, Number(micros / 1000n))) * 1_000_000n
    : localToUtcMicros(zone, micros);
}

const scalar = (
  name: string,
  takes: readonly DataType[],
  returns: DataType,
  evaluate: JsScalar['evaluate'],
): JsScalar => ({
  name: `marea_${name}`,
  takes,
  returns,
  evaluate,
});

const micros = (value: SparkValue | undefined): bigint => BigInt(value as bigint);
const dayTimeField = (value: SparkValue | undefined): DayTimeField => textOf(value) as DayTimeField;
const yearMonthField = (value: SparkValue | undefined): YearMonthField => textOf(value) as YearMonthField;

/** Date and time functions that DuckDB has no exact equivalent of; most are the slow path behind a quick one in SQL. */
export const timeScalars: readonly JsScalar[] = [
  scalar('text_to_timestamp', [stringType, stringType, longType], timestampType, (value, zone, now) =>
    textToTimestamp(textOf(value), resolveZone(textOf(zone)), micros(now)),
  ),
  scalar('text_to_timestamp_ntz', [stringType], timestampNtzType, (value) => textToTimestampNtz(textOf(value))),
  scalar('text_to_date', [stringType], dateType, (value) => textToDate(textOf(value))),
  scalar('date_text', [dateType], stringType, (value) => dateText(Number(value))),
  scalar('timestamp_text', [timestampNtzType], stringType, (value) => timestampText(micros(value))),
  scalar(
    'parse_timestamp',
    [stringType, stringType, stringType, stringType, booleanType],
    timestampType,
    (value, pattern, zone, policy, ansi) =>
      parseTimestamp(textOf(value), textOf(pattern), textOf(zone), textOf(policy) as TimeParserPolicy, ansi === true),
  ),
  scalar('parse_timestamp_ntz', [stringType, stringType, booleanType], timestampNtzType, (value, pattern, ansi) =>
    parseTimestampNtz(textOf(value), textOf(pattern), ansi === true),
  ),
  scalar(
    'format_timestamp',
    [timestampType, stringType, stringType, stringType],
    stringType,
    (value, pattern, zone, policy) => {
      const format = textOf(policy) === 'LEGACY' ? formatLegacy : formatDateTime;
      return format(micros(value), textOf(pattern), resolveZone(textOf(zone)));
    },
  ),
  scalar('shift_zone', [timestampType, stringType, booleanType], timestampType, (value, zone, toLocal) =>
    shiftZone(micros(value), textOf(zone), toLocal === true),
  ),
  scalar('day_time_text', [longType, stringType, stringType], stringType, (value, start, end) =>
    dayTimeText(micros(value), dayTimeField(start), dayTimeField(end)),
  ),
  scalar('year_month_text', [integerType, stringType, stringType], stringType, (value, start, end) =>
    yearMonthText(Number(value), yearMonthField(start), yearMonthField(end)),
  ),
  scalar('interval_text', [calendarIntervalType], stringType, (value) =>
    calendarIntervalText(value as CalendarInterval),
  ),
  scalar('text_to_interval', [stringType], calendarIntervalType, (value) => textToInterval(textOf(value))),
  scalar('text_to_day_time', [stringType, stringType, stringType], dayTimeIntervalType, (value, start, end) =>
    textToDayTime(textOf(value), dayTimeField(start), dayTimeField(end)),
  ),
  scalar('text_to_year_month', [stringType, stringType, stringType], integerType, (value, start, end) =>
    textToYearMonth(textOf(value), yearMonthField(start), yearMonthField(end)),
  ),
  scalar('utf8_text', [binaryType], stringType, (value) => new TextDecoder().decode(value as Uint8Array)),
];
