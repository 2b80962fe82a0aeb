import { dateType, doubleType, integerType, timestampType } from '../core/data-type.ts';
import { SparkError } from '../core/spark-error.ts';
import { sql, sqlInteger, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import type { CompiledCall, FunctionTable } from './define-function.ts';
import { argument, gives, printsAs, printsDefaults, scalar, simple } from './function-forms.ts';
import { raiseAs } from './raise-error.ts';
import { localToTimestampSql, timestampToLocalSql } from './zone-conversion.ts';

const microsOfDay = (clock: Sql): Sql => sql`(epoch_us(${clock}) - epoch_us(date_trunc('day', ${clock})))`;

/** Spark's `monthsBetween`: whole months on equal days or on two month ends, else a 31st of a month for each day, seconds included. */
function monthsBetween(call: CompiledCall): Sql {
  const zone = call.context.zone;
  return bindValue(timestampToLocalSql(argument(call, 0), zone), (a) =>
    bindValue(timestampToLocalSql(argument(call, 1), zone), (b) => {
      const months = sql`((year(${a}) - year(${b})) * 12 + month(${a}) - month(${b}))`;
      const isEnd = (clock: Sql): Sql => sql`day(${clock}) = day(last_day(${clock}))`;
      const seconds = sql`((day(${a}) - day(${b})) * 86400 + ${microsOfDay(a)} // 1000000 - ${microsOfDay(b)} // 1000000)`;
      const exact = sql`(${months} + ${seconds} / 2678400.0::DOUBLE)`;
      const rounded = sql`floor(${exact} * 100000000 + 0.5::DOUBLE) / 100000000`;
      const isRounded = call.args.length < 3 ? sql`true` : argument(call, 2);
      return sql`CASE WHEN day(${a}) = day(${b}) OR (${isEnd(a)} AND ${isEnd(b)}) THEN ${months}::DOUBLE WHEN ${isRounded} THEN ${rounded} WHEN NOT ${isRounded} THEN ${exact} END`;
    }),
  );
}

/** Days from one Thursday (1970-01-01) to the named day. */
const weekdayOffsets: Readonly<Record<string, number>> = {
  SU: 3,
  SUN: 3,
  SUNDAY: 3,
  MO: 4,
  MON: 4,
  MONDAY: 4,
  TU: 5,
  TUE: 5,
  TUESDAY: 5,
  WE: 6,
  WED: 6,
  WEDNESDAY: 6,
  TH: 0,
  THU: 0,
  THURSDAY: 0,
  FR: 1,
  FRI: 1,
  FRIDAY: 1,
  SA: 2,
  SAT: 2,
  SATURDAY: 2,
};

function nextDay(call: CompiledCall): Sql {
  const [day, name] = [argument(call, 0), argument(call, 1)];
  const groups = [...new Set(Object.values(weekdayOffsets))].map((offset) => {
    const names = Object.keys(weekdayOffsets).filter((key) => weekdayOffsets[key] === offset);
    return sql`WHEN upper(${name}) IN (${sqlJoin(names.map(sqlString), ', ')}) THEN ${sqlInteger(offset)}`;
  });
  const unknown = call.context.ansi
    ? sql`ELSE ${raiseAs(new SparkError('IllegalArgumentException', 'Illegal input for day of week: \u00010\u0002. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.'), [name])}`
    : sql``;
  const epoch = sql`(${day} - DATE '1970-01-01')`;
  return sql`CASE WHEN ${day} IS NOT NULL AND ${name} IS NOT NULL THEN ${day} + (1 + ((CASE ${sqlJoin(groups, ' ')} ${unknown} END - 1 - ${epoch}) % 7 + 7) % 7)::INTEGER END`;
}

const dateUnits: Readonly<Record<string, string>> = {
  YEAR: 'year',
  YYYY: 'year',
  YY: 'year',
  QUARTER: 'quarter',
  MONTH: 'month',
  MM: 'month',
  MON: 'month',
  WEEK: 'week',
};
const clockUnits: Readonly<Record<string, string>> = {
  ...dateUnits,
  DAY: 'day',
  DD: 'day',
  HOUR: 'hour',
  MINUTE: 'minute',
  SECOND: 'second',
  MILLISECOND: 'millisecond',
  MICROSECOND: 'microsecond',
};

/** One branch for each unit, or just the one that a literal names; NULL for an unknown unit. */
function byUnit(
  unit: Sql,
  literal: unknown,
  units: Readonly<Record<string, string>>,
  body: (unit: string) => Sql,
  type: Sql,
): Sql {
  if (typeof literal === 'string') {
    const known = units[literal.toUpperCase()];
    return known === undefined ? sql`NULL::${type}` : body(known);
  }
  if (literal === null) return sql`NULL::${type}`;
  const branches = [...new Set(Object.values(units))].map((name) => {
    const names = Object.keys(units).filter((key) => units[key] === name);
    return sql`WHEN upper(${unit}) IN (${sqlJoin(names.map(sqlString), ', ')}) THEN ${body(name)}`;
  });
  return sql`CASE ${sqlJoin(branches, ' ')} END`;
}

/** Within a day the offset from UTC stays as it is, so that the second hour of an overlap keeps being the second; above that the local midnight counts. */
function truncatedTimestamp(utc: Sql, unit: string, zone: string): Sql {
  if (unit === 'microsecond') return utc;
  if (unit === 'millisecond' || unit === 'second') return sql`date_trunc(${sqlString(unit)}, ${utc})`;
  return bindValue(timestampToLocalSql(utc, zone), (clock) => {
    const cut = sql`date_trunc(${sqlString(unit)}, ${clock})`;
    return unit === 'hour' || unit === 'minute' ? sql`(${utc} - (${clock} - ${cut}))` : localToTimestampSql(cut, zone);
  });
}

/** Arithmetic on dates and timestamps by name. */
export const dateArithmeticFunctions: FunctionTable = {
  date_add: simple({
    takes: ['date', 'integer'],
    aliases: ['dateadd'],
    returns: dateType,
    text: printsAs('date_add'),
    write: (day, days) => sql`(${day ?? sql`NULL`} + (${days ?? sql`NULL`})::INTEGER)`,
    examples: [
      gives("date_add('2016-07-30', 1)", '2016-07-31'),
      gives("date_add(DATE '2016-07-30', -1)", '2016-07-29'),
      gives("date_add('2016-07-30', '2')", '2016-08-01'),
      gives('date_add(NULL, 1)', null),
    ],
  }),
  date_sub: simple({
    takes: ['date', 'integer'],
    returns: dateType,
    write: (day, days) => sql`(${day ?? sql`NULL`} - (${days ?? sql`NULL`})::INTEGER)`,
    examples: [gives("date_sub('2016-07-30', 1)", '2016-07-29')],
  }),
  add_months: simple({
    takes: ['date', 'integer'],
    returns: dateType,
    write: (day, months) => sql`(${day ?? sql`NULL`} + to_months((${months ?? sql`NULL`})::INTEGER))::DATE`,
    examples: [
      gives("add_months('2016-08-31', 1)", '2016-09-30'),
      gives("add_months('2016-02-29', 12)", '2017-02-28'),
      gives("add_months('2016-03-31', -1)", '2016-02-29'),
    ],
  }),
  months_between: scalar({
    takes: ['timestamp', 'timestamp', 'boolean'],
    optional: 1,
    returns: doubleType,
    text: printsDefaults(3, 'true'),
    sql: monthsBetween,
    examples: [
      gives("months_between('1997-02-28 10:30:00', '1996-10-30')", '3.94959677'),
      gives("months_between('1997-02-28 10:30:00', '1996-10-30', false)", '3.9495967741935485'),
      gives("months_between('2024-03-31', '2024-02-29')", '1.0'),
      gives("months_between('2024-03-15', '2024-02-15 10:00:00')", '1.0'),
    ],
  }),
  datediff: simple({
    takes: ['date', 'date'],
    aliases: ['date_diff'],
    returns: integerType,
    write: (end, start) => sql`(${end ?? sql`NULL`} - ${start ?? sql`NULL`})::INTEGER`,
    examples: [
      gives("datediff('2009-07-31', '2009-07-30')", '1'),
      gives("date_diff('2009-07-31', '2009-08-30')", '-30'),
      gives("datediff(TIMESTAMP '2024-01-02 00:30:00', TIMESTAMP '2024-01-01 23:30:00')", '1'),
    ],
  }),
  last_day: simple({
    takes: ['date'],
    returns: dateType,
    write: (day) => sql`last_day(${day ?? sql`NULL`})`,
    examples: [gives("last_day('2009-01-12')", '2009-01-31')],
  }),
  next_day: scalar({
    takes: ['date', 'string'],
    returns: dateType,
    nullable: 'always',
    sql: nextDay,
    examples: [
      gives("next_day('2015-01-14', 'TU')", '2015-01-20'),
      gives("next_day('2015-01-14', 'Wednesday')", '2015-01-21'),
      gives("next_day('2015-01-14', 'xx')", null),
    ],
  }),
  trunc: scalar({
    takes: ['date', 'string'],
    returns: dateType,
    nullable: 'always',
    sql: (call) =>
      byUnit(
        argument(call, 1),
        call.literals[1],
        dateUnits,
        (unit) => sql`date_trunc(${sqlString(unit)}, ${argument(call, 0)})::DATE`,
        sql`DATE`,
      ),
    examples: [
      gives("trunc('2019-08-04', 'week')", '2019-07-29'),
      gives("trunc('2019-08-04', 'quarter')", '2019-07-01'),
      gives("trunc('2009-02-12', 'MM')", '2009-02-01'),
      gives("trunc('2015-10-27', 'YEAR')", '2015-01-01'),
      gives("trunc('2015-10-27', 'DAY')", null),
      gives("trunc('2015-10-27', NULL)", null),
    ],
  }),
  date_trunc: scalar({
    takes: ['string', 'timestamp'],
    returns: timestampType,
    nullable: 'always',
    sql: (call) =>
      byUnit(
        argument(call, 0),
        call.literals[0],
        clockUnits,
        (unit) => truncatedTimestamp(argument(call, 1), unit, call.context.zone),
        sql`TIMESTAMP`,
      ),
    examples: [
      gives("date_trunc('YEAR', '2015-03-05T09:32:05.359')", '2015-01-01 00:00:00'),
      gives("date_trunc('MM', '2015-03-05T09:32:05.359')", '2015-03-01 00:00:00'),
      gives("date_trunc('HOUR', '2015-03-05T09:32:05.359')", '2015-03-05 09:00:00'),
      gives("date_trunc('MILLISECOND', '2015-03-05T09:32:05.123456')", '2015-03-05 09:32:05.123'),
      gives("date_trunc('WEEK', '2015-03-05T09:32:05.123456')", '2015-03-02 00:00:00'),
      gives("date_trunc('day', TIMESTAMP '2024-03-31 12:30:00')", '2024-03-31 00:00:00'),
      gives("date_trunc('bad', '2015-03-05T09:32:05.359')", null),
    ],
  }),
};
