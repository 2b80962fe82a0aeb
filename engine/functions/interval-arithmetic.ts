import {
  dateType,
  dayTimeIntervalType,
  isDatetime,
  isInterval,
  isIntegral,
  timestampType,
  yearMonthIntervalType,
  type DataType,
} from '../core/data-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import { sparkError } from '../core/spark-error.ts';
import type { DecimalOperator } from './decimal-types.ts';
import type { CompiledCall } from './define-function.ts';
import { argument, argumentType } from './function-forms.ts';
import { doubleToLong } from './integer-arithmetic.ts';
import { raiseError } from './raise-error.ts';
import { localToTimestampSql, timestampToLocalSql } from './zone-conversion.ts';

/** Whether `+ - * /` stands between dates, timestamps or intervals. */
export const isTimeArithmetic = (types: readonly DataType[]): boolean =>
  types.length === 2 && types.some((type) => isDatetime(type) || isInterval(type));

const isText = (type: DataType): boolean => type.kind === 'string';
const isWholeDays = (type: DataType): boolean =>
  type.kind === 'day_time_interval' && type.start === 'day' && type.end === 'day';

/** The moment and what is added to it, whichever side it stands on. */
function sides(types: readonly DataType[]): readonly [moment: number, amount: number] {
  return types[0] && isDatetime(types[0]) ? [0, 1] : [1, 0];
}

/** Result type of arithmetic with dates, timestamps and intervals. */
export function intervalResult(operator: DecimalOperator, types: readonly DataType[]): DataType {
  const [left, right] = [argumentType({ types }, 0), argumentType({ types }, 1)];
  if (isDatetime(left) && isDatetime(right)) {
    return left.kind === 'date' && right.kind === 'date' ? { ...dayTimeIntervalType, end: 'day' } : dayTimeIntervalType;
  }
  if (isDatetime(left) || isDatetime(right)) {
    const [moment, amount] = sides(types).map((i) => argumentType({ types }, i));
    if (moment?.kind !== 'date') return moment ?? timestampType;
    const isDate =
      amount &&
      (isIntegral(amount) ||
        amount.kind === 'year_month_interval' ||
        amount.kind === 'calendar_interval' ||
        isWholeDays(amount));
    return isDate ? dateType : timestampType;
  }
  const interval = isInterval(left) ? left : right;
  if (operator === '*' || operator === '/')
    return interval.kind === 'year_month_interval'
      ? yearMonthIntervalType
      : interval.kind === 'day_time_interval'
        ? dayTimeIntervalType
        : interval;
  return widerInterval(left, right);
}

const dayFields = ['day', 'hour', 'minute', 'second'] as const;

function widerInterval(a: DataType, b: DataType): DataType {
  if (a.kind === 'day_time_interval' && b.kind === 'day_time_interval') {
    const at = (field: (typeof dayFields)[number]): number => dayFields.indexOf(field);
    return {
      kind: a.kind,
      start: at(a.start) <= at(b.start) ? a.start : b.start,
      end: at(a.end) >= at(b.end) ? a.end : b.end,
    };
  }
  if (a.kind === 'year_month_interval' && b.kind === 'year_month_interval') {
    return { kind: a.kind, start: a.start === 'year' ? 'year' : b.start, end: a.end === 'month' ? 'month' : b.end };
  }
  return isInterval(a) ? a : b;
}

/** A sum with a moment has no parentheses in Spark's text; the others do. */
export function intervalText(operator: string, args: readonly string[], types: readonly DataType[]): string {
  const [left, right] = [argumentType({ types }, 0), argumentType({ types }, 1)];
  const [moment = '', amount = ''] = sides(types).map((i) => args[i] ?? '');
  if (isDatetime(left) !== isDatetime(right)) {
    const [momentType, amountType] = sides(types).map((i) => argumentType({ types }, i));
    const asDays = momentType?.kind === 'date' && amountType && (isIntegral(amountType) || isText(amountType));
    if (momentType?.kind === 'date' && amountType && isWholeDays(amountType)) {
      const days = `extractansiintervaldays(${amount})`;
      return `date_add(${moment}, ${operator === '+' ? days : `(- ${days})`})`;
    }
    if (asDays) return `date_${operator === '+' ? 'add' : 'sub'}(${moment}, ${amount})`;
    return `${moment} ${operator} ${amount}`;
  }
  if (operator === '*' && !isInterval(left))
    return `(${right.kind === 'string' ? args.join(' * ') : `${args[1] ?? ''} * ${args[0] ?? ''}`})`;
  return `(${args.join(` ${operator} `)})`;
}

