/** Java 17's `Double.toString`: plain for 1e-3 ≤ |x| < 1e7, otherwise `d.dddE±n` without `+`; always one fraction digit. */
export const javaDoubleText = (value: number): string => javaText(value, wholeDigits(value, 53) ?? value.toString());

/** Java 17's `Float.toString`: the shortest digits that identify the 32-bit value, laid out as `javaDoubleText` does. */
export const javaFloatText = (value: number): string => javaText(value, wholeDigits(value, 24) ?? shortestFloat(value));

/**
 * Before Java 19 whole numbers below 2^63 are written with all their digits but those that the format cannot tell apart,
 * which may be more than the shortest: 2^60 is 1.15292150460684698E18. Undefined where the shortest digits apply.
 */
function wholeDigits(value: number, significantBits: number): string | undefined {
  const size = Math.abs(value);
  if (!Number.isInteger(value) || size >= 2 ** 63 || size < 1) return undefined;
  const spareBits = Math.floor(Math.log2(size)) - significantBits - 1;
  const dropped = spareBits > 0 ? Math.floor(spareBits * Math.log10(2)) : 0;
  const unit = 10n ** BigInt(dropped);
  const rounded = (BigInt(size) + (dropped > 0 ? unit / 2n : 0n)) / unit;
  return `${value < 0 ? '-' : ''}${rounded * unit}`;
}

function shortestFloat(value: number): string {
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === Math.fround(value)) return Number(text).toString();
  }
  return value.toString();
}

function javaText(value: number, shortest: string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const sign = value < 0 ? '-' : '';
  const short = scientificParts(shortest.replace(/^-/, ''));
  // Of one-digit texts Java prefers the closest with two: 4.9E-324, not 5.0E-324.
  const { digits, exponent } = short.digits.length > 1 ? short : scientificParts(Math.abs(value).toPrecision(2));
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) return sign + plain(digits, exponent);
  return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
}

/** `123.45` → digits `12345`, exponent 2. */
function scientificParts(text: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', power = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const leading = all.length - all.replace(/^0+/, '').length;
  return {
    digits: all.replace(/^0+/, '').replace(/0+$/, '') || '0',
    exponent: Number(power) + whole.length - 1 - leading,
  };
}

function plain(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, '0');
  return `${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || '0'}`;
}
