import type { RelationalValue } from '../../../engine/api/relational-client.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { decimalValue, parseDecimal, type DecimalValue } from '../../../engine/core/spark-value.ts';

type Present = NonNullable<RelationalValue>;

const plainDecimal = /^[+-]?\d+(?:\.\d*)?$/;
const maxPrecision = 38;

/** A number, the bits of BIT, or text that says a number. */
export function numberOf(value: Present): number {
  if (typeof value === 'number') return value;
  if (value instanceof Uint8Array) return bytesNumber(value);
  const number = Number(value);
  if (typeof value === 'string' && (value.trim() === '' || Number.isNaN(number))) throw noNumber(value);
  return number;
}

/** The values of Java's integer types: name and greatest value. */
const integerTypes = {
  byte: ['java.lang.Byte', 127n],
  short: ['java.lang.Short', 32_767n],
  integer: ['java.lang.Integer', 2_147_483_647n],
  long: ['java.lang.Long', 9_223_372_036_854_775_807n],
} as const;

/** A whole number without its fraction; one that the type cannot hold is refused. */
export const integerOf = (value: Present, kind: 'byte' | 'short' | 'integer'): number => Number(inRange(value, kind));

export const longOf = (value: Present): bigint => inRange(value, 'long');

function inRange(value: Present, kind: keyof typeof integerTypes): bigint {
  const whole = typeof value === 'bigint' ? value : wholePart(value);
  const [name, greatest] = integerTypes[kind];
  if (whole <= greatest && whole >= -greatest - 1n) return whole;
  throw new SparkError(
    { java: 'java.sql.SQLDataException' },
    `Value '${whole.toLocaleString('en')}' is outside of valid range for type ${name}`,
  );
}

function wholePart(value: number | string | Uint8Array): bigint {
  if (typeof value === 'string' && plainDecimal.test(value)) return BigInt(value.replace(/\..*$/, '').replace('+', ''));
  return BigInt(Math.trunc(numberOf(value)));
}

/** Big-endian, as BIT(n) travels. */
export const bytesNumber = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

/** Rounded to the scale half away from zero, as Java's HALF_UP. */
export function decimalOf(value: Present, precision: number, scale: number): DecimalValue {
  const exact = exactDecimal(value);
  const unscaled =
    exact.scale <= scale
      ? exact.unscaled * 10n ** BigInt(scale - exact.scale)
      : divideHalfUp(exact.unscaled, 10n ** BigInt(exact.scale - scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).length;
  if (digits > precision)
    throw new SparkError(
      { java: 'org.apache.spark.SparkArithmeticException' },
      `[DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION] Decimal precision ${digits} exceeds max precision ${maxPrecision}.`,
    );
  return decimalValue(unscaled, scale);
}

function exactDecimal(value: Present): DecimalValue {
  if (typeof value === 'bigint') return decimalValue(value, 0);
  const text = value instanceof Uint8Array ? String(bytesNumber(value)) : String(value);
  if (plainDecimal.test(text)) return parseDecimal(text.replace('+', ''));
  const [, mantissa = '', exponent = ''] = /^([+-]?\d+(?:\.\d*)?)[eE]([+-]?\d+)$/.exec(text) ?? [];
  if (mantissa === '') throw noNumber(text);
  const { unscaled, scale } = parseDecimal(mantissa.replace('+', ''));
  const shifted = scale - Number(exponent);
  return shifted >= 0 ? decimalValue(unscaled, shifted) : decimalValue(unscaled * 10n ** BigInt(-shifted), 0);
}

function divideHalfUp(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (size + by / 2n) / by;
  return value < 0n ? -rounded : rounded;
}

const noNumber = (text: string): SparkError =>
  new SparkError({ java: 'java.sql.SQLDataException' }, `Cannot determine value type from string '${text}'`);
