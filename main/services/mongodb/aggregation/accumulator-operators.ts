import { $push } from 'mingo/operators/accumulator';
import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { doubleOf, isBsonNumber, toDouble, wholeNumber } from '../values/bson-number.ts';
import { compareValues } from '../values/bson-order.ts';
import { isNothing, type ExpressionOperator } from './expression-arguments.ts';
import { MongoError } from '../mongo-error.ts';
import { NumberSum } from './number-sum.ts';
import { compileSort } from '../query/sort-documents.ts';
import { valueKey } from '../values/value-key.ts';

/** How mingo calls an accumulator: the documents of a group, and the operand to evaluate for each. */
export type Accumulator = (documents: readonly BsonDocument[], operand: unknown, options: Options) => unknown;

/** The operand's value for each document; `undefined` where it is missing. */
function valuesOf(documents: readonly BsonDocument[], operand: unknown, options: Options): readonly unknown[] {
  const wrapped = $push([...documents], { value: operand }, options) as readonly { readonly value: unknown }[];
  return wrapped.map(({ value }) => value);
}

type Fold = (values: readonly unknown[]) => unknown;

const sum: Fold = (values) => {
  const total = new NumberSum();
  for (const value of values) if (isBsonNumber(value)) total.add(value);
  return total.total();
};

const average: Fold = (values) => {
  const numbers = values.filter(isBsonNumber);
  if (numbers.length === 0) return null;
  const total = new NumberSum();
  for (const number of numbers) total.add(number);
  return total.average(numbers.length);
};

const extreme =
  (direction: 1 | -1): Fold =>
  (values) => {
    const present = values.filter((value) => !isNothing(value));
    if (present.length === 0) return null;
    return present.reduce((best, value) => (compareValues(value, best) * direction > 0 ? value : best));
  };

/** `freedom`: 1 for a sample, 0 for the whole population. */
const deviation =
  (freedom: 0 | 1): Fold =>
  (values) => {
    const numbers = values.filter(isBsonNumber).map(toDouble);
    if (numbers.length <= freedom) return null;
    const mean = numbers.reduce((total, value) => total + value, 0) / numbers.length;
    const squares = numbers.reduce((total, value) => total + (value - mean) ** 2, 0);
    return doubleOf(Math.sqrt(squares / (numbers.length - freedom)));
  };

const folds: Readonly<Record<string, Fold>> = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $stdDevPop: deviation(0),
  $stdDevSamp: deviation(1),
};

const accumulatorOf =
  (fold: Fold): Accumulator =>
  (documents, operand, options) =>
    fold(valuesOf(documents, operand, options));

const addToSet: Accumulator = (documents, operand, options) => {
  const present = valuesOf(documents, operand, options).filter((value) => value !== undefined);
  return [...new Map(present.map((value) => [valueKey(value), value])).values()];
};

const pushAll: Accumulator = (documents, operand, options) =>
  valuesOf(documents, operand, options).filter((value) => value !== undefined);

/** `{n, input}`: the least or greatest `n` values. */
const extremes =
  (direction: 1 | -1): Accumulator =>
  (documents, operand, options) => {
    const { input, n } = operand as BsonDocument;
    const present = valuesOf(documents, input, options).filter((value) => !isNothing(value));
    return present.toSorted((left, right) => compareValues(left, right) * direction).slice(0, countOf(n, options));
  };

/** `{n, sortBy, output}`: the output of the first or last `n` documents in an order. */
const ranked =
  (isFromTop: boolean, isSingle: boolean): Accumulator =>
  (documents, operand, options) => {
    const { n, sortBy, output } = operand as BsonDocument;
    const sorted = documents.toSorted(compileSort(sortBy));
    const count = isSingle ? 1 : countOf(n, options);
    const chosen = isFromTop ? sorted.slice(0, count) : sorted.slice(Math.max(sorted.length - count, 0));
    const values = valuesOf(chosen, output, options).map((value) => value ?? null);
    return isSingle ? values[0] : values;
  };

function countOf(n: unknown, options: Options): number {
  const count = wholeNumber(evalExpr({}, n, options));
  if (count === null || count < 1)
    throw new MongoError(5787903, `Value for 'n' must be of integral type and greater than 0, but found ${String(n)}`);
  return count;
}

const count: Accumulator = (documents, operand) => {
  if (!isDocument(operand) || Object.keys(operand).length > 0)
    throw new MongoError(14, '$count takes no arguments, i.e. $count:{}');
  return documents.length;
};

/** Of the sorted numbers the one at the given share of their count, as MongoDB's approximation is for few values. */
function percentileOf(values: readonly unknown[], share: number): unknown {
  const sorted = values
    .filter(isBsonNumber)
    .map(toDouble)
    .toSorted((left, right) => left - right);
  const found = sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)];
  return found === undefined ? null : doubleOf(found);
}

const median: Accumulator = (documents, operand, options) =>
  percentileOf(valuesOf(documents, (operand as BsonDocument)['input'], options), 0.5);

const percentile: Accumulator = (documents, operand, options) => {
  const { input, p } = operand as BsonDocument;
  if (!Array.isArray(p) || !p.every(isBsonNumber))
    throw new MongoError(7750301, "The $percentile 'p' field must be an array of numbers from [0.0, 1.0]");
  const values = valuesOf(documents, input, options);
  return p.map((share) => percentileOf(values, toDouble(share)));
};

const refusedAccumulator: Accumulator = () => {
  throw new MongoError(238, "Marea's embedded server does not support $accumulator");
};

/** Accumulators of `$group` and of windows that must know BSON's types and order. */
export const accumulatorOperators: Readonly<Record<string, Accumulator>> = {
  ...Object.fromEntries(Object.entries(folds).map(([name, fold]) => [name, accumulatorOf(fold)])),
  $addToSet: addToSet,
  $push: pushAll,
  $count: count,
  $median: median,
  $percentile: percentile,
  $accumulator: refusedAccumulator,
  $minN: extremes(1),
  $maxN: extremes(-1),
  $top: ranked(true, true),
  $topN: ranked(true, false),
  $bottom: ranked(false, true),
  $bottomN: ranked(false, false),
};

/** The same names in an expression: of several arguments, or of the elements of one array. In a window mingo gives an array of documents instead. */
export const foldOperators: Readonly<Record<string, ExpressionOperator>> = Object.fromEntries(
  Object.entries(folds).map(([name, fold]) => [
    name,
    (document: unknown, operand: unknown, options: Options): unknown => {
      if (Array.isArray(document)) return accumulatorOf(fold)(document as BsonDocument[], operand, options);
      const value = evalExpr(document, operand, options);
      return fold(Array.isArray(value) ? (value as unknown[]) : [value]);
    },
  ]),
);
