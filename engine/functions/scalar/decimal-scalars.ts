import { doubleType, integerType, stringType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import { decimalText, decimalValue, parseDecimal, type DecimalValue } from '../../core/spark-value.ts';
import { textOf } from './scalar-arguments.ts';

export type RoundingMode = 'half_up' | 'half_even' | 'ceiling' | 'floor';

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** `numerator / denominator` to the nearest integer. */
export function dividedBy(numerator: bigint, denominator: bigint, mode: RoundingMode = 'half_up'): bigint {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n) return quotient;
  const away = numerator < 0n === denominator < 0n ? 1n : -1n;
  switch (mode) {
    case 'ceiling':
      return away > 0n ? quotient + 1n : quotient;
    case 'floor':
      return away < 0n ? quotient - 1n : quotient;
    default: {
      const twice = magnitude(rest) * 2n;
      const size = magnitude(denominator);
      const isUp = twice > size || (twice === size && (mode === 'half_up' || quotient % 2n !== 0n));
      return isUp ? quotient + away : quotient;
    }
  }
}

/** The value with exactly `scale` fraction digits; a negative scale rounds whole digits away. */
export function rescaled(value: DecimalValue, scale: number, mode: RoundingMode = 'half_up'): DecimalValue {
  const step = scale - value.scale;
  if (step >= 0) return decimalValue(value.unscaled * 10n ** BigInt(step), scale);
  const unscaled = dividedBy(value.unscaled, 10n ** BigInt(-step), mode);
  return scale >= 0 ? decimalValue(unscaled, scale) : decimalValue(unscaled * 10n ** BigInt(-scale), 0);
}

/** Parses decimal text that may be in scientific notation (`1.5E-7`). */
export function parseNumber(text: string): DecimalValue {
  const [mantissa = '0', exponent = '0'] = text.toLowerCase().replace('+', '').split('e');
  const value = parseDecimal(mantissa);
  const scale = value.scale - Number(exponent);
  return scale >= 0 ? decimalValue(value.unscaled, scale) : decimalValue(value.unscaled * 10n ** BigInt(-scale), 0);
}

const tenTo = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Exact first, rounded once to `scale`; undefined when the divisor is 0. */
function compute(operator: string, a: DecimalValue, b: DecimalValue, scale: number): DecimalValue | undefined {
  const common = Math.max(a.scale, b.scale);
  const [x, y] = [a.unscaled * tenTo(common - a.scale), b.unscaled * tenTo(common - b.scale)];
  switch (operator) {
    case '+':
      return rescaled(decimalValue(x + y, common), scale);
    case '-':
      return rescaled(decimalValue(x - y, common), scale);
    case '*':
      return rescaled(decimalValue(a.unscaled * b.unscaled, a.scale + b.scale), scale);
    default:
      break;
  }
  if (y === 0n) return undefined;
  switch (operator) {
    case '/':
      return decimalValue(dividedBy(x * tenTo(scale), y), scale);
    case 'div':
      return decimalValue(x / y, 0);
    case '%':
      return rescaled(decimalValue(x % y, common), scale);
    default: {
      const rest = x % y;
      return rescaled(decimalValue(rest < 0n ? (rest + y) % y : rest, common), scale);
    }
  }
}

function roundDouble(value: number, scale: number, mode: RoundingMode): number {
  // 17 digits: a double with an exponent this large has no fraction left to round.
  if (!Number.isFinite(value) || (scale >= 0 && Math.abs(value) >= 1e17)) return value;
  const rounded = Number(decimalText(rescaled(parseNumber(value.toString()), scale, mode)));
  return rounded === 0 ? 0 : rounded;
}

/** Decimal arithmetic beyond what DuckDB computes as Spark does: division, remainders, more than 38 digits on the way, rounding of shown digits. */
export const decimalScalars: readonly JsScalar[] = [
  {
    name: 'spark_decimal',
    takes: [stringType, stringType, stringType, integerType],
    returns: stringType,
    evaluate: (operator, a, b, scale) => {
      const value = compute(textOf(operator), parseDecimal(textOf(a)), parseDecimal(textOf(b)), Number(scale));
      return value ? decimalText(value) : null;
    },
  },
  {
    name: 'spark_round',
    takes: [stringType, integerType, stringType],
    returns: stringType,
    evaluate: (value, scale, mode) =>
      decimalText(rescaled(parseDecimal(textOf(value)), Number(scale), mode as RoundingMode)),
  },
  {
    name: 'spark_round_double',
    takes: [doubleType, integerType, stringType],
    returns: doubleType,
    evaluate: (value, scale, mode) => roundDouble(Number(value), Number(scale), mode as RoundingMode),
  },
];
