import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { isBsonNumber, toDouble, wholeNumber } from '../values/bson-number.ts';
import { compareValues, equalValues, typeName, typeRank } from '../values/bson-order.ts';
import { valuesAt, withElements } from '../values/document-path.ts';
import { valueKey } from '../values/value-key.ts';

type Test = (document: BsonDocument) => boolean;

/** How mingo calls an operator of a filter. */
type QueryOperator = (path: string, operand: unknown, options: Options) => Test;

/** An operator that holds when one of the values at the path, or one of their elements, passes. */
const anyValue =
  (makeTest: (operand: unknown) => (value: unknown) => boolean): QueryOperator =>
  (path, operand): Test => {
    const passes = makeTest(operand);
    return (document) => withElements(valuesAt(document, path)).some(passes);
  };

/** An operator on each whole value at the path: arrays are not looked into. */
const wholeValue =
  (makeTest: (operand: unknown, options: Options) => (value: unknown) => boolean): QueryOperator =>
  (path, operand, options): Test => {
    const passes = makeTest(operand, options);
    return (document) => valuesAt(document, path).some(passes);
  };

const negated =
  (operator: QueryOperator): QueryOperator =>
  (path, operand, options): Test => {
    const test = operator(path, operand, options);
    return (document) => !test(document);
  };

const isNothing = (value: unknown): boolean => value === null || value === undefined;

const equals = (operand: unknown): ((value: unknown) => boolean) => {
  if (isNothing(operand)) return isNothing;
  return (value) => equalValues(value, operand);
};

/** A text that matches, or a stored regular expression that is the same. */
const matchesRegex = (regex: RegExp, value: unknown): boolean =>
  typeof value === 'string' ? regex.test(value) : typeName(value) === 'regex' && equalValues(value, regex);

/** Only values of the operand's own type are compared; null and NaN only where the operator includes equality. */
const ordered =
  (isWanted: (order: number) => boolean) =>
  (operand: unknown): ((value: unknown) => boolean) => {
    if (isNothing(operand)) return (value) => isNothing(value) && isWanted(0);
    const rank = typeRank(operand);
    // Everything lies between MinKey and MaxKey.
    if (typeName(operand) === 'minKey' || typeName(operand) === 'maxKey')
      return (value) => isWanted(compareValues(value, operand));
    const isNan = (value: unknown): boolean => isBsonNumber(value) && Number.isNaN(toDouble(value));
    if (isNan(operand)) return (value) => isNan(value) && isWanted(0);
    return (value) => typeRank(value) === rank && !isNan(value) && isWanted(compareValues(value, operand));
  };

const isIn = (operand: unknown): ((value: unknown) => boolean) => {
  const operands = operand as readonly unknown[];
  const regexes = operands.filter((wanted) => wanted instanceof RegExp);
  const keys = new Set(operands.map(valueKey));
  return (value) => keys.has(valueKey(value)) || regexes.some((regex) => matchesRegex(regex, value));
};

const hasType = (operand: unknown): ((value: unknown) => boolean) => {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).map(typeAlias));
  return (value) => wanted.has(typeName(value)) || (wanted.has('number') && isBsonNumber(value));
};

const typeNumbers: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  127: 'maxKey',
  [-1]: 'minKey',
};

const typeAliases: ReadonlySet<string> = new Set([...Object.values(typeNumbers), 'number']);

export const typeAlias = (alias: unknown): string =>
  isBsonNumber(alias) ? (typeNumbers[toDouble(alias)] ?? '') : String(alias);

/** A name or number that `$type` knows. */
export const isTypeAlias = (alias: unknown): boolean => typeAliases.has(typeAlias(alias));

const hasRemainder = (operand: unknown): ((value: unknown) => boolean) => {
  const [divisor, remainder] = (operand as readonly unknown[]).map((part) =>
    isBsonNumber(part) ? Math.trunc(toDouble(part)) : Number.NaN,
  );
  return (value) =>
    isBsonNumber(value) && Math.trunc(toDouble(value)) % (divisor ?? Number.NaN) === (remainder ?? Number.NaN);
};

const hasSize = (operand: unknown): ((value: unknown) => boolean) => {
  const size = wholeNumber(operand);
  return (value) => Array.isArray(value) && value.length === size;
};

/** Operators on the element itself (`{$gt: 1}`), or a filter on its fields. */
function elementTest(criteria: unknown, options: Options): (element: unknown) => boolean {
  const condition = criteria as BsonDocument;
  const isOnValue = Object.keys(condition).some((name) => name.startsWith('$') && !logical.has(name));
  const query = new Query(isOnValue ? { element: condition } : condition, options);
  if (isOnValue) return (element) => query.test({ element });
  return (element) => (isDocument(element) || Array.isArray(element)) && query.test(element as BsonDocument);
}

const logical: ReadonlySet<string> = new Set(['$and', '$or', '$nor', '$expr']);

const elemMatch = wholeValue((operand, options) => {
  const passes = elementTest(operand, options);
  return (value) => Array.isArray(value) && value.some(passes);
});

const all: QueryOperator = (path, operand, options): Test => {
  const tests = (operand as readonly unknown[]).map((wanted) =>
    isDocument(wanted) && '$elemMatch' in wanted
      ? elemMatch(path, wanted['$elemMatch'], options)
      : eq(path, wanted, options),
  );
  return (document) => tests.length > 0 && tests.every((test) => test(document));
};

const exists: QueryOperator = (path, operand): Test => {
  const isWanted = truthy(operand);
  return (document) => valuesAt(document, path).some((value) => value !== undefined) === isWanted;
};

/** What MongoDB takes for true: everything but false, null, a missing value and zero. */
export const truthy = (value: unknown): boolean =>
  isBsonNumber(value) ? toDouble(value) !== 0 : value !== false && !isNothing(value);

const eq = anyValue(equals);
const isInList = anyValue(isIn);

/** The operators of a filter that compare values, in BSON's terms; mingo has the ones that combine them. */
export const queryOperators: Readonly<Record<`$${string}`, QueryOperator>> = {
  $eq: eq,
  $ne: negated(eq),
  $gt: anyValue(ordered((order) => order > 0)),
  $gte: anyValue(ordered((order) => order >= 0)),
  $lt: anyValue(ordered((order) => order < 0)),
  $lte: anyValue(ordered((order) => order <= 0)),
  $in: isInList,
  $nin: negated(isInList),
  $exists: exists,
  $type: anyValue(hasType),
  $mod: anyValue(hasRemainder),
  $regex: anyValue((operand) => (value) => matchesRegex(operand as RegExp, value)),
  $size: wholeValue(hasSize),
  $all: all,
  $elemMatch: elemMatch,
};
