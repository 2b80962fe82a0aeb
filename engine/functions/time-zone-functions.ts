import { dateType, stringType, timestampNtzType, timestampType } from '../core/data-type.ts';
import { SparkError } from '../core/spark-error.ts';
import { sql, sqlString, type Sql } from '../core/sql-text.ts';
import { castSql } from './cast.ts';
import type { CompiledCall, FunctionTable, ScalarFunction } from './define-function.ts';
import { argument, argumentType, gives, scalar } from './function-forms.ts';
import { raiseAs } from './raise-error.ts';
import { findZone } from './scalar/time-zone.ts';
import { nowSql } from './time-parse-functions.ts';
import { localToTimestampSql, timestampToLocalSql } from './zone-conversion.ts';

/** Moves a moment by a zone: to its clocks, or from them to UTC. The zone may differ from row to row; one that does not exist is an error when a row comes. */
function shifted(moment: Sql, zone: Sql, literal: unknown, toLocal: boolean): Sql {
  if (literal === null) return sql`NULL::TIMESTAMP`;
  if (typeof literal !== 'string')
    return sql`marea_shift_zone(${moment}, ${zone}, ${toLocal ? sql`true` : sql`false`})`;
  if (!findZone(literal)) {
    const error = raiseAs(new SparkError('DateTimeException', `Unknown time-zone ID: ${literal}`));
    return sql`CASE WHEN ${moment} IS NOT NULL THEN ${error} END::TIMESTAMP`;
  }
  return toLocal ? timestampToLocalSql(moment, literal) : localToTimestampSql(moment, literal);
}

const utcShift = (toLocal: boolean, row: Pick<ScalarFunction, 'examples'>): ScalarFunction =>
  scalar({
    takes: ['timestamp', 'string'],
    returns: timestampType,
    sql: (call) => shifted(argument(call, 0), argument(call, 1), call.literals[1], toLocal),
    ...row,
  });

function convertZone(call: CompiledCall): Sql {
  const own = call.args.length === 2;
  const [target, moment] = own ? [0, 1] : [1, 2];
  const [sourceSql, sourceLiteral] = own
    ? [sqlString(call.context.zone), call.context.zone]
    : [argument(call, 0), call.literals[0]];
  const reading = castSql(argument(call, moment), argumentType(call, moment), timestampNtzType, 'legacy', call.context);
  const utc = shifted(reading, sourceSql, sourceLiteral, false);
  return shifted(utc, argument(call, target), call.literals[target], true);
}

/** The current moment, and moments of other zones. */
export const timeZoneFunctions: FunctionTable = {
  current_timestamp: scalar({
    takes: [],
    aliases: ['now'],
    returns: timestampType,
    nullable: 'never',
    sql: (call) => nowSql(call.context),
    examples: [gives('current_timestamp() IS NULL', 'false'), gives('now() = current_timestamp()', 'true')],
  }),
  current_date: scalar({
    takes: [],
    aliases: ['curdate'],
    returns: dateType,
    nullable: 'never',
    text: () => 'current_date()',
    sql: (call) => sql`${timestampToLocalSql(nowSql(call.context), call.context.zone)}::DATE`,
    examples: [gives('current_date() = to_date(now())', 'true')],
  }),
  localtimestamp: scalar({
    takes: [],
    returns: timestampNtzType,
    nullable: 'never',
    sql: (call) => timestampToLocalSql(nowSql(call.context), call.context.zone),
    examples: [gives('localtimestamp() IS NULL', 'false')],
  }),
  current_timezone: scalar({
    takes: [],
    returns: stringType,
    nullable: 'never',
    sql: (call) => sqlString(call.context.zone),
    examples: [gives('current_timezone() IS NULL', 'false')],
  }),
  to_utc_timestamp: utcShift(false, {
    examples: [
      gives("to_utc_timestamp('2016-08-31', 'Asia/Seoul')", '2016-08-30 15:00:00'),
      gives("to_utc_timestamp('2016-08-31', '+05:30')", '2016-08-30 18:30:00'),
    ],
  }),
  from_utc_timestamp: utcShift(true, {
    examples: [
      gives("from_utc_timestamp('2016-08-31', 'Asia/Seoul')", '2016-08-31 09:00:00'),
      gives("from_utc_timestamp('2016-08-31', 'UTC+1')", '2016-08-31 01:00:00'),
    ],
  }),
  convert_timezone: scalar({
    // With two arguments the second is the moment.
    takes: ['string', 'any', { type: timestampNtzType }],
    optional: 1,
    returns: timestampNtzType,
    text: (args, spelling) =>
      `${spelling}(${[...(args.length === 2 ? ['current_timezone()'] : []), ...args].join(', ')})`,
    sql: convertZone,
    examples: [
      gives(
        "convert_timezone('Europe/Brussels', 'America/Los_Angeles', TIMESTAMP_NTZ '2021-12-06 00:00:00')",
        '2021-12-05 15:00:00',
      ),
    ],
  }),
  window_time: scalar({
    takes: ['struct'],
    returns: timestampType,
    sql: (call) => sql`(struct_extract(${argument(call, 0)}, 'end') - INTERVAL 1 MICROSECOND)`,
    examples: [],
  }),
};
