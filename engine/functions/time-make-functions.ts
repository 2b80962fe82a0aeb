import {
  calendarIntervalType,
  dateType,
  dayTimeIntervalType,
  decimalType,
  integerType,
  longType,
  timestampNtzType,
  timestampType,
  yearMonthIntervalType,
  type DataType,
} from '../core/data-type.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';
import { castSql } from './cast.ts';
import { floorDivide } from './cast-to-number.ts';
import type { CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, gives, printsDefaults, scalar, simple } from './function-forms.ts';
import { localToTimestampSql } from './zone-conversion.ts';

const nothing = sql`NULL`;
const orZero = (value: Sql | undefined): Sql => value ?? sql`0`;
/** Seconds (DECIMAL with six digits) as microseconds. */
const secondsAsMicros = (seconds: Sql | undefined): Sql => sql`(${orZero(seconds)} * 1000000)::BIGINT`;

/** The clock reading of six numbers; NULL for a date or time that does not exist. A 60th second is the next minute, without a fraction. */
function clockReading(call: CompiledCall): Sql {
  const [year, month, day, hour, minute, second] = [0, 1, 2, 3, 4, 5].map((i) => argument(call, i));
  const inRange = sql`${hour ?? nothing} BETWEEN 0 AND 23 AND ${minute ?? nothing} BETWEEN 0 AND 59 AND ${second ?? nothing} BETWEEN 0 AND 60`;
  const date = sql`TRY(make_date((${year ?? nothing})::BIGINT, (${month ?? nothing})::BIGINT, (${day ?? nothing})::BIGINT))`;
  const micros = sql`((${hour ?? nothing})::BIGINT * 3600000000 + (${minute ?? nothing})::BIGINT * 60000000 + ${secondsAsMicros(second)})`;
  return sql`CASE WHEN ${inRange} THEN ${date} + to_microseconds(${micros}) END`;
}

const makeTimestamp = (type: DataType, row: Pick<ScalarFunction, 'examples'>): ScalarFunction =>
  scalar({
    takes: [
      'integer',
      'integer',
      'integer',
      'integer',
      'integer',
      { type: decimalType(16, 6) },
      ...(type.kind === 'timestamp' ? (['string'] as const) : []),
    ],
    ...(type.kind === 'timestamp' ? { optional: 1 } : {}),
    returns: type,
    nullable: 'always',
    sql: (call) => {
      const clock = clockReading(call);
      if (type.kind === 'timestamp_ntz') return clock;
      const zone = call.literals[6];
      if (call.args.length < 7) return localToTimestampSql(clock, call.context.zone);
      return typeof zone === 'string'
        ? localToTimestampSql(clock, zone)
        : sql`marea_shift_zone(${clock}, ${argument(call, 6)}, false)`;
    },
    ...row,
  });

const secondsType = decimalType(18, 6);

const dayTimeMicros = (days: Sql, hours: Sql | undefined, minutes: Sql | undefined, seconds: Sql | undefined): Sql =>
  sql`((${days})::BIGINT * 86400000000 + (${orZero(hours)})::BIGINT * 3600000000 + (${orZero(minutes)})::BIGINT * 60000000 + ${secondsAsMicros(seconds)})`;

const numberToTimestamp =
  (perSecond: number): ((value?: Sql) => Sql) =>
  (value) =>
    sql`make_timestamp((${value ?? nothing})::BIGINT * ${sqlInteger(1_000_000 / perSecond)})`;
const timestampToNumber =
  (micros: number): ((at?: Sql) => Sql) =>
  (at) =>
    micros === 1 ? sql`epoch_us(${at ?? nothing})` : floorDivide(sql`epoch_us(${at ?? nothing})`, micros);

