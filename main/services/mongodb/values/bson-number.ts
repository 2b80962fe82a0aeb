import { Double, Long, type Decimal128 } from 'bson';
import { bsonTypeOf, isInt32 } from './bson-document.ts';
import {
  addExact,
  compareExact,
  decimalOfDouble,
  divideExact,
  exactDecimal,
  exactOfDouble,
  multiplyExact,
  toDecimal128,
  type ExactDecimal,
} from './decimal-number.ts';

/** A number of any BSON type; see `BsonDocument` for what a plain number is. */
export type BsonNumber = number | Double | Long | Decimal128;

type NumberType = 'int' | 'long' | 'double' | 'decimal';

const maxLong = 2n ** 63n - 1n;
const minLong = -(2n ** 63n);

export function isBsonNumber(value: unknown): value is BsonNumber {
  if (typeof value === 'number') return true;
  const type = bsonTypeOf(value);
  return type === 'Long' || type === 'Double' || type === 'Decimal128';
}

/** The name that `$type` and error messages use. */
export function numberType(value: BsonNumber): NumberType {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  switch (bsonTypeOf(value)) {
    case 'Long':
      return 'long';
    case 'Double':
      return 'double';
    default:
      return 'decimal';
  }
}

/** The nearest double. */
export function toDouble(value: BsonNumber): number {
  if (typeof value === 'number') return value;
  switch (bsonTypeOf(value)) {
    case 'Long':
      return Number((value as Long).toBigInt());
    case 'Double':
      return (value as Double).value;
    default:
      return Number((value as Decimal128).toString());
  }
}

/** A number of type double, also when it is whole. */
export const doubleOf = (value: number): BsonNumber => (isInt32(value) ? new Double(value) : value);

/** A whole number as MongoDB's int arithmetic gives it: int32 when it fits, else int64. */
const integerOf = (value: bigint): BsonNumber => {
  const plain = Number(value);
  return isInt32(plain) ? plain : Long.fromBigInt(value);
};

export const longOf = (value: bigint | number): Long => Long.fromBigInt(BigInt(value));

const isLong = (value: bigint): boolean => value <= maxLong && value >= minLong;

/** Whole numbers (int, long) exactly; `null` for the other types. */
export function integerValue(value: BsonNumber): bigint | null {
  if (typeof value === 'number') return isInt32(value) ? BigInt(value) : null;
  return bsonTypeOf(value) === 'Long' ? (value as Long).toBigInt() : null;
}

/** A whole number that JavaScript counts with, whatever its type (limits, sizes, positions); `null` when it is none. */
export function wholeNumber(value: unknown): number | null {
  if (!isBsonNumber(value)) return null;
  const double = toDouble(value);
  return Number.isSafeInteger(double) ? double : null;
}

/** MongoDB's order of numbers: by value across types, NaN below all. */
export function compareNumbers(left: BsonNumber, right: BsonNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return compareDoubles(left, right);
  const a = exactOf(left);
  const b = exactOf(right);
  return typeof a === 'number' || typeof b === 'number'
    ? compareDoubles(approximate(a), approximate(b))
    : compareExact(a, b);
}

const compareDoubles = (left: number, right: number): number => {
  if (left < right) return -1;
  if (left > right) return 1;
  if (left === right) return 0;
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
};

/** NaN and the infinities stay doubles: they have no exact value. */
export function exactOf(value: BsonNumber): ExactDecimal | number {
  if (numberType(value) === 'decimal') return exactDecimal(value as Decimal128) ?? toDouble(value);
  const whole = integerValue(value);
  if (whole !== null) return { coefficient: whole, exponent: 0 };
  const double = toDouble(value);
  return Number.isFinite(double) ? exactOfDouble(double) : double;
}

const approximate = (value: ExactDecimal | number): number => {
  if (typeof value === 'number') return value;
  return Math.sign(Number(value.coefficient > 0n) - Number(value.coefficient < 0n));
};

type Arithmetic = {
  readonly whole: (left: bigint, right: bigint) => bigint;
  readonly double: (left: number, right: number) => number;
  readonly exact: (left: ExactDecimal, right: ExactDecimal) => ExactDecimal;
};

const addition: Arithmetic = { whole: (a, b) => a + b, double: (a, b) => a + b, exact: addExact };
const multiplication: Arithmetic = { whole: (a, b) => a * b, double: (a, b) => a * b, exact: multiplyExact };

/** The wider type of the two decides: decimal, double, long, int; an int that overflows becomes a long. `null` when a long overflows. */
function combine(left: BsonNumber, right: BsonNumber, arithmetic: Arithmetic): BsonNumber | null {
  const types = [numberType(left), numberType(right)];
  if (types.includes('decimal')) return combineDecimals(left, right, arithmetic);
  const a = integerValue(left);
  const b = integerValue(right);
  if (a === null || b === null) return doubleOf(arithmetic.double(toDouble(left), toDouble(right)));
  const result = arithmetic.whole(a, b);
  if (!isLong(result)) return null;
  return types.includes('long') ? Long.fromBigInt(result) : integerOf(result);
}

function combineDecimals(left: BsonNumber, right: BsonNumber, arithmetic: Arithmetic): BsonNumber {
  const a = decimalOf(left);
  const b = decimalOf(right);
  const [exactA, exactB] = [exactDecimal(a), exactDecimal(b)];
  if (exactA === null || exactB === null) return decimalOfDouble(arithmetic.double(toDouble(a), toDouble(b)));
  return toDecimal128(arithmetic.exact(exactA, exactB));
}

export function decimalOf(value: BsonNumber): Decimal128 {
  if (numberType(value) === 'decimal') return value as Decimal128;
  const whole = integerValue(value);
  return whole === null ? decimalOfDouble(toDouble(value)) : toDecimal128({ coefficient: whole, exponent: 0 });
}

export const addNumbers = (left: BsonNumber, right: BsonNumber): BsonNumber | null => combine(left, right, addition);
export const multiplyNumbers = (left: BsonNumber, right: BsonNumber): BsonNumber | null =>
  combine(left, right, multiplication);

/** `divisor` is not 0. A double, or a decimal when one of the two is. */
export function divideNumbers(dividend: BsonNumber, divisor: BsonNumber): BsonNumber {
  if (numberType(dividend) === 'decimal' || numberType(divisor) === 'decimal')
    return combineDecimals(dividend, divisor, { ...multiplication, double: (a, b) => a / b, exact: divideExact });
  return doubleOf(toDouble(dividend) / toDouble(divisor));
}

export function negate(value: BsonNumber): BsonNumber {
  return multiplyNumbers(value, -1) ?? doubleOf(-toDouble(value));
}
