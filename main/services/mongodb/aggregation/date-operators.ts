import type { ObjectId, Timestamp } from 'bson';
import { evalExpr } from 'mingo/core';
import * as mingo from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { zoneOffset } from '../../../../engine/core/zone-offset.ts';
import { bsonTypeOf, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { longOf } from '../values/bson-number.ts';
import { typeName } from '../values/bson-order.ts';
import { isNothing, plainLiteral, type ExpressionOperator } from './expression-arguments.ts';
import { MongoError } from '../mongo-error.ts';

/** Calls an operator of mingo with values instead of expressions. */
type Compute = (values: BsonDocument) => unknown;

/** An operator with named arguments. `timezone` is kept from mingo, which knows few zones: dates are moved to local time before, or back after. */
const named =
  (
    name: string,
    operator: ExpressionOperator,
    run: (values: BsonDocument, compute: Compute) => unknown,
  ): ExpressionOperator =>
  (document, operand, options) => {
    if (!isDocument(operand)) throw new MongoError(40540, `${name} only supports an object as its argument`);
    const values: BsonDocument = {};
    for (const [field, expression] of Object.entries(operand)) values[field] = evalExpr(document, expression, options);
    if ('timezone' in values && isNothing(values['timezone'])) return null;
    return run(values, (plain) => operator(document, literals(plain), options));
  };

const literals = (values: BsonDocument): BsonDocument =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([field, value]) => field !== 'timezone' && value !== undefined)
      .map(([field, value]) => [field, plainLiteral(value)]),
  );

/** How far local time is ahead of UTC at a moment. `timezone`: a name (`Europe/Madrid`, `UTC`) or an offset (`+02:00`). */
function zoneOffsetMs(timezone: unknown, at: Date): number {
  if (typeof timezone !== 'string')
    throw new MongoError(40517, `timezone must evaluate to a string, found ${typeName(timezone)}`);
  try {
    return Number(zoneOffset(timezone)(BigInt(at.getTime()) * 1000n) / 1000n);
  } catch {
    throw new MongoError(40485, `unrecognized time zone identifier: "${timezone}"`);
  }
}

const toLocal = (value: unknown, timezone: unknown): Date => {
  const date = toDate(value);
  return new Date(date.getTime() + zoneOffsetMs(timezone ?? 'UTC', date));
};

/** The moment at which clocks of the zone show this; at the end of summer time the second of two. */
function fromLocal(value: unknown, timezone: unknown): unknown {
  if (!(value instanceof Date)) return value;
  const guess = new Date(value.getTime() - zoneOffsetMs(timezone ?? 'UTC', value));
  return new Date(value.getTime() - zoneOffsetMs(timezone ?? 'UTC', guess));
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (bsonTypeOf(value) === 'ObjectId') return (value as ObjectId).getTimestamp();
  if (bsonTypeOf(value) === 'Timestamp') return new Date((value as Timestamp).getHighBits() * 1000);
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** `{$year: date}` or `{$year: {date, timezone}}`. */
const datePart =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options: Options) => {
    const argument: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const { date, timezone } =
      isDocument(argument) && 'date' in argument ? argument : { date: argument, timezone: 'UTC' };
    const value = evalExpr(document, date, options);
    const zone = timezone === undefined ? 'UTC' : evalExpr(document, timezone, options);
    if (isNothing(value) || isNothing(zone)) return null;
    return operator(document, toLocal(value, zone), options);
  };

/** Calendar units depend on the zone; hours and shorter ones are the same everywhere. */
const isCalendarUnit = (unit: unknown): boolean => ['year', 'quarter', 'month', 'week', 'day'].includes(String(unit));

const moved = (name: string, operator: ExpressionOperator): ExpressionOperator =>
  named(name, operator, (values, compute) => {
    const { startDate, timezone, unit } = values;
    if (isNothing(startDate) || isNothing(values['amount'])) return null;
    if (!isCalendarUnit(unit)) return compute({ ...values, startDate: toDate(startDate) });
    return fromLocal(compute({ ...values, startDate: toLocal(startDate, timezone) }), timezone);
  });

const difference = named('$dateDiff', mingo.$dateDiff as ExpressionOperator, (values, compute) => {
  const { startDate, endDate, timezone } = values;
  if (isNothing(startDate) || isNothing(endDate)) return null;
  const count = compute({ ...values, startDate: toLocal(startDate, timezone), endDate: toLocal(endDate, timezone) });
  return typeof count === 'number' ? longOf(count) : count;
});

const truncated = named('$dateTrunc', mingo.$dateTrunc as ExpressionOperator, (values, compute) => {
  const { date, timezone } = values;
  if (isNothing(date)) return null;
  return fromLocal(compute({ ...values, date: toLocal(date, timezone) }), timezone);
});

const text = named('$dateToString', mingo.$dateToString as ExpressionOperator, (values, compute) => {
  const { date, timezone = 'UTC', format, onNull } = values;
  if (isNothing(date)) return onNull ?? null;
  const minutes = zoneOffsetMs(timezone, toDate(date)) / 60_000;
  const sign = minutes < 0 ? '-' : '+';
  const offset = `${sign}${pad(Math.abs(minutes) / 60)}${pad(Math.abs(minutes) % 60)}`;
  // The text is made of a local date, so its zone is written here.
  const zoned = typeof format === 'string' ? format.replaceAll('%z', offset).replaceAll('%Z', String(minutes)) : format;
  return compute({ ...values, date: toLocal(date, timezone), format: zoned });
});

const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0');

const dateParts = named('$dateToParts', mingo.$dateToParts as ExpressionOperator, (values, compute) =>
  isNothing(values['date']) ? null : compute({ ...values, date: toLocal(values['date'], values['timezone']) }),
);

/** A date from parts or from a text, which is local unless the text says otherwise. */
const made = (name: string, operator: ExpressionOperator): ExpressionOperator =>
  named(name, operator, (values, compute) => {
    const { dateString, timezone } = values;
    const saysZone = typeof dateString === 'string' && /(Z|[+-]\d{2}:?\d{2})$/.test(dateString);
    return saysZone ? compute(values) : fromLocal(compute(values), timezone);
  });

const parts = {
  $year: mingo.$year,
  $month: mingo.$month,
  $dayOfMonth: mingo.$dayOfMonth,
  $dayOfWeek: mingo.$dayOfWeek,
  $dayOfYear: mingo.$dayOfYear,
  $week: mingo.$week,
  $isoWeek: mingo.$isoWeek,
  $isoWeekYear: mingo.$isoWeekYear,
  $isoDayOfWeek: mingo.$isoDayOfWeek,
  $hour: mingo.$hour,
  $minute: mingo.$minute,
  $second: mingo.$second,
  $millisecond: mingo.$millisecond,
};

/** Operators on dates: null where there is no date, every time zone, a difference is a long. */
export const dateOperators: Readonly<Record<string, ExpressionOperator>> = {
  ...Object.fromEntries(
    Object.entries(parts).map(([name, operator]) => [name, datePart(operator as ExpressionOperator)]),
  ),
  $dateAdd: moved('$dateAdd', mingo.$dateAdd as ExpressionOperator),
  $dateSubtract: moved('$dateSubtract', mingo.$dateSubtract as ExpressionOperator),
  $dateDiff: difference,
  $dateTrunc: truncated,
  $dateToString: text,
  $dateToParts: dateParts,
  $dateFromParts: made('$dateFromParts', mingo.$dateFromParts as ExpressionOperator),
  $dateFromString: made('$dateFromString', mingo.$dateFromString as ExpressionOperator),
};