/** Dates, timestamps and intervals made of numbers, and back. */
export const timeMakeFunctions: FunctionTable = {
  make_date: simple({
    takes: ['integer', 'integer', 'integer'],
    returns: dateType,
    nullable: 'always',
    write: (year, month, day) =>
      sql`TRY(make_date((${year ?? nothing})::BIGINT, (${month ?? nothing})::BIGINT, (${day ?? nothing})::BIGINT))`,
    examples: [
      gives('make_date(2013, 7, 15)', '2013-07-15'),
      gives('make_date(2019, 13, 1)', null),
      gives('make_date(2019, 7, NULL)', null),
      gives('make_date(2019, 2, 30)', null),
    ],
  }),
  make_timestamp: makeTimestamp(timestampType, {
    examples: [
      gives('make_timestamp(2014, 12, 28, 6, 30, 45.887)', '2014-12-28 06:30:45.887'),
      gives('make_timestamp(2019, 6, 30, 23, 59, 60)', '2019-07-01 00:00:00'),
      gives('make_timestamp(2019, 6, 30, 23, 59, 60.5)', null),
      gives("make_timestamp(2019, 13, 1, 10, 11, 12, 'PST')", null),
      gives('make_timestamp(NULL, 7, 22, 15, 30, 0)', null),
      gives("make_timestamp(2014, 12, 28, 6, 30, '45.5')", '2014-12-28 06:30:45.5'),
      gives('make_timestamp(2014, 12, 28, 25, 30, 45)', null),
    ],
  }),
  make_timestamp_ltz: makeTimestamp(timestampType, {
    examples: [gives('make_timestamp_ltz(2014, 12, 28, 6, 30, 45.887)', '2014-12-28 06:30:45.887')],
  }),
  make_timestamp_ntz: makeTimestamp(timestampNtzType, {
    examples: [gives('make_timestamp_ntz(2014, 12, 28, 6, 30, 45.887)', '2014-12-28 06:30:45.887')],
  }),
  make_interval: simple({
    takes: ['integer', 'integer', 'integer', 'integer', 'integer', 'integer', { type: secondsType }],
    optional: 7,
    returns: calendarIntervalType,
    nullable: 'always',
    text: printsDefaults(7, '0', '0', '0', '0', '0', '0', '0.000000'),
    write: (years, months, weeks, days, hours, minutes, seconds) =>
      sql`(to_months(((${orZero(years)})::BIGINT * 12 + ${orZero(months)})::INTEGER) + to_days(((${orZero(weeks)})::BIGINT * 7 + ${orZero(days)})::INTEGER) + to_microseconds(${dayTimeMicros(sql`0`, hours, minutes, seconds)}))`,
    examples: [
      gives(
        'make_interval(100, 11, 1, 1, 12, 30, 01.001001)',
        '100 years 11 months 8 days 12 hours 30 minutes 1.001001 seconds',
      ),
      gives('make_interval(100, NULL, 3)', null),
      gives('make_interval(0, 1, 0, 1, 0, 0, 100.000001)', '1 months 1 days 1 minutes 40.000001 seconds'),
      gives('make_interval()', '0 seconds'),
      gives('make_interval(0, 0, 0, -1, -2)', '-1 days -2 hours'),
    ],
  }),
  make_dt_interval: simple({
    takes: ['integer', 'integer', 'integer', { type: secondsType }],
    optional: 4,
    returns: dayTimeIntervalType,
    text: printsDefaults(4, '0', '0', '0', '0.000000'),
    write: (days, hours, minutes, seconds) => dayTimeMicros(orZero(days), hours, minutes, seconds),
    examples: [
      gives('make_dt_interval(1, 12, 30, 01.001001)', "INTERVAL '1 12:30:01.001001' DAY TO SECOND"),
      gives('make_dt_interval(2)', "INTERVAL '2 00:00:00' DAY TO SECOND"),
      gives('make_dt_interval(100, NULL, 3)', null),
    ],
  }),
  make_ym_interval: simple({
    takes: ['integer', 'integer'],
    optional: 2,
    returns: yearMonthIntervalType,
    text: printsDefaults(2, '0', '0'),
    write: (years, months) => sql`((${orZero(years)})::BIGINT * 12 + ${orZero(months)})::INTEGER`,
    examples: [
      gives('make_ym_interval(1, 2)', "INTERVAL '1-2' YEAR TO MONTH"),
      gives('make_ym_interval(-1, 1)', "INTERVAL '-0-11' YEAR TO MONTH"),
    ],
  }),
  timestamp_seconds: scalar({
    takes: ['numeric'],
    returns: timestampType,
    nullable: (shape) => shape.args[0]?.nullable !== false || ['float', 'double'].includes(argumentType(shape, 0).kind),
    sql: (call) => castSql(argument(call, 0), argumentType(call, 0), timestampType, 'legacy', call.context),
    examples: [
      gives('unix_seconds(timestamp_seconds(1230219000))', '1230219000'),
      gives('unix_millis(timestamp_seconds(1230219000.123))', '1230219000123'),
      gives('timestamp_seconds(NULL)', null),
    ],
  }),
  timestamp_millis: simple({
    takes: ['integral'],
    returns: timestampType,
    write: numberToTimestamp(1000),
    examples: [gives('unix_millis(timestamp_millis(1230219000123))', '1230219000123')],
  }),
  timestamp_micros: simple({
    takes: ['integral'],
    returns: timestampType,
    write: numberToTimestamp(1_000_000),
    examples: [gives('unix_micros(timestamp_micros(1230219000123123))', '1230219000123123')],
  }),
  unix_seconds: simple({
    takes: ['timestamp'],
    returns: longType,
    write: timestampToNumber(1_000_000),
    examples: [
      gives("unix_seconds(to_timestamp('1970-01-01 00:00:01Z'))", '1'),
      gives("unix_seconds(to_timestamp('1969-12-31 23:59:58.5Z'))", '-2'),
    ],
  }),
  unix_millis: simple({
    takes: ['timestamp'],
    returns: longType,
    write: timestampToNumber(1000),
    examples: [gives("unix_millis(to_timestamp('1970-01-01 00:00:01.5Z'))", '1500')],
  }),
  unix_micros: simple({
    takes: ['timestamp'],
    returns: longType,
    write: timestampToNumber(1),
    examples: [gives("unix_micros(to_timestamp('1970-01-01 00:00:01Z'))", '1000000')],
  }),
  unix_date: simple({
    takes: ['date'],
    returns: integerType,
    write: (day) => sql`(${day ?? nothing} - DATE '1970-01-01')::INTEGER`,
    examples: [gives("unix_date(DATE '1970-01-02')", '1')],
  }),
  date_from_unix_date: simple({
    takes: ['integer'],
    returns: dateType,
    write: (days) => sql`(DATE '1970-01-01' + (${days ?? nothing})::INTEGER)`,
    examples: [gives('date_from_unix_date(1)', '1970-01-02'), gives('date_from_unix_date(NULL)', null)],
  }),
};
