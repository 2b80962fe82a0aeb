import { sql, sqlInteger, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import {
  datetimeType,
  dateType,
  decimalType,
  familyOf,
  timeType,
  varcharType,
  wideInteger,
} from '../catalog/sql-type.ts';
import { momentSql } from '../compile/compile-literal.ts';
import { compileShift } from '../compile/compile-shift.ts';
import { callSql, castSql, compiled, decimalSql, type Compiled } from '../compile/compiled.ts';
import { asNumber, dateSql, datetimeSql, doubleSql, integerArgument, textSql, timeSql } from '../compile/convert.ts';
import type { Context } from '../compile/scope.ts';
import { dateFormatName, dateParseName } from './date-format.ts';
import { argument, constantInteger, define, type SqlFunction } from './sql-function.ts';

const part = (name: string, length: number): SqlFunction =>
  define(1, 1, (args) => number(callSql(name, datetimeSql(argument(args, 0))), length));

const timePart = (read: (micros: Sql) => Sql): SqlFunction =>
  define(1, 1, (args) => number(read(timeSql(argument(args, 0))), 2));

const number = (value: Sql, length: number, name: 'int' | 'bigint' = 'int'): Compiled =>
  compiled(castSql(value, sql`BIGINT`), wideInteger(name, length), true);

const text = (value: Sql, length: number): Compiled => compiled(value, varcharType(length), true);

const now = define(0, 1, (args, context) => {
  const scale = constantInteger(args[0]) ?? 0;
  return compiled(momentSql(cut(context.nowMicros, scale)), datetimeType(scale), false);
});
const cut = (micros: bigint, scale: number): bigint => micros - (micros % 10n ** BigInt(6 - scale));

const today = define(0, 0, (_, context) => compiled(castSql(momentSql(context.nowMicros), sql`DATE`), dateType, false));
const currentTime = define(0, 1, (args, context) => {
  const scale = constantInteger(args[0]) ?? 0;
  return compiled(
    sql`CAST(${sqlInteger(cut(context.nowMicros, scale) % 86_400_000_000n)} AS BIGINT)`,
    timeType(scale),
    false,
  );
});

const microsOfUnit: Readonly<Record<string, number>> = {
  MICROSECOND: 1,
  SECOND: 1_000_000,
  MINUTE: 60_000_000,
  HOUR: 3_600_000_000,
  DAY: 86_400_000_000,
  WEEK: 604_800_000_000,
};
const monthsOfUnit: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

const unitOf = (value: Compiled): string => (value.constant?.kind === 'string' ? value.constant.text : 'DAY');

/** Whole units between two moments. */
const timestampDiff = define(3, 3, (args) => {
  const unit = unitOf(argument(args, 0));
  const [from, to] = [datetimeSql(argument(args, 1)), datetimeSql(argument(args, 2))];
  const months = monthsOfUnit[unit];
  const units =
    months === undefined
      ? sql`trunc((epoch_us(${to}) - epoch_us(${from})) / ${sqlInteger(microsOfUnit[unit] ?? 1)})`
      : sql`trunc(months_between(${from}, ${to}) / ${sqlInteger(months)})`;
  return number(units, 21, 'bigint');
});

const extract = define(2, 2, (args) => {
  const unit = unitOf(argument(args, 0)).toLowerCase();
  return number(sql`date_part(${sqlString(unit)}, ${datetimeSql(argument(args, 1))})`, 4);
});

const unixTimestamp = define(0, 1, (args, context: Context) => {
  const moment = args[0] === undefined ? momentSql(context.nowMicros) : datetimeSql(args[0]);
  const scale = args[0] === undefined ? 0 : args[0].type.scale;
  const seconds = sql`(epoch_us(${moment}) / 1000000)`;
  if (scale === 0) return number(sql`floor(${seconds})`, 17, 'bigint');
  const type = decimalType(17 + scale, scale);
  return compiled(castSql(seconds, decimalSql(type)), type, true);
});

const fromUnixtime = define(1, 2, (args) => {
  const seconds = argument(args, 0);
  const moment = sql`make_timestamp(CAST(round(${doubleSql(seconds)} * 1000000) AS BIGINT))`;
  const format = args[1];
  if (format !== undefined) return text(callSql(dateFormatName, moment, textSql(format)), 64);
  return compiled(moment, datetimeType(Math.min(6, asNumber(seconds).type.scale)), true);
});

/** The length of a format's result is not worth knowing exactly: MariaDB's own is an upper limit. */
const dateFormat = define(2, 3, (args) => {
  const format = argument(args, 1);
  const length = format.constant?.kind === 'string' ? formatLength(format.constant.text) : 255;
  return text(callSql(dateFormatName, datetimeSql(argument(args, 0)), textSql(format)), length);
});

const formatLength = (format: string): number =>
  [...format.matchAll(/%(.)|[^%]/gs)].reduce(
    (sum, match) => sum + (match[1] === undefined ? 1 : (widths[match[1]] ?? 2)),
    0,
  );
const widths: Readonly<Record<string, number>> = {
  Y: 4,
  M: 64,
  W: 64,
  b: 32,
  a: 32,
  f: 6,
  T: 8,
  r: 11,
  j: 3,
  D: 4,
  X: 4,
  x: 4,
};

const strToDate = define(2, 2, (args) => {
  const format = argument(args, 1);
  const pattern = format.constant?.kind === 'string' ? format.constant.text : '%H';
  const hasTime = /%[HhIiklprSsTf]/.test(pattern);
  const hasDate = /%[YymcbMdeDjUu]/.test(pattern);
  const moment = castSql(callSql(dateParseName, textSql(argument(args, 0)), textSql(format)), sql`TIMESTAMP`);
  if (!hasTime) return compiled(castSql(moment, sql`DATE`), dateType, true);
  const scale = pattern.includes('%f') ? 6 : 0;
  if (!hasDate) return compiled(sql`(epoch_us(${moment}) % 86400000000)`, timeType(scale), true);
  return compiled(moment, datetimeType(scale), true);
});

const week = define(1, 2, (args) => {
  const mode = constantInteger(args[1]) ?? 0;
  const moment = datetimeSql(argument(args, 0));
  // Mode 0: weeks begin on Sunday, days before the first Sunday are week 0; 1 and 3 begin on Monday.
  const result =
    mode === 3 ? callSql('weekofyear', moment) : sql`strftime(${moment}, ${mode === 1 ? sql`'%W'` : sql`'%U'`})`;
  return number(result, 2);
});

const dateOf = define(1, 1, (args) => compiled(dateSql(argument(args, 0)), dateType, true));
const dayOfMonth = part('day', 2);

export const dateFunctions: Readonly<Record<string, SqlFunction>> = {
  NOW: now,
  SYSDATE: now,
  CURRENT_TIMESTAMP: now,
  LOCALTIME: now,
  LOCALTIMESTAMP: now,
  CURDATE: today,
  CURRENT_DATE: today,
  CURTIME: currentTime,
  CURRENT_TIME: currentTime,
  DATE: dateOf,
  TIME: define(1, 1, (args) => compiled(timeSql(argument(args, 0)), timeType(argument(args, 0).type.scale), true)),
  TIMESTAMP: define(1, 1, (args) =>
    compiled(datetimeSql(argument(args, 0)), datetimeType(argument(args, 0).type.scale), true),
  ),
  YEAR: part('year', 4),
  QUARTER: part('quarter', 1),
  MONTH: part('month', 2),
  DAY: dayOfMonth,
  DAYOFMONTH: dayOfMonth,
  DAYOFYEAR: part('dayofyear', 3),
  // MariaDB counts Sunday as 1, DuckDB as 0; WEEKDAY counts Monday as 0.
  DAYOFWEEK: define(1, 1, (args) => number(sql`(dayofweek(${datetimeSql(argument(args, 0))}) + 1)`, 1)),
  WEEKDAY: define(1, 1, (args) => number(sql`(isodow(${datetimeSql(argument(args, 0))}) - 1)`, 1)),
  WEEK: week,
  WEEKOFYEAR: part('weekofyear', 2),
  HOUR: timePart((micros) => sql`(abs(${micros}) // 3600000000)`),
  MINUTE: timePart((micros) => sql`((abs(${micros}) // 60000000) % 60)`),
  SECOND: timePart((micros) => sql`((abs(${micros}) // 1000000) % 60)`),
  MICROSECOND: define(1, 1, (args) => number(sql`(abs(${timeSql(argument(args, 0))}) % 1000000)`, 6)),
  DAYNAME: define(1, 1, (args) => text(callSql('dayname', datetimeSql(argument(args, 0))), 9)),
  MONTHNAME: define(1, 1, (args) => text(callSql('monthname', datetimeSql(argument(args, 0))), 9)),
  LAST_DAY: define(1, 1, (args) => compiled(callSql('last_day', dateSql(argument(args, 0))), dateType, true)),
  DATEDIFF: define(2, 2, (args) => number(sql`(${dateSql(argument(args, 0))} - ${dateSql(argument(args, 1))})`, 8)),
  TIMEDIFF: define(2, 2, (args) => {
    const isMoment = args.some((arg) => ['date', 'datetime'].includes(familyOf(arg.type)));
    const [one, two] = [argument(args, 0), argument(args, 1)];
    const micros = (of: Compiled): Sql => {
      if (familyOf(of.type) === 'text') return callSql('moment_or_time', textSql(of));
      return isMoment ? sql`epoch_us(${datetimeSql(of)})` : timeSql(of);
    };
    return compiled(sql`(${micros(one)} - ${micros(two)})`, timeType(Math.max(one.type.scale, two.type.scale)), true);
  }),
  TIMESTAMPDIFF: timestampDiff,
  TIMESTAMPADD: define(3, 3, (args) => compileShift(argument(args, 2), argument(args, 1), unitOf(argument(args, 0)))),
  EXTRACT: extract,
  UNIX_TIMESTAMP: unixTimestamp,
  FROM_UNIXTIME: fromUnixtime,
  DATE_FORMAT: dateFormat,
  STR_TO_DATE: strToDate,
  TIME_TO_SEC: define(1, 1, (args) => number(sql`(${timeSql(argument(args, 0))} // 1000000)`, 17, 'bigint')),
  SEC_TO_TIME: define(1, 1, (args) =>
    compiled(sql`(${integerArgument(argument(args, 0))} * 1000000)`, timeType(0), true),
  ),
  MAKEDATE: define(2, 2, (args) => {
    const [year, day] = [integerArgument(argument(args, 0)), integerArgument(argument(args, 1))];
    return compiled(sql`(make_date(${year}, 1, 1) + CAST(${day} - 1 AS INTEGER))`, dateType, true);
  }),
  TO_DAYS: define(1, 1, (args) => number(sql`(${dateSql(argument(args, 0))} - DATE '1970-01-01' + 719528)`, 8)),
};
