import { longType, type DataType } from '../core/data-type.ts';
import { parseIntervalString, type Interval } from '../core/duration.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { caseBranch } from '../plan/case-branch.ts';
import type { Expression } from '../plan/expression.ts';
import { calendarIntervalText } from '../core/interval-text.ts';
import type { Binder } from './binder.ts';
import { expressionText } from './function-text.ts';
import { longLiteral, nullLiteral } from './make-expression.ts';

type Gap = {
  /** Microseconds, as a bigint; NULL removes the row. */
  readonly gap: BoundExpression;
  /** As Spark prints it. */
  readonly text: string;
};

/** The gap of `session_window`: text or an interval, for all rows or for each. Throws `_LEGACY_ERROR_TEMP_1040` for another type. */
export function bindGap(argument: Expression, time: Expression | undefined, binder: Binder): Gap {
  const bound = binder.bind(argument, binder);
  if (!isInterval(bound.type)) throw sparkError('_LEGACY_ERROR_TEMP_1040', { dataType: className(bound.type) });
  const gap = fixedGap(bound) ?? (time ? gapFrom(time, castToInterval(argument), binder) : nullLiteral(longType));
  return { gap, text: gapText(bound, binder) };
}

/** What Spark casts to a calendar interval; `INTERVAL 5 MINUTES` is a day-time interval and none of these. */
const isInterval = ({ kind }: DataType): boolean =>
  kind === 'string' || kind === 'char' || kind === 'varchar' || kind === 'void' || kind === 'calendar_interval';

/** Text without months, also inside a CASE, is worked out once; other gaps are added to each row's time. */
function fixedGap(gap: BoundExpression): BoundExpression | undefined {
  if (gap.kind === 'literal') return fixedMicros(gap.value);
  if (gap.kind !== 'case') return undefined;
  const branches = gap.branches.map(({ when, then }) => ({ when, micros: fixedGap(then) }));
  const otherwise = gap.otherwise && fixedGap(gap.otherwise);
  if ((gap.otherwise && !otherwise) || branches.some(({ micros }) => !micros)) return undefined;
  return {
    ...gap,
    branches: branches.flatMap(({ when, micros }) => (micros ? [caseBranch(when, micros)] : [])),
    ...(otherwise ? { otherwise } : {}),
    type: longType,
    nullable: true,
  };
}

/** A gap that does not parse is NULL. It is cast from text, which knows no SQL. */
function fixedMicros(value: unknown): BoundExpression | undefined {
  if (value === null) return nullLiteral(longType);
  if (typeof value !== 'string') return undefined;
  const interval = intervalOrNothing(() => parseIntervalString(value));
  if (!interval) return nullLiteral(longType);
  return interval.months === 0
    ? longLiteral(BigInt(interval.days) * 86_400_000_000n + BigInt(interval.micros))
    : undefined;
}

const functionOf = (name: string, ...args: readonly Expression[]): Expression => ({
  kind: 'unresolved_function',
  function_name: name,
  arguments: args,
});
const castToInterval = (expr: Expression): Expression => ({ kind: 'cast', expr, type_str: 'interval' });

/** Months and days are as long as the calendar of the session's zone makes them, counted from each row's time. */
function gapFrom(time: Expression, interval: Expression, binder: Binder): BoundExpression {
  const at: Expression = { kind: 'cast', expr: time, type_str: 'timestamp' };
  const end = functionOf('+', at, interval);
  return binder.bind(functionOf('-', functionOf('unix_micros', end), functionOf('unix_micros', at)), binder);
}

/** A gap written as text prints as the interval it is: `1 days`. */
function gapText(gap: BoundExpression, binder: Binder): string {
  const { value } = gap.kind === 'literal' ? gap : {};
  const interval = typeof value === 'string' ? intervalOrNothing(() => parseIntervalString(value)) : undefined;
  return interval ? calendarIntervalText(interval) : expressionText(gap, binder.context);
}

/** What `read` answers; undefined where it refuses its text. */
export function intervalOrNothing(read: () => Interval): Interval | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SparkError) return undefined;
    throw error;
  }
}

/** The name of Spark's class for a type: `IntegerType`, `DayTimeIntervalType(2,2)`. */
function className(type: DataType): string {
  const base = type.kind.replace(/(^|_)([a-z])/g, (_all, _bar, letter: string) => letter.toUpperCase());
  switch (type.kind) {
    case 'decimal':
      return `DecimalType(${type.precision},${type.scale})`;
    case 'day_time_interval': {
      const fields = ['day', 'hour', 'minute', 'second'];
      return `DayTimeIntervalType(${fields.indexOf(type.start)},${fields.indexOf(type.end)})`;
    }
    case 'year_month_interval': {
      const fields = ['year', 'month'];
      return `YearMonthIntervalType(${fields.indexOf(type.start)},${fields.indexOf(type.end)})`;
    }
    default:
      return `${base}Type`;
  }
}