/** SQL of `operator` over dates, timestamps and intervals. Days and months count on the clocks of the session's zone. */
export function intervalSql(operator: DecimalOperator, call: CompiledCall): Sql {
  const [left, right] = [argumentType(call, 0), argumentType(call, 1)];
  if (isDatetime(left) && isDatetime(right)) return difference(call);
  if (isDatetime(left) || isDatetime(right)) return moved(operator === '-' ? -1 : 1, call);
  const [a, b] = [argument(call, 0), argument(call, 1)];
  switch (operator) {
    case '+':
      return sql`(${a} + ${b})`;
    case '-':
      return sql`(${a} - ${b})`;
    case '*':
      return isInterval(left) ? scaled(sql`${a} * (${b})::DOUBLE`, left) : scaled(sql`${b} * (${a})::DOUBLE`, right);
    case '/':
      return scaled(
        sql`CASE WHEN ${b} = 0 AND ${a} IS NOT NULL THEN ${raiseError('INTERVAL_DIVIDED_BY_ZERO', {})} ELSE ${a} / (${b})::DOUBLE END`,
        left,
      );
    default:
      throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `the operator ${operator} between intervals` });
  }
}

/** Half away from zero, as `Math.round` of the magnitude. */
const scaled = (value: Sql, type: DataType): Sql =>
  type.kind === 'year_month_interval' ? sql`(round(${value}))::INTEGER` : doubleToLong(sql`round(${value})`);

function difference(call: CompiledCall): Sql {
  const isDays = call.type.kind === 'day_time_interval' && call.type.end === 'day';
  // Spark takes the difference of what clocks show: a day with a change of hour is still a day.
  const side = (i: number): Sql =>
    argumentType(call, i).kind === 'timestamp'
      ? timestampToLocalSql(argument(call, i), call.context.zone)
      : sql`(${argument(call, i)})::TIMESTAMP`;
  if (isDays) return sql`((${argument(call, 0)} - ${argument(call, 1)}) * 86400000000)`;
  return sql`(epoch_us(${side(0)}) - epoch_us(${side(1)}))`;
}

const atMidnight = (call: CompiledCall, index: number): Sql =>
  localToTimestampSql(sql`(${argument(call, index)})::TIMESTAMP`, call.context.zone);

function moved(sign: 1 | -1, call: CompiledCall): Sql {
  const [momentIndex, amountIndex] = sides(call.types);
  const [moment, momentType] = [argument(call, momentIndex), argumentType(call, momentIndex)];
  const [amount, amountType] = [argument(call, amountIndex), argumentType(call, amountIndex)];
  const plus = sign > 0 ? sql`+` : sql`-`;
  if (momentType.kind === 'date' && call.type.kind === 'date') {
    switch (amountType.kind) {
      case 'year_month_interval':
        return sql`(${moment} ${plus} to_months(${amount}))::DATE`;
      case 'day_time_interval':
        return sql`(${moment} ${plus} (${amount} // 86400000000)::INTEGER)`;
      case 'calendar_interval':
        return sql`(${moment} ${plus} ${amount})::DATE`;
      default:
        return sql`(${moment} ${plus} (${amount})::INTEGER)`;
    }
  }
  const isLocal = momentType.kind === 'timestamp_ntz';
  const start = momentType.kind === 'date' ? atMidnight(call, momentIndex) : moment;
  const onClock = (change: (clock: Sql) => Sql): Sql =>
    isLocal
      ? change(start)
      : localToTimestampSql(change(timestampToLocalSql(start, call.context.zone)), call.context.zone);
  switch (amountType.kind) {
    case 'year_month_interval':
      return onClock((clock) => sql`(${clock} ${plus} to_months(${amount}))`);
    case 'calendar_interval':
      return sql`(${onClock((clock) => sql`(${clock} ${plus} to_months(datepart('year', ${amount})::INTEGER * 12 + datepart('month', ${amount})::INTEGER) ${plus} to_days(datepart('day', ${amount})::INTEGER))`)} ${plus} to_microseconds(epoch_us(${amount} - to_months(datepart('year', ${amount})::INTEGER * 12 + datepart('month', ${amount})::INTEGER) - to_days(datepart('day', ${amount})::INTEGER))))`;
    default: {
      // An interval without days needs no calendar: the commonest case stays one addition.
      const literal = call.literals[amountIndex];
      const signed = sign > 0 ? amount : sql`(- ${amount})`;
      if (typeof literal === 'bigint' && literal > -86_400_000_000n && literal < 86_400_000_000n)
        return sql`(${start} ${plus} to_microseconds(${amount}))`;
      return sql`(${onClock((clock) => sql`(${clock} + to_days((${signed} // 86400000000)::INTEGER))`)} + to_microseconds(${signed} % 86400000000))`;
    }
  }
}
