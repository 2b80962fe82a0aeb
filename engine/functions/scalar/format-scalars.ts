import { arrayType, stringType } from '../../core/data-type.ts';
import { javaDoubleText } from '../../core/java-number-text.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import { sparkError } from '../../core/spark-error.ts';
import { decimalText, decimalValue, type DecimalValue, type SparkValue } from '../../core/spark-value.ts';
import { parseNumber, rescaled, type RoundingMode } from './decimal-scalars.ts';
import { textOf } from './scalar-arguments.ts';

const grouped = (digits: string): string => digits.replaceAll(/\B(?=(?:\d{3})+(?!\d))/g, ',');

/** Every digit of a double's binary value: Java rounds that, not the text it shows. */
function exactValue(text: string, kind: string): DecimalValue {
  if (kind !== 'double' && kind !== 'float') return parseNumber(text);
  return exactDecimal(Number(text));
}

const cell = new DataView(new ArrayBuffer(8));

/** A finite double as the sum of powers of two that it is: mantissa × 2^exponent, and 2^-n = 5^n × 10^-n. */
function exactDecimal(value: number): DecimalValue {
  cell.setFloat64(0, value);
  const bits = cell.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const size = biased === 0 ? fraction : fraction | 0x10_0000_0000_0000n;
  const exponent = Math.max(biased, 1) - 1075;
  const mantissa = value < 0 ? -size : size;
  if (exponent >= 0) return decimalValue(mantissa << BigInt(exponent), 0);
  return decimalValue(mantissa * 5n ** BigInt(-exponent), -exponent);
}

const infinite: Readonly<Record<string, string>> = { nan: 'NaN', inf: 'Infinity', '-inf': '-Infinity' };

type Layout = {
  readonly isGrouped: boolean;
  readonly minimumWhole: number;
  readonly minimumFraction: number;
  readonly maximumFraction: number;
};

