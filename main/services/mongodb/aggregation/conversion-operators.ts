import { Decimal128, Long, ObjectId } from 'bson';
import { bsonTypeOf, isDocument, isInt32 } from '../values/bson-document.ts';
import {
  decimalOf,
  doubleOf,
  isBsonNumber,
  longOf,
  numberType,
  toDouble,
  exactOf,
  type BsonNumber,
} from '../values/bson-number.ts';
import { typeName } from '../values/bson-order.ts';
import { roundExact } from '../values/decimal-number.ts';
import { evalExpr } from 'mingo/core';
import { isNothing, withArguments, type ExpressionOperator } from './expression-arguments.ts';
import { MongoError } from '../mongo-error.ts';
import { isTypeAlias, typeAlias, truthy } from '../query/query-operators.ts';

type Target = 'int' | 'long' | 'double' | 'decimal' | 'string' | 'bool' | 'date' | 'objectId';

const targets: ReadonlySet<string> = new Set<Target>([
  'int',
  'long',
  'double',
  'decimal',
  'string',
  'bool',
  'date',
  'objectId',
]);

/** Throws ConversionFailure for a value that has no such form. */
function convert(value: unknown, target: Target): unknown {
  switch (target) {
    case 'bool':
      return truthy(value);
    case 'string':
      return toText(value);
    case 'date':
      return toDate(value);
    case 'objectId':
      return toObjectId(value);
    case 'int':
    case 'long':
    case 'double':
    case 'decimal':
      return toNumber(value, target);
  }
}

const unsupported = (value: unknown, target: Target): MongoError =>
  new MongoError(241, `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`);

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (bsonTypeOf(value) === 'ObjectId') return (value as ObjectId).toHexString();
  if (isBsonNumber(value)) return numberType(value) === 'double' ? String(toDouble(value)) : String(value);
  throw unsupported(value, 'string');
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (bsonTypeOf(value) === 'ObjectId') return (value as ObjectId).getTimestamp();
  if (isBsonNumber(value) && numberType(value) !== 'int') return new Date(Math.trunc(toDouble(value)));
  if (typeof value !== 'string') throw unsupported(value, 'date');
  // Without a zone a text is UTC, which JavaScript thinks only of dates.
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(value) || /^\d{4}-\d{2}-\d{2}$/.test(value);
  const date = new Date(hasZone ? value : `${value}Z`);
  if (Number.isNaN(date.getTime()))
    throw new MongoError(
      241,
      `Error parsing date string '${value}'; passing a time zone identifier as part of the string is not allowed`,
    );
  return date;
}

function toObjectId(value: unknown): ObjectId {
  if (bsonTypeOf(value) === 'ObjectId') return value as ObjectId;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[0-9a-f]{24}$/i.test(value))
    throw new MongoError(
      241,
      `Failed to parse objectId '${value}' in $convert with no onError value: Invalid string length for parsing to OID, expected 24 but found ${value.length}`,
    );
  return new ObjectId(value);
}

function toNumber(value: unknown, target: 'int' | 'long' | 'double' | 'decimal'): BsonNumber {
  if (typeof value === 'boolean') return toNumber(Number(value), target);
  if (value instanceof Date && target !== 'int') return toNumber(longOf(value.getTime()), target);
  if (typeof value === 'string') return parseNumber(value, target);
  if (!isBsonNumber(value)) throw unsupported(value, target);
  if (target === 'double') return doubleOf(toDouble(value));
  if (target === 'decimal') return decimalOf(value);
  const exact = exactOf(value);
  if (typeof exact === 'number')
    throw new MongoError(
      241,
      `Attempt to convert ${Number.isNaN(exact) ? 'NaN' : 'infinity'} value to integer type in $convert with no onError value`,
    );
  const { coefficient, exponent } = roundExact(exact, 0, 'to-zero');
  const whole = coefficient * 10n ** BigInt(Math.max(exponent, 0));
  const isInRange = target === 'int' ? isInt32(Number(whole)) : BigInt.asIntN(64, whole) === whole;
  if (!isInRange)
    throw new MongoError(
      241,
      `Conversion would overflow target type in $convert with no onError value: ${String(value)}`,
    );
  return target === 'int' ? Number(whole) : longOf(whole);
}

function parseNumber(text: string, target: 'int' | 'long' | 'double' | 'decimal'): BsonNumber {
  const isWhole = /^[+-]?\d+$/.test(text);
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  if (target === 'double' && isNumber) return doubleOf(Number(text));
  if (target === 'decimal' && isNumber) return Decimal128.fromString(text);
  if ((target === 'int' || target === 'long') && isWhole && BigInt.asIntN(64, BigInt(text)) === BigInt(text))
    return toNumber(Long.fromBigInt(BigInt(text)), target);
  const reason =
    text === '' ? 'No digits' : /^[+-]?\d/.test(text) ? 'Did not consume whole string.' : 'Did not consume any digits.';
  throw new MongoError(241, `Failed to parse number '${text}' in $convert with no onError value: ${reason}`);
}

const converter = (name: string, target: Target): ExpressionOperator =>
  withArguments(name, 1, (value) => (isNothing(value) ? null : convert(value, target)));

const convertOperator: ExpressionOperator = (document, operand, options) => {
  if (!isDocument(operand)) throw new MongoError(9, '$convert expects an object of named arguments');
  const input = evalExpr(document, operand['input'], options);
  if (isNothing(input)) return 'onNull' in operand ? evalExpr(document, operand['onNull'], options) : null;
  const to = evalExpr(document, operand['to'], options);
  if (isNothing(to)) return null;
  const target = typeAlias(to);
  if (!isTypeAlias(to)) throw new MongoError(2, `Unknown type name: ${target}`);
  try {
    if (!targets.has(target)) throw unsupported(input, target as Target);
    return convert(input, target as Target);
  } catch (error) {
    if ('onError' in operand && error instanceof MongoError) return evalExpr(document, operand['onError'], options);
    throw error;
  }
};

/** Conversions and questions about types. */
export const conversionOperators: Readonly<Record<string, ExpressionOperator>> = {
  $convert: convertOperator,
  $toInt: converter('$toInt', 'int'),
  $toLong: converter('$toLong', 'long'),
  $toDouble: converter('$toDouble', 'double'),
  $toDecimal: converter('$toDecimal', 'decimal'),
  $toString: converter('$toString', 'string'),
  $toBool: converter('$toBool', 'bool'),
  $toDate: converter('$toDate', 'date'),
  $toObjectId: converter('$toObjectId', 'objectId'),
  $type: withArguments('$type', 1, typeName),
  $isNumber: withArguments('$isNumber', 1, isBsonNumber),
};
