import { Decimal128 } from 'bson';

/** `coefficient` · 10^`exponent`, exactly. */
export type ExactDecimal = { readonly coefficient: bigint; readonly exponent: number };

/** IEEE 754 decimal128 holds 34 digits. */
const maxDigits = 34;

/** `null` for NaN and the infinities. */
export function exactDecimal(value: Decimal128): ExactDecimal | null {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(value.toString());
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const coefficient = BigInt(whole + fraction);
  return { coefficient: sign === '-' ? -coefficient : coefficient, exponent: Number(exponent) - fraction.length };
}

/** The decimal with 34 digits nearest to the exact value, ties to even, as MongoDB's arithmetic rounds. */
export function toDecimal128({ coefficient, exponent }: ExactDecimal): Decimal128 {
  const isNegative = coefficient < 0n;
  let digits = isNegative ? -coefficient : coefficient;
  let scale = exponent;
  const excess = digits.toString().length - maxDigits;
  if (excess > 0) {
    digits = divideHalfEven(digits, 10n ** BigInt(excess));
    scale += excess;
  }
  return Decimal128.fromString(`${isNegative ? '-' : ''}${digits}E${scale}`);
}

/** A double as MongoDB's arithmetic turns it into a decimal: 15 significant digits. */
export const decimalOfDouble = (value: number): Decimal128 => {
  if (Number.isNaN(value)) return Decimal128.fromString('NaN');
  if (!Number.isFinite(value)) return Decimal128.fromString(value > 0 ? 'Infinity' : '-Infinity');
  const text = value.toPrecision(15);
  return Decimal128.fromString(text.includes('e') ? text.replace('e+', 'E').replace('e', 'E') : text);
};

/** The exact value of a finite double, whose fraction is a power of two and so always has an end in decimal. */
export function exactOfDouble(value: number): ExactDecimal {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  let scaled = value;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

export function compareExact(left: ExactDecimal, right: ExactDecimal): number {
  // Magnitudes first: aligning 1E6000 with 1 would build a number of 6,000 digits.
  const signs = Number(sign(left.coefficient)) - Number(sign(right.coefficient));
  if (signs !== 0 || left.coefficient === 0n) return Math.sign(signs);
  const magnitudes = magnitude(left) - magnitude(right);
  if (magnitudes !== 0) return Math.sign(magnitudes) * Number(sign(left.coefficient));
  const [a, b] = aligned(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function addExact(left: ExactDecimal, right: ExactDecimal): ExactDecimal {
  const [a, b] = aligned(left, right);
  return { coefficient: a + b, exponent: Math.min(left.exponent, right.exponent) };
}

export const multiplyExact = (left: ExactDecimal, right: ExactDecimal): ExactDecimal => ({
  coefficient: left.coefficient * right.coefficient,
  exponent: left.exponent + right.exponent,
});

/** `divisor` is not 0. Enough digits that rounding to 34 is right. */
export function divideExact(dividend: ExactDecimal, divisor: ExactDecimal): ExactDecimal {
  const extra = maxDigits + 4 + divisor.coefficient.toString().length;
  const scaled = dividend.coefficient * 10n ** BigInt(extra);
  let exponent = dividend.exponent - divisor.exponent - extra;
  let coefficient = scaled / divisor.coefficient;
  if (scaled % divisor.coefficient === 0n)
    while (exponent < 0 && coefficient !== 0n && coefficient % 10n === 0n) {
      coefficient /= 10n;
      exponent += 1;
    }
  return { coefficient, exponent };
}

export type Rounding = 'half-even' | 'to-zero' | 'up' | 'down';

/** The value with at most `place` decimals (negative: tens, hundreds …). */
export function roundExact(value: ExactDecimal, place: number, rounding: Rounding): ExactDecimal {
  const excess = -value.exponent - place;
  if (excess <= 0) return value;
  const unit = 10n ** BigInt(excess);
  const isNegative = value.coefficient < 0n;
  const digits = isNegative ? -value.coefficient : value.coefficient;
  const isAway = (rounding === 'up' && !isNegative) || (rounding === 'down' && isNegative);
  let rounded = rounding === 'half-even' ? divideHalfEven(digits, unit) : digits / unit;
  if (isAway && digits % unit !== 0n) rounded += 1n;
  return { coefficient: isNegative ? -rounded : rounded, exponent: -place };
}

/** The value without zeros at its end: equal values are written alike. */
export function normalized({ coefficient, exponent }: ExactDecimal): ExactDecimal {
  if (coefficient === 0n) return { coefficient: 0n, exponent: 0 };
  let digits = coefficient;
  let scale = exponent;
  while (digits % 10n === 0n) {
    digits /= 10n;
    scale += 1;
  }
  return { coefficient: digits, exponent: scale };
}

const sign = (value: bigint): bigint => (value > 0n ? 1n : value < 0n ? -1n : 0n);

/** The power of ten above the value: equal for numbers of the same size. */
const magnitude = ({ coefficient, exponent }: ExactDecimal): number =>
  (coefficient < 0n ? -coefficient : coefficient).toString().length + exponent;

function aligned(left: ExactDecimal, right: ExactDecimal): [bigint, bigint] {
  const exponent = Math.min(left.exponent, right.exponent);
  return [
    left.coefficient * 10n ** BigInt(left.exponent - exponent),
    right.coefficient * 10n ** BigInt(right.exponent - exponent),
  ];
}

function divideHalfEven(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  const twice = (value % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}
