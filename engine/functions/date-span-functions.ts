import { longType, timestampNtzType, timestampType, type DataType } from '../core/data-type.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import { castSql } from './cast.ts';
import type { CallShape, CompiledCall, FunctionTable } from './define-function.ts';
import { argument, argumentType, gives, scalar } from './function-forms.ts';
import { localToTimestampSql, timestampToLocalSql } from './zone-conversion.ts';

type Unit = { readonly months?: number; readonly days?: number; readonly micros?: number };
const spans: Readonly<Record<string, Unit>> = {
  YEAR: { months: 12 },
  QUARTER: { months: 3 },
  MONTH: { months: 1 },
  WEEK: { days: 7 },
  DAY: { days: 1 },
  DAYOFYEAR: { days: 1 },
  HOUR: { micros: 3_600_000_000 },
  MINUTE: { micros: 60_000_000 },
  SECOND: { micros: 1_000_000 },
  MILLISECOND: { micros: 1000 },
  MICROSECOND: { micros: 1 },
};

const spanOf = (call: { readonly literals: CallShape['literals'] }): Unit =>
  spans[typeof call.literals[0] === 'string' ? call.literals[0].toUpperCase() : ''] ?? {};

function onClock(moment: Sql, type: DataType, zone: string, change: (clock: Sql) => Sql): Sql {
  return type.kind === 'timestamp_ntz'
    ? change(moment)
    : localToTimestampSql(change(timestampToLocalSql(moment, zone)), zone);
}

function timestampAdd(call: CompiledCall): Sql {
  const { zone } = call.context;
  const amount = argument(call, 1);
  const type = call.type;
  const moment = castSql(argument(call, 2), argumentType(call, 2), type, 'legacy', call.context);
  const { months, days, micros } = spanOf(call);
  if (micros !== undefined) return sql`(${moment} + to_microseconds((${amount})::BIGINT * ${sqlInteger(micros)}))`;
  const step =
    months === undefined
      ? sql`to_days((${amount})::INTEGER * ${sqlInteger(days ?? 1)})`
      : sql`to_months((${amount})::INTEGER * ${sqlInteger(months)})`;
  return onClock(moment, type, zone, (clock) => sql`(${clock} + ${step})`);
}

/** Whole units between two clock readings, as `ChronoUnit.between`. */
function timestampDiff(call: CompiledCall): Sql {
  const { months, days, micros } = spanOf(call);
  const moment = (index: number): Sql => {
    const type = argumentType(call, index);
    const utc = castSql(argument(call, index), type, timestampType, 'legacy', call.context);
    return micros === undefined ? timestampToLocalSql(utc, call.context.zone) : utc;
  };
  return bindValue(moment(1), (start) =>
    bindValue(moment(2), (end) => {
      if (months === undefined)
        return sql`((epoch_us(${end}) - epoch_us(${start})) // ${sqlInteger(micros ?? (days ?? 1) * 86_400_000_000)})`;
      const whole = sql`((year(${end}) - year(${start})) * 12 + month(${end}) - month(${start}))`;
      const rest = (clock: Sql): Sql => sql`(epoch_us(${clock}) - epoch_us(date_trunc('month', ${clock})))`;
      return sql`((${whole} - CASE WHEN ${whole} > 0 AND ${rest(end)} < ${rest(start)} THEN 1 WHEN ${whole} < 0 AND ${rest(end)} > ${rest(start)} THEN -1 ELSE 0 END) // ${sqlInteger(months)})`;
    }),
  );
}

/** `timestampadd` and `timestampdiff`, also `dateadd` and `datediff` with a unit. */
export const dateSpanFunctions: FunctionTable = {
  timestampadd: scalar({
    takes: ['literal_string', 'integer', 'datetime'],
    returns: (shape) => (argumentType(shape, 2).kind === 'timestamp_ntz' ? timestampNtzType : timestampType),
    sql: timestampAdd,
    examples: [
      gives("timestampadd(HOUR, 8, TIMESTAMP_NTZ '2022-02-11 20:30:00')", '2022-02-12 04:30:00'),
      gives("timestampadd(MONTH, 1, TIMESTAMP '2022-01-31 00:00:00')", '2022-02-28 00:00:00'),
      gives("timestampadd(QUARTER, 1, TIMESTAMP '2022-01-31 00:00:00')", '2022-04-30 00:00:00'),
    ],
  }),
  timestampdiff: scalar({
    takes: ['literal_string', 'datetime', 'datetime'],
    returns: longType,
    sql: timestampDiff,
    examples: [
      gives("timestampdiff(HOUR, TIMESTAMP '2022-02-11 20:30:00', TIMESTAMP '2022-02-12 04:30:00')", '8'),
      gives("timestampdiff(MONTH, TIMESTAMP '2022-01-01 00:00:00', TIMESTAMP '2022-02-28 00:00:00')", '1'),
      gives("timestampdiff(YEAR, TIMESTAMP '2022-01-01 00:00:00', TIMESTAMP '2021-01-01 00:00:01')", '0'),
      gives("timestampdiff(SECOND, TIMESTAMP '2022-02-11 20:30:00.9', TIMESTAMP '2022-02-11 20:30:01.8')", '0'),
    ],
  }),
};
