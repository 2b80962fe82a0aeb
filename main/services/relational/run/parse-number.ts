/** `unscaled` × 10^-scale. `isComplete`: nothing but the number stood in the text. */
export type ParsedNumber = { readonly unscaled: bigint; readonly scale: number; readonly isComplete: boolean };

const leading = /^\s*([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?/;
/** Beyond this nothing fits any column, and powers of ten would only cost time. */
const largestExponent = 400;

/** The number at the start of a text, exactly; undefined where there is none. */
export function parseNumber(text: string): ParsedNumber | undefined {
  const match = leading.exec(text);
  const [all = '', sign = '', whole = '', fraction = '', exponentText = '0'] = match ?? [];
  if (whole === '' && fraction === '') return undefined;
  const exponent = Math.max(-largestExponent, Math.min(largestExponent, Number(exponentText)));
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - exponent;
  const isComplete = text.slice(all.length).trim() === '';
  if (scale >= 0) return { unscaled: digits, scale, isComplete };
  return { unscaled: digits * 10n ** BigInt(-scale), scale: 0, isComplete };
}

/** The number with `scale` digits after the point, unscaled; halves go away from zero. */
export function roundTo(number: ParsedNumber, scale: number): bigint {
  const extra = number.scale - scale;
  if (extra <= 0) return number.unscaled * 10n ** BigInt(-extra);
  const unit = 10n ** BigInt(extra);
  const half = number.unscaled < 0n ? -unit / 2n : unit / 2n;
  return (number.unscaled + half) / unit;
}
