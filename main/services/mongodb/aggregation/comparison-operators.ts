import { evalExpr } from 'mingo/core';
import { isDocument } from '../values/bson-document.ts';
import { wholeNumber } from '../values/bson-number.ts';
import { compareValues, equalValues, typeName } from '../values/bson-order.ts';
import { isNothing, withArguments, argumentsOf, type ExpressionOperator } from './expression-arguments.ts';
import { MongoError } from '../mongo-error.ts';
import { truthy } from '../query/query-operators.ts';
import { compileSort } from '../query/sort-documents.ts';
import { valueKey } from '../values/value-key.ts';
import type { Options } from 'mingo/types';

const compared = (name: string, isWanted: (order: number) => boolean): ExpressionOperator =>
  withArguments(name, 2, (left, right) => isWanted(compareValues(left, right)));

const requireArray = (name: string, value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new MongoError(2, `The ${name} argument must be an array, but was of type ${typeName(value)}`);
};

const isIn = withArguments('$in', 2, (wanted, list) => {
  if (!Array.isArray(list))
    throw new MongoError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
  return list.some((element) => equalValues(element, wanted));
});

const branch = (document: unknown, isChosen: unknown, then: unknown, otherwise: unknown, options: Options): unknown =>
  evalExpr(document, truthy(evalExpr(document, isChosen, options)) ? then : otherwise, options);

const cond: ExpressionOperator = (document, operand, options) => {
  if (Array.isArray(operand)) {
    if (operand.length !== 3)
      throw new MongoError(16020, `Expression $cond takes exactly 3 arguments. ${operand.length} were passed in.`);
    return branch(document, operand[0], operand[1], operand[2], options);
  }
  if (!isDocument(operand)) throw new MongoError(17080, "Missing 'if' parameter to $cond");
  for (const [index, name] of ['if', 'then', 'else'].entries())
    if (!(name in operand)) throw new MongoError(17080 + index, `Missing '${name}' parameter to $cond`);
  return branch(document, operand['if'], operand['then'], operand['else'], options);
};

const switchOperator: ExpressionOperator = (document, operand, options) => {
  const branches = isDocument(operand) ? operand['branches'] : undefined;
  if (!isDocument(operand) || !Array.isArray(branches))
    throw new MongoError(40061, `$switch expected an array for 'branches', found: ${typeName(branches)}`);
  for (const each of branches)
    if (isDocument(each) && truthy(evalExpr(document, each['case'], options)))
      return evalExpr(document, each['then'], options);
  if (!('default' in operand))
    throw new MongoError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
  return evalExpr(document, operand['default'], options);
};

const sortArray: ExpressionOperator = (document, operand, options) => {
  if (!isDocument(operand)) throw new MongoError(2942500, '$sortArray requires an object as an argument');
  const input = evalExpr(document, operand['input'], options);
  if (isNothing(input)) return null;
  const elements = [...requireArray('$sortArray input', input)];
  const { sortBy } = operand;
  if (isDocument(sortBy)) {
    const compare = compileSort(sortBy);
    return elements.toSorted((left, right) => compare(isDocument(left) ? left : {}, isDocument(right) ? right : {}));
  }
  const direction = wholeNumber(sortBy) ?? 1;
  return elements.toSorted((left, right) => compareValues(left, right) * direction);
};

const indexOfArray: ExpressionOperator = (document, operand, options) => {
  const [array, wanted, start, end] = argumentsOf(document, operand, options);
  if (isNothing(array)) return null;
  const elements = requireArray('$indexOfArray', array).slice(0, wholeNumber(end) ?? undefined);
  return elements.findIndex((element, index) => index >= (wholeNumber(start) ?? 0) && equalValues(element, wanted));
};

const filter: ExpressionOperator = (document, operand, options) => {
  if (!isDocument(operand)) throw new MongoError(28646, '$filter only supports an object as its argument');
  const input = evalExpr(document, operand['input'], options);
  if (isNothing(input)) return null;
  if (!Array.isArray(input)) throw new MongoError(28651, `input to $filter must be an array not ${typeName(input)}`);
  const name = typeof operand['as'] === 'string' ? operand['as'] : 'this';
  const flags = evalExpr(
    document,
    { $map: { input: operand['input'], as: name, in: { $toBool: { $ifNull: [operand['cond'], false] } } } },
    options,
  ) as readonly unknown[];
  const limit = wholeNumber(evalExpr(document, operand['limit'], options)) ?? input.length;
  return input.filter((_, index) => flags[index] === true).slice(0, limit);
};

/** Sets of values: duplicates count once, in the order in which they come. */
const distinctValues = (values: readonly unknown[]): Map<string, unknown> =>
  new Map(values.map((value) => [valueKey(value), value]));

const setOperator =
  (name: string, combine: (sets: readonly Map<string, unknown>[]) => unknown): ExpressionOperator =>
  (document, operand, options) => {
    const arrays = argumentsOf(document, operand, options);
    if (arrays.some(isNothing)) return null;
    return combine(arrays.map((array) => distinctValues(requireArray(name, array))));
  };

const pair = (sets: readonly Map<string, unknown>[]): readonly [Map<string, unknown>, Map<string, unknown>] => [
  sets[0] ?? new Map(),
  sets[1] ?? new Map(),
];

const elementsTest = (name: string, test: (values: readonly unknown[]) => boolean): ExpressionOperator =>
  withArguments(name, 1, (array) => test(requireArray(name, array)));

/** Operators that compare values or ask whether they are true. */
export const comparisonOperators: Readonly<Record<string, ExpressionOperator>> = {
  $cmp: withArguments('$cmp', 2, (left, right) => Math.sign(compareValues(left, right))),
  $eq: compared('$eq', (order) => order === 0),
  $ne: compared('$ne', (order) => order !== 0),
  $gt: compared('$gt', (order) => order > 0),
  $gte: compared('$gte', (order) => order >= 0),
  $lt: compared('$lt', (order) => order < 0),
  $lte: compared('$lte', (order) => order <= 0),
  $in: isIn,
  $and: (document, operand, options) =>
    (Array.isArray(operand) ? operand : [operand]).every((part: unknown) => truthy(evalExpr(document, part, options))),
  $or: (document, operand, options) =>
    (Array.isArray(operand) ? operand : [operand]).some((part: unknown) => truthy(evalExpr(document, part, options))),
  $not: withArguments('$not', 1, (value) => !truthy(value)),
  $cond: cond,
  $switch: switchOperator,
  $filter: filter,
  $sortArray: sortArray,
  $indexOfArray: indexOfArray,
  $setUnion: setOperator('$setUnion', (sets) => [...new Map(sets.flatMap((set) => [...set])).values()]),
  $setIntersection: setOperator('$setIntersection', ([first, ...others]) =>
    [...(first ?? new Map<string, unknown>())]
      .filter(([key]) => others.every((set) => set.has(key)))
      .map(([, value]) => value),
  ),
  $setDifference: setOperator('$setDifference', (sets) => {
    const [left, right] = pair(sets);
    return [...left].filter(([key]) => !right.has(key)).map(([, value]) => value);
  }),
  $setEquals: setOperator('$setEquals', ([first, ...others]) =>
    others.every((set) => set.size === first?.size && [...set.keys()].every((key) => first.has(key))),
  ),
  $setIsSubset: setOperator('$setIsSubset', (sets) => {
    const [left, right] = pair(sets);
    return [...left.keys()].every((key) => right.has(key));
  }),
  $allElementsTrue: elementsTest('$allElementsTrue', (values) => values.every(truthy)),
  $anyElementTrue: elementsTest('$anyElementTrue', (values) => values.some(truthy)),
};