function layoutOf(format: string): Layout | undefined {
  if (/^-?\d+$/.test(format)) {
    const places = Number(format);
    return places < 0
      ? undefined
      : { isGrouped: true, minimumWhole: 1, minimumFraction: places, maximumFraction: places };
  }
  const [whole = '', fraction = ''] = format.split('.');
  return {
    isGrouped: whole.includes(','),
    minimumWhole: (whole.match(/0/g) ?? []).length,
    minimumFraction: (fraction.match(/0/g) ?? []).length,
    maximumFraction: fraction.replaceAll(/[^0#]/g, '').length,
  };
}

/** `format_number`: Java's `DecimalFormat`, half to even. */
function formatNumber(text: string, format: string, kind: string): string | null {
  const layout = layoutOf(format);
  if (!layout) return null;
  if (infinite[text]) return infinite[text].replace('Infinity', '∞');
  const shown = decimalText(rescaled(exactValue(text, kind), layout.maximumFraction, 'half_even'));
  const [whole = '0', fraction = ''] = shown.replace('-', '').split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(layout.minimumFraction, '0');
  const digits =
    layout.minimumWhole === 0 && whole === '0' && kept !== '' ? '' : whole.padStart(layout.minimumWhole, '0');
  const isNegative = shown.startsWith('-');
  return `${isNegative ? '-' : ''}${layout.isGrouped ? grouped(digits) : digits}${kept === '' ? '' : `.${kept}`}`;
}

type Specifier = {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
};

function padded(text: string, { flags, width }: Specifier): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0')) return text.padStart(width);
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

const signed = (isNegative: boolean, body: string, flags: string): string =>
  isNegative
    ? flags.includes('(')
      ? `(${body})`
      : `-${body}`
    : flags.includes('+')
      ? `+${body}`
      : flags.includes(' ')
        ? ` ${body}`
        : body;

function integerText(text: string, specifier: Specifier, kind: string): string {
  const value = BigInt(text);
  const size = value < 0n ? -value : value;
  if (specifier.conversion !== 'd') {
    const bits = { byte: 8, short: 16, integer: 32 }[kind] ?? 64;
    return BigInt.asUintN(bits, value).toString(specifier.conversion === 'o' ? 8 : 16);
  }
  return signed(
    value < 0n,
    specifier.flags.includes(',') ? grouped(size.toString()) : size.toString(),
    specifier.flags,
  );
}

function fractionText(text: string, { conversion, flags, precision = 6 }: Specifier, kind: string): string {
  if (infinite[text]) return infinite[text];
  const number = Number(text);
  if (conversion === 'e') return number.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
  if (conversion === 'g') {
    const places = precision === 0 ? 1 : precision;
    const size = Math.abs(number);
    if (size !== 0 && (size < 1e-4 || size >= 10 ** places))
      return number.toExponential(places - 1).replace(/e([+-])(\d)$/, 'e$10$2');
    return number.toFixed(Math.max(places - 1 - (size === 0 ? 0 : Math.floor(Math.log10(size))), 0));
  }
  // `%.2f` rounds the digits that are shown, half up, unlike `format_number`.
  const mode: RoundingMode = 'half_up';
  const shown = decimalText(
    rescaled(parseNumber(kind === 'double' || kind === 'float' ? number.toString() : text), precision, mode),
  );
  const [whole = '0', fraction] = shown.replace('-', '').split('.');
  const body = `${flags.includes(',') ? grouped(whole) : whole}${fraction === undefined ? '' : `.${fraction}`}`;
  return signed(shown.startsWith('-') || Object.is(number, -0), body, flags);
}

const shownAs = (text: string, kind: string): string =>
  kind === 'double' || kind === 'float' ? javaDoubleText(Number(text.replace(/^(-?)inf$/, '$1Infinity'))) : text;

/** One `%…` of Java's `Formatter` with its argument. */
function formatted(value: string | null, kind: string, specifier: Specifier): string {
  const conversion = specifier.conversion.toLowerCase();
  const isUpper = conversion !== specifier.conversion;
  const plain = { ...specifier, conversion };
  const text = valueText(value, kind, plain);
  return padded(
    isUpper ? text.toUpperCase() : text,
    value === null ? { ...plain, flags: plain.flags.replace('0', '') } : plain,
  );
}

function valueText(value: string | null, kind: string, specifier: Specifier): string {
  const { conversion, precision } = specifier;
  if (conversion === 'b') return value === null ? 'false' : kind === 'boolean' ? value : 'true';
  if (value === null) return 'null'.slice(0, precision);
  const isInteger = ['byte', 'short', 'integer', 'long'].includes(kind);
  if ('dxo'.includes(conversion) && isInteger) return integerText(value, specifier, kind);
  if ('feg'.includes(conversion) && ['double', 'float'].includes(kind)) return fractionText(value, specifier, kind);
  if (conversion === 'c' && isInteger) return String.fromCodePoint(Number(value));
  if (conversion === 's') return shownAs(value, kind).slice(0, precision);
  throw sparkError('_LEGACY_FORMAT_CONVERSION', { conversion, className: javaClasses[kind] ?? 'java.lang.Object' });
}

const javaClasses: Readonly<Record<string, string>> = {
  integer: 'java.lang.Integer',
  long: 'java.lang.Long',
  short: 'java.lang.Short',
  byte: 'java.lang.Byte',
  double: 'java.lang.Double',
  float: 'java.lang.Float',
  boolean: 'java.lang.Boolean',
  string: 'org.apache.spark.unsafe.types.UTF8String',
  decimal: 'org.apache.spark.sql.types.Decimal',
};

function formatString(format: string, values: readonly SparkValue[], kinds: readonly string[]): string {
  let next = 0;
  return format.replaceAll(
    /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
    (_, index?: string, flags = '', width?: string, precision?: string, conversion = 's') => {
      const specifier = {
        flags,
        width: Number(width ?? 0),
        precision: precision === undefined ? undefined : Number(precision),
        conversion,
      };
      if (conversion === '%') return padded('%', specifier);
      if (conversion === 'n') return '\n';
      const at = index === undefined ? next : Number(index) - 1;
      if (index === undefined) next += 1;
      const value = values[at];
      if (value === undefined) throw sparkError('_LEGACY_FORMAT_MISSING', { specifier: String(_) });
      return formatted(value === null ? null : textOf(value), kinds[at] ?? 'string', specifier);
    },
  );
}

export const formatScalars: readonly JsScalar[] = [
  {
    name: 'java_format_number',
    takes: [stringType, stringType, stringType],
    returns: stringType,
    evaluate: (text, format, kind) => formatNumber(textOf(text), textOf(format), textOf(kind)),
  },
  {
    name: 'java_format',
    takes: [stringType, arrayType(stringType), stringType],
    returns: stringType,
    evaluate: (format, values, kinds) =>
      formatString(textOf(format), values as readonly SparkValue[], textOf(kinds).split(',')),
  },
];
