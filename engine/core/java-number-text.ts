/** Java's `Double.toString`: plain for 1e-3 ≤ |x| < 1e7, otherwise `d.dddE±n` without `+`; always one fraction digit. */
export const javaDoubleText = (value: number): string => javaText(value, value.toString());

/** Java's `Float.toString`: the shortest digits that identify the 32-bit value, laid out as `javaDoubleText` does. */
export const javaFloatText = (value: number): string => javaText(value, shortestFloat(value));

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
  const { digits, exponent } = scientificParts(shortest.replace('-', ''));
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
