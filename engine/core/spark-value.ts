/**
 * A decoded Spark value. Which form a value has follows from its data type:
 * byte…integer, float, double → number · long, timestamp(_ntz) (microseconds since 1970, UTC), day-time interval (microseconds) → bigint ·
 * date (days since 1970), year-month interval (months) → number · decimal → DecimalValue · string → string · binary → Uint8Array ·
 * array → array · map → MapValue (entries in order) · struct → StructValue (values in field order) · calendar interval → CalendarInterval.
 */
export type SparkValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | DecimalValue
  | CalendarInterval
  | MapValue
  | StructValue
  | readonly SparkValue[];

/** `unscaled` × 10^-scale. */
export type DecimalValue = { readonly form: 'decimal'; readonly unscaled: bigint; readonly scale: number };
export type CalendarInterval = {
  readonly form: 'interval';
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
};
export type MapValue = { readonly form: 'map'; readonly entries: readonly (readonly [SparkValue, SparkValue])[] };
export type StructValue = { readonly form: 'struct'; readonly values: readonly SparkValue[] };
/** One row, values in column order. */
export type Row = readonly SparkValue[];

export const decimalValue = (unscaled: bigint, scale: number): DecimalValue => ({ form: 'decimal', unscaled, scale });
export const mapValue = (entries: readonly (readonly [SparkValue, SparkValue])[]): MapValue => ({
  form: 'map',
  entries,
});
export const structValue = (values: readonly SparkValue[]): StructValue => ({ form: 'struct', values });

/** Digits with exactly `scale` fraction digits; never scientific. */
export function decimalText(value: DecimalValue): string {
  const negative = value.unscaled < 0n;
  const digits = (negative ? -value.unscaled : value.unscaled).toString().padStart(value.scale + 1, '0');
  const whole = value.scale === 0 ? digits : `${digits.slice(0, -value.scale)}.${digits.slice(-value.scale)}`;
  return negative ? `-${whole}` : whole;
}

/** Parses plain decimal text (`-12.50`); the scale is the number of fraction digits written. */
export function parseDecimal(text: string): DecimalValue {
  const dot = text.indexOf('.');
  if (dot < 0) return decimalValue(BigInt(text), 0);
  return decimalValue(BigInt(text.slice(0, dot) + text.slice(dot + 1)), text.length - dot - 1);
}
