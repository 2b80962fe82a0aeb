import { SparkError } from '../../../engine/core/spark-error.ts';
import { decimalText, decimalValue, type DecimalValue } from '../../../engine/core/spark-value.ts';
import type { DecimalType } from '../../../engine/core/data-type.ts';

/** Digits that a Decimal128 holds. */
const decimal128Digits = 34;

/** The number behind the text of a Decimal128 or of a Java double; its scale may be negative (`1E+3`). Throws Java's `ArithmeticException`. */
export function bigDecimal(text: string): DecimalValue {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) throw new SparkError('ArithmeticException', `${text} can not be converted to a BigDecimal`);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const unscaled = BigInt(whole + fraction);
  return decimalValue(sign === '-' ? -unscaled : unscaled, fraction.length - Number(exponent));
}

/** As `bigDecimal`, for a Decimal128: Java has no negative zero to turn it into. */
export function bigDecimalOf128(text: string): DecimalValue {
  if (/^-0(?:\.0*)?(?:E.*)?$/.test(text))
    throw new SparkError('ArithmeticException', 'Negative zero can not be converted to a BigDecimal');
  return bigDecimal(text);
}

/** Digits of a number, as `BigDecimal.precision()`. */
export const precisionOf = ({ unscaled }: DecimalValue): number =>
  (unscaled < 0n ? -unscaled : unscaled).toString().length;

/** The whole part, towards zero. */
export function wholePart({ unscaled, scale }: DecimalValue): bigint {
  return scale <= 0 ? unscaled * 10n ** BigInt(-scale) : unscaled / 10n ** BigInt(scale);
}

/** Rounded half up to the type's scale; null when it has more digits than the type. */
export function fittedDecimal({ unscaled, scale }: DecimalValue, type: DecimalType): DecimalValue | null {
  const rounded = rescaled(unscaled, scale, type.scale);
  const fitted = decimalValue(rounded, type.scale);
  return precisionOf(fitted) > type.precision && rounded !== 0n ? null : fitted;
}

function rescaled(unscaled: bigint, from: number, to: number): bigint {
  if (to >= from) return unscaled * 10n ** BigInt(to - from);
  const unit = 10n ** BigInt(from - to);
  const half = unscaled < 0n ? -unit / 2n : unit / 2n;
  return (unscaled + half) / unit;
}

/** The text of a Decimal128 with this value: zeros at the end are dropped where there are too many digits; undefined when it does not fit. */
export function decimal128Text(value: DecimalValue): string | undefined {
  const excess = precisionOf(value) - decimal128Digits;
  if (excess <= 0) return decimalText(value);
  const unit = 10n ** BigInt(excess);
  if (value.unscaled % unit !== 0n) return undefined;
  const unscaled = value.unscaled / unit;
  return value.scale >= excess
    ? decimalText(decimalValue(unscaled, value.scale - excess))
    : `${unscaled}E+${excess - value.scale}`;
}
