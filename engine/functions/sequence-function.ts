import { arrayType, isIntegral } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import type { CompiledCall, FunctionTable } from './define-function.ts';
import { argument, argumentType, gives, nullIfAny, scalar } from './function-forms.ts';
import { raiseErrorWith } from './raise-error.ts';
import { localToTimestampSql, timestampToLocalSql } from './zone-conversion.ts';

const boundariesError = (start: Sql, stop: Sql, step: Sql): Sql =>
  raiseErrorWith('_LEGACY_SEQUENCE_BOUNDARIES', (at) => ({ start: at(0), stop: at(1), step: at(2) }), [
    sql`(${start})::VARCHAR`,
    sql`(${stop})::VARCHAR`,
    sql`(${step})::VARCHAR`,
  ]);

/** From start to stop, both included; a step that leads away is an error, where DuckDB gives an empty list. */
const numbers = (start: Sql, stop: Sql, step: Sql): Sql =>
  sql`CASE WHEN (${step} > 0 AND ${start} <= ${stop}) OR (${step} < 0 AND ${start} >= ${stop}) OR (${step} = 0 AND ${start} = ${stop}) THEN CASE WHEN ${step} = 0 THEN [${start}] ELSE generate_series((${start})::BIGINT, (${stop})::BIGINT, (${step})::BIGINT) END ELSE ${boundariesError(start, stop, step)} END`;

function integers(call: CompiledCall): Sql {
  const [start, stop] = [argument(call, 0), argument(call, 1)];
  const step = call.args[2] ?? sql`(CASE WHEN ${start} <= ${stop} THEN 1 ELSE -1 END)`;
  return nullIfAny([start, stop, step], sql`(${numbers(start, stop, step)})::${storageType(call.type)}`);
}

const dayUs = sql`86400000000`;

/** Dates and timestamps step on the clocks of the session's zone; each value is start + i × step, so that month ends do not drift. */
function moments(call: CompiledCall): Sql {
  const [start, stop, type] = [argument(call, 0), argument(call, 1), argumentType(call, 0)];
  const stepType = call.types[2];
  const toClock = (value: Sql): Sql =>
    type.kind === 'timestamp' ? timestampToLocalSql(value, call.context.zone) : sql`(${value})::TIMESTAMP`;
  const fromClock = (value: Sql): Sql =>
    type.kind === 'timestamp' ? localToTimestampSql(value, call.context.zone) : sql`(${value})::${storageType(type)}`;
  const step = call.args[2] ?? sql`(CASE WHEN ${start} <= ${stop} THEN ${dayUs} ELSE -${dayUs} END)`;
  const [first, last] = [toClock(start), toClock(stop)];
  if (stepType?.kind === 'year_month_interval') {
    const months = sql`date_diff('month', ${first}, ${last})`;
    const at = (i: Sql): Sql => sql`(${first} + to_months((${i} * ${step})::INTEGER))`;
    const all = sql`list_transform(range(0, greatest(abs(${months}) // abs(${step}), 0) + 1), lambda i_: ${at(sql`i_`)})`;
    return nullIfAny(
      [start, stop, step],
      sql`list_transform(list_filter(${all}, lambda at_: CASE WHEN ${step} > 0 THEN at_ <= ${last} ELSE at_ >= ${last} END), lambda at_: ${fromClock(sql`at_`)})`,
    );
  }
  const micros = stepType?.kind === 'calendar_interval' ? sql`epoch_us(${step})` : step;
  return nullIfAny(
    [start, stop, step],
    sql`list_transform(${numbers(sql`epoch_us(${first})`, sql`epoch_us(${last})`, micros)}, lambda us_: ${fromClock(sql`make_timestamp(us_)`)})`,
  );
}

export const sequenceFunctions: FunctionTable = {
  sequence: scalar({
    takes: ['common', 'common', 'any'],
    optional: 1,
    returns: (shape) => arrayType(argumentType(shape, 0), false),
    sql: (call) => (isIntegral(argumentType(call, 0)) ? integers(call) : moments(call)),
    examples: [
      gives('sequence(1, 5, 2)', '[1, 3, 5]'),
      gives('sequence(3, 1)', '[3, 2, 1]'),
      gives('sequence(1, 1)', '[1]'),
      gives('sequence(1, NULL)', null),
      gives("sequence(date'2024-01-30', date'2024-02-01')", '[2024-01-30, 2024-01-31, 2024-02-01]'),
      gives("sequence(date'2024-01-31', date'2024-03-31', interval 1 month)", '[2024-01-31, 2024-02-29, 2024-03-31]'),
      gives(
        "sequence(timestamp'2024-01-10 10:00:00', timestamp'2024-01-10 11:00:00', interval 30 minutes)",
        '[2024-01-10 10:00:00, 2024-01-10 10:30:00, 2024-01-10 11:00:00]',
      ),
    ],
  }),
};
