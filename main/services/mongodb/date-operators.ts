import type { ObjectId, Timestamp } from 'bson';
import { evalExpr } from 'mingo/core';
import * as mingo from 'mingo/operators/expression';
import { bsonTypeOf, isDocument } from './bson-document.ts';
import { longOf } from './bson-number.ts';
import { typeName } from './bson-order.ts';
import { isNothing, onPlainNumbers, type ExpressionOperator } from './expression-arguments.ts';
import { MongoError } from './mongo-error.ts';

/** The parts of a date that mingo computes, of `{$op: date}` or `{$op: {date, timezone}}`. */
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

const datePart =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options) => {
    const argument: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const named = isDocument(argument) && 'date' in argument ? argument : { date: argument };
    const value = evalExpr(document, named.date, options);
    const timezone = 'timezone' in named ? evalExpr(document, named['timezone'], options) : 'UTC';
    if (isNothing(value) || isNothing(timezone)) return null;
    return operator(document, { date: toDate(value), timezone }, options);
  };

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (bsonTypeOf(value) === 'ObjectId') return (value as ObjectId).getTimestamp();
  if (bsonTypeOf(value) === 'Timestamp') return new Date((value as Timestamp).getHighBits() * 1000);
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

const dateDiff: ExpressionOperator = (document, operand, options) => {
  const difference = onPlainNumbers(mingo.$dateDiff as ExpressionOperator)(document, operand, options);
  return typeof difference === 'number' ? longOf(difference) : difference;
};

/** Parts of dates are null where there is no date, and a difference is a long. */
export const dateOperators: Readonly<Record<string, ExpressionOperator>> = {
  ...Object.fromEntries(
    Object.entries(parts).map(([name, operator]) => [name, datePart(operator as ExpressionOperator)]),
  ),
  $dateDiff: dateDiff,
};
