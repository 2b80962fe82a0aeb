import { sparkError, type SparkError } from '../../core/spark-error.ts';
import type { TypeJson } from '../../core/type-json.ts';
import type { Literal } from '../../plan/expression.ts';
import type { WireValue } from '../../core/wire-values.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, type BuildContext } from './build-context.ts';
import { joinedText } from './tree-access.ts';

export const literal = (data_type: TypeJson, value: WireValue): Literal => ({ kind: 'literal', data_type, value });
export const stringLiteral = (text: string): Literal => literal('string', text);
export const integerLiteral = (value: number): Literal => literal('integer', value);

/** Wire form of a whole number: text where a double would lose digits. */
export const wireInteger = (value: bigint): number | string =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value.toString();

const integers = {
  tinyint: { type: 'byte', min: -128n, max: 127n },
  smallint: { type: 'short', min: -32768n, max: 32767n },
  bigint: { type: 'long', min: -(2n ** 63n), max: 2n ** 63n - 1n },
} as const;
const fractions = {
  float: { max: 3.4028234663852886e38, shown: '3.4028234663852886E+38' },
  double: { max: Number.MAX_VALUE, shown: '1.7976931348623157E+308' },
} as const;

/** A numeric literal with its sign and suffix. */
export function buildNumber(node: Node, context: BuildContext): Literal {
  const text = joinedText(node);
  switch (node.label) {
    case 'integer':
      return buildInteger(text);
    case 'decimal':
      return buildDecimal(text);
    case 'tinyint':
    case 'smallint':
    case 'bigint': {
      const digits = text.slice(0, -1);
      const { type, min, max } = integers[node.label];
      const value = BigInt(digits);
      if (value < min || value > max) throw outOfRange(digits, node.label, String(min), String(max), node, context);
      return literal(type, wireInteger(value));
    }
    case 'exponent':
      return buildFraction(text, 'double', node, context);
    case 'double':
    case 'float':
      return buildFraction(text.slice(0, -1), node.label, node, context);
    case 'bigdecimal':
      return buildBigDecimal(text.slice(0, -2), node, context);
    default:
      throw new Error(`unknown number ${text}`);
  }
}

function outOfRange(
  digits: string,
  typeName: string,
  minValue: string,
  maxValue: string,
  node: Node,
  context: BuildContext,
): SparkError {
  const parameters = { rawStrippedQualifier: digits, typeName, minValue, maxValue };
  return errorAt('INVALID_NUMERIC_LITERAL_RANGE', parameters, node, context);
}

function buildInteger(text: string): Literal {
  const value = BigInt(text);
  if (value >= -(2n ** 31n) && value < 2n ** 31n) return literal('integer', Number(value));
  if (value >= integers.bigint.min && value <= integers.bigint.max) return literal('long', wireInteger(value));
  return buildDecimal(text);
}

function buildFraction(digits: string, kind: 'float' | 'double', node: Node, context: BuildContext): Literal {
  const value = Number(digits);
  const { max, shown } = fractions[kind];
  if (Math.abs(value) > max) throw outOfRange(digits, kind, `-${shown}`, shown, node, context);
  return literal(kind, kind === 'float' ? Math.fround(value) : value);
}

/** A number without exponent; its type has as many digits as it is written with, leading zeros apart. */
function buildDecimal(text: string): Literal {
  const { digits, scale, negative } = unscaled(text);
  const precision = Math.max(digits.length, scale);
  if (precision > 38)
    throw sparkError('DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION', { precision: String(precision), maxPrecision: '38' });
  return literal(`decimal(${precision},${scale})`, decimalWire(digits, scale, negative));
}

function buildBigDecimal(text: string, node: Node, context: BuildContext): Literal {
  const { digits, scale, negative } = unscaled(text);
  const whole = digits === '0' ? '0' : digits + '0'.repeat(Math.min(Math.max(-scale, 0), 1000));
  const places = Math.max(scale, 0);
  const precision = Math.max(whole.length, places);
  if (precision > 38) {
    const msg = `[DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION] Decimal precision ${precision} exceeds max precision 38.`;
    throw errorAt('_LEGACY_ERROR_TEMP_0061', { msg }, node, context);
  }
  return literal(`decimal(${precision},${places})`, decimalWire(whole, places, negative));
}

/** `1.5E3` is 15 with scale -2. */
function unscaled(text: string): { readonly digits: string; readonly scale: number; readonly negative: boolean } {
  const negative = text.startsWith('-');
  const [mantissa = '', exponent = '0'] = text.replace(/^-/, '').split(/e/i);
  const dot = mantissa.indexOf('.');
  const fraction = dot < 0 ? '' : mantissa.slice(dot + 1);
  const digits = mantissa.replace('.', '').replace(/^0+(?=\d)/, '') || '0';
  return { digits, scale: fraction.length - Number(exponent), negative };
}

function decimalWire(digits: string, scale: number, negative: boolean): string {
  const padded = digits.padStart(scale + 1, '0');
  const text = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  return negative ? `-${text}` : text;
}
