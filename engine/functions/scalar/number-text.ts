import { doubleType, floatType, stringType } from '../../core/data-type.ts';
import { javaDoubleText, javaFloatText } from '../../core/java-number-text.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import { textOf } from './scalar-arguments.ts';

/** Java's `BigDecimal.toString` of a plain decimal text: scientific when the scale is not 0 and the number is below 1e-6. */
export function bigDecimalText(plain: string): string {
  const negative = plain.startsWith('-');
  const [whole = '0', fraction = ''] = plain.replace('-', '').split('.');
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  const exponent = digits.length - 1 - fraction.length;
  if (fraction.length === 0 || exponent >= -6) return plain;
  const mantissa = digits.length === 1 ? digits : `${digits.charAt(0)}.${digits.slice(1)}`;
  return `${negative && digits !== '0' ? '-' : ''}${mantissa}E${exponent}`;
}

export const numberTextScalars: readonly JsScalar[] = [
  {
    name: 'marea_double_text',
    takes: [doubleType],
    returns: stringType,
    evaluate: (value) => javaDoubleText(Number(value)),
  },
  {
    name: 'marea_float_text',
    takes: [floatType],
    returns: stringType,
    evaluate: (value) => javaFloatText(Number(value)),
  },
  {
    name: 'marea_decimal_text',
    takes: [stringType],
    returns: stringType,
    evaluate: (value) => bigDecimalText(textOf(value)),
  },
];
