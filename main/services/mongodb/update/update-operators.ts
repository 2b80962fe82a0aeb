import { Timestamp } from 'bson';
import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import {
  addNumbers,
  integerValue,
  isBsonNumber,
  longOf,
  multiplyNumbers,
  numberType,
  type BsonNumber,
} from '../values/bson-number.ts';
import { compareValues, typeName } from '../values/bson-order.ts';
import { shellText } from '../values/shell-text.ts';
import { MongoError } from '../mongo-error.ts';
import { arrayUpdateOperators } from './update-array-operators.ts';
import type { EvaluationSettings } from '../aggregation/mingo-options.ts';
import type { FieldTransform } from './update-path.ts';

/** What an operator may ask about the update it is part of. */
export type UpdateContext = {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly isInsert: boolean;
  /** The document as it was. */
  readonly document: BsonDocument;
  readonly settings: EvaluationSettings;
};

export type UpdateOperator = {
  /** Whether documents on the way to a missing field are made. */
  readonly createsFields: boolean;
  /** Checks the operand; the transform is then applied to each value that `path` names. */
  readonly transform: (operand: unknown, path: string, context: UpdateContext) => FieldTransform;
};

const fieldName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const idText = ({ document }: UpdateContext): string => `{_id: ${shellText(document['_id'])}}`;

function arithmetic(
  name: '$inc' | '$mul',
  verb: string,
  combine: (current: BsonNumber, operand: BsonNumber) => BsonNumber | null,
): UpdateOperator {
  return {
    createsFields: true,
    transform: (operand, path, context) => {
      if (!isBsonNumber(operand))
        throw new MongoError(14, `Cannot ${verb} with non-numeric argument: {${path}: ${shellText(operand)}}`);
      return (current) => {
        const start = current === undefined ? 0 : current;
        if (!isBsonNumber(start))
          throw new MongoError(
            14,
            `Cannot apply ${name} to a value of non-numeric type. ${idText(context)} has the field '${fieldName(path)}' of non-numeric type ${typeName(start)}`,
          );
        if (current === undefined && name === '$inc') return { kind: 'set', value: operand };
        const value = combine(start, operand);
        if (value === null)
          throw new MongoError(
            2,
            `Failed to apply ${name} operations to current value (${typedText(start)}) for document ${idText(context)}`,
          );
        return { kind: 'set', value };
      };
    },
  };
}

const typeWords = { int: 'NumberInt', long: 'NumberLong', double: 'double', decimal: 'NumberDecimal' } as const;

const typedText = (value: BsonNumber): string => `(${typeWords[numberType(value)]})${shellText(value)}`;

/** `$min` and `$max`: the operand replaces a value that is on its wrong side. */
const extreme = (isBetter: (order: number) => boolean): UpdateOperator => ({
  createsFields: true,
  transform: (operand) => (current) =>
    current === undefined || isBetter(compareValues(operand, current))
      ? { kind: 'set', value: operand }
      : { kind: 'leave' },
});

const currentDate: UpdateOperator = {
  createsFields: true,
  transform: (operand, _path, { now }) => {
    const type = isDocument(operand) ? operand['$type'] : 'date';
    if (!isDocument(operand) && typeof operand !== 'boolean')
      throw new MongoError(
        2,
        `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
      );
    if (type !== 'date' && type !== 'timestamp')
      throw new MongoError(
        2,
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    const value = type === 'date' ? new Date(now) : new Timestamp({ t: Math.floor(now / 1000), i: 1 });
    return () => ({ kind: 'set', value });
  },
};

const bit: UpdateOperator = {
  createsFields: true,
  transform: (operand, path, context) => {
    const [name, mask] = isDocument(operand) ? (Object.entries(operand)[0] ?? []) : [];
    const wanted = isBsonNumber(mask) ? integerValue(mask) : null;
    if (name !== 'and' && name !== 'or' && name !== 'xor')
      throw new MongoError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name ?? ''}' which is an unknown operator: {${path}: ${shellText(operand)}}`,
      );
    if (wanted === null || !isBsonNumber(mask))
      throw new MongoError(
        2,
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(mask)}' is not supported here: {${name}: ${shellText(mask)}}`,
      );
    return (current) => {
      const start = current === undefined ? 0n : isBsonNumber(current) ? integerValue(current) : null;
      if (start === null)
        throw new MongoError(
          2,
          `Cannot apply $bit to a value of non-integral type.${idText(context)} has the field ${fieldName(path)} of non-integer type ${typeName(current)}`,
        );
      const result = name === 'and' ? start & wanted : name === 'or' ? start | wanted : start ^ wanted;
      // The sum with a zero of the wider type has that type.
      const zero = addNumbers(isBsonNumber(current) ? current : 0, mask) ?? mask;
      return { kind: 'set', value: numberType(zero) === 'int' ? Number(result) : longOf(result) };
    };
  },
};

/** The update operators on one field. `$rename` moves one and is in `apply-update.ts`. */
export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  $set: { createsFields: true, transform: (operand) => () => ({ kind: 'set', value: operand }) },
  $setOnInsert: {
    createsFields: true,
    transform: (operand, _path, context) => () =>
      context.isInsert ? { kind: 'set', value: operand } : { kind: 'leave' },
  },
  $unset: {
    createsFields: false,
    transform: () => (current) => (current === undefined ? { kind: 'leave' } : { kind: 'unset' }),
  },
  $inc: arithmetic('$inc', 'increment', addNumbers),
  $mul: arithmetic('$mul', 'multiply', multiplyNumbers),
  $min: extreme((order) => order < 0),
  $max: extreme((order) => order > 0),
  $currentDate: currentDate,
  $bit: bit,
  ...arrayUpdateOperators,
};
