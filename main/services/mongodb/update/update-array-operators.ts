import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { wholeNumber } from '../values/bson-number.ts';
import { compareValues, equalValues, typeName } from '../values/bson-order.ts';
import { shellText } from '../values/shell-text.ts';
import { compileFilter } from '../query/match-filter.ts';
import { MongoError } from '../mongo-error.ts';
import { compileSort } from '../query/sort-documents.ts';
import { arrayTarget } from './update-path.ts';
import type { EvaluationSettings } from '../aggregation/mingo-options.ts';
import type { UpdateOperator } from './update-operators.ts';

const pushModifiers: ReadonlySet<string> = new Set(['$each', '$slice', '$sort', '$position']);

const push: UpdateOperator = {
  createsFields: true,
  transform: (operand, path, { document }) => {
    const change = compilePush(operand);
    return (current) => {
      const array = arrayTarget(
        current,
        (type) =>
          new MongoError(
            2,
            `The field '${path}' must be an array but is of type ${type} in document {_id: ${shellText(document['_id'])}}`,
          ),
      );
      return { kind: 'set', value: change(array ?? []) };
    };
  },
};

function compilePush(operand: unknown): (array: readonly unknown[]) => readonly unknown[] {
  if (!isDocument(operand) || !('$each' in operand)) return (array) => [...array, operand];
  const unknownModifier = Object.keys(operand).find((name) => !pushModifiers.has(name));
  if (unknownModifier !== undefined) throw new MongoError(2, `Unrecognized clause in $push: ${unknownModifier}`);
  const added = eachOf('$push', operand['$each']);
  const position = '$position' in operand ? requireWhole('$position', operand['$position']) : undefined;
  const slice = '$slice' in operand ? requireWhole('$slice', operand['$slice']) : undefined;
  const compare = '$sort' in operand ? compileElementSort(operand['$sort']) : undefined;
  return (array) => {
    const pushed = [...array];
    pushed.splice(position ?? pushed.length, 0, ...added);
    if (compare !== undefined) pushed.sort(compare);
    if (slice === undefined) return pushed;
    return slice >= 0 ? pushed.slice(0, slice) : pushed.slice(slice);
  };
}

function eachOf(operator: string, each: unknown): readonly unknown[] {
  if (Array.isArray(each)) return each as readonly unknown[];
  const words =
    operator === '$push'
      ? 'The argument to $each in $push must be an array but it was of type'
      : 'The argument to $each in $addToSet must be an array but it was of type';
  throw new MongoError(operator === '$push' ? 2 : 14, `${words} ${typeName(each)}`);
}

function requireWhole(modifier: string, value: unknown): number {
  const whole = wholeNumber(value);
  if (whole === null)
    throw new MongoError(
      2,
      `The value for ${modifier} must be an integer value but was given type: ${typeName(value)}`,
    );
  return whole;
}

/** `1` or `-1` for the elements themselves, a document for their fields. */
function compileElementSort(spec: unknown): (left: unknown, right: unknown) => number {
  if (isDocument(spec)) {
    const compare = compileSort(spec);
    return (left, right) => compare(isDocument(left) ? left : {}, isDocument(right) ? right : {});
  }
  const direction = wholeNumber(spec);
  if (direction !== 1 && direction !== -1) throw new MongoError(2, 'The $sort element value must be either 1 or -1');
  return (left, right) => compareValues(left, right) * direction;
}

const addToSet: UpdateOperator = {
  createsFields: true,
  transform: (operand, path) => {
    const wanted = isDocument(operand) && '$each' in operand ? eachOf('$addToSet', operand['$each']) : [operand];
    return (current) => {
      const array = arrayTarget(
        current,
        (type) =>
          new MongoError(
            2,
            `Cannot apply $addToSet to non-array field. Field named '${path.slice(path.lastIndexOf('.') + 1)}' has non-array type ${type}`,
          ),
      );
      const set = array ?? [];
      for (const value of wanted) if (!set.some((element) => equalValues(element, value))) set.push(value);
      return { kind: 'set', value: set };
    };
  },
};

/** Takes out the elements for which `makeTest`'s test holds. */
const removing = (
  name: string,
  makeTest: (operand: unknown, settings: EvaluationSettings) => (element: unknown) => boolean,
): UpdateOperator => ({
  createsFields: false,
  transform: (operand, _path, { settings }) => {
    const isRemoved = makeTest(operand, settings);
    return (current) => {
      const array = arrayTarget(current, () => new MongoError(2, `Cannot apply ${name} to a non-array value`));
      if (array === undefined) return { kind: 'leave' };
      return { kind: 'set', value: array.filter((element) => !isRemoved(element)) };
    };
  },
});

/** A document of operators tests the element, another document its fields, any other value equals it. */
function pulledTest(operand: unknown, settings: EvaluationSettings): (element: unknown) => boolean {
  const name = isDocument(operand) ? (Object.keys(operand)[0] ?? '') : '';
  const isOnFields = isDocument(operand) && (!name.startsWith('$') || ['$and', '$or', '$nor'].includes(name));
  if (isOnFields) {
    const { matches } = compileFilter(operand, settings);
    return (element) => isDocument(element) && matches(element);
  }
  const { matches } = compileFilter({ element: operand } satisfies BsonDocument, settings);
  return (element) => matches({ element: Array.isArray(element) ? [element] : element });
}

const pop: UpdateOperator = {
  createsFields: false,
  transform: (operand, path) => {
    const end = wholeNumber(operand);
    if (end !== 1 && end !== -1) throw new MongoError(9, `$pop expects 1 or -1, found: ${shellText(operand)}`);
    return (current) => {
      const array = arrayTarget(
        current,
        (type) => new MongoError(14, `Path '${path}' contains an element of non-array type '${type}'`),
      );
      if (array === undefined || array.length === 0) return { kind: 'leave' };
      return { kind: 'set', value: end === 1 ? array.slice(0, -1) : array.slice(1) };
    };
  },
};

export const arrayUpdateOperators: Readonly<Record<string, UpdateOperator>> = {
  $push: push,
  $addToSet: addToSet,
  $pull: removing('$pull', pulledTest),
  $pullAll: removing('$pullAll', (operand) => {
    if (!Array.isArray(operand))
      throw new MongoError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`);
    return (element) => operand.some((value) => equalValues(element, value));
  }),
  $pop: pop,
};
