import type { DataType } from './data-type.ts';
import {
  decimalText,
  decimalValue,
  mapValue,
  parseDecimal,
  type Row,
  structValue,
  type CalendarInterval,
  type DecimalValue,
  type MapValue,
  type SparkValue,
  type StructValue,
} from './spark-value.ts';

/**
 * A value as JSON, on its way to or from the kernel. Its form follows from its type: long beyond 2^53 and decimal as text, date as days, timestamp as
 * microseconds since 1970 UTC (text beyond 2^53), intervals as micros or months, NaN and infinities as text, binary as base64, array and struct as list,
 * map as list of pairs.
 */
export type WireValue = null | boolean | number | string | readonly WireValue[];
export type WireRow = readonly WireValue[];

const integerOrText = (value: bigint): number | string => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
};

/** JSON has no NaN, no infinity and no negative zero. */
const numberOrText = (value: number): number | string => {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isFinite(value) ? value : String(value);
};

/**
 * Its form follows from its type: long beyond 2^53 and decimal as text, date as days, timestamp as µs since 1970 UTC (text beyond 2^53), intervals as µs or
 * months (calendar interval: months, days, µs), NaN and infinities as text, binary as base64, array and struct as list, map as list of pairs.
 */
export function encodeWire(value: SparkValue, type: DataType): WireValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'long':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'day_time_interval':
      return integerOrText(BigInt(value as bigint));
    case 'float':
    case 'double':
      return numberOrText(value as number);
    case 'decimal':
      return decimalText(value as DecimalValue);
    case 'binary':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'calendar_interval': {
      const { months, days, micros } = value as CalendarInterval;
      return [months, days, integerOrText(micros)];
    }
    case 'array':
      return (value as readonly SparkValue[]).map((item) => encodeWire(item, type.element));
    case 'map':
      return (value as MapValue).entries.map(([key, item]) => [
        encodeWire(key, type.key),
        encodeWire(item, type.value),
      ]);
    case 'struct':
      return type.fields.map((field, i) => encodeWire((value as StructValue).values[i] ?? null, field.type));
    default:
      return value as boolean | number | string;
  }
}

/** One row, values in column order. */
export const encodeRow = (row: Row, types: readonly DataType[]): WireRow =>
  types.map((type, index) => encodeWire(row[index] ?? null, type));

/** The inverse of `encodeWire`. A decimal gets the type's scale. */
export function decodeWire(wire: WireValue, type: DataType): SparkValue {
  if (wire === null || wire === undefined) return null;
  switch (type.kind) {
    case 'void':
      return null;
    case 'long':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'day_time_interval':
      return BigInt(wire as number | string);
    case 'byte':
    case 'short':
    case 'integer':
    case 'date':
    case 'year_month_interval':
    case 'float':
    case 'double':
      return Number(wire);
    case 'decimal':
      return rescaled(parseDecimal(String(wire)), type.scale);
    case 'binary':
      return Uint8Array.from(Buffer.from(wire as string, 'base64'));
    case 'calendar_interval': {
      const [months, days, micros] = wire as readonly WireValue[];
      return {
        form: 'interval',
        months: Number(months),
        days: Number(days),
        micros: BigInt(micros as number | string),
      };
    }
    case 'array':
      return (wire as readonly WireValue[]).map((item) => decodeWire(item, type.element));
    case 'map':
      return mapValue(
        (wire as readonly (readonly WireValue[])[]).map(
          ([key = null, item = null]) => [decodeWire(key, type.key), decodeWire(item, type.value)] as const,
        ),
      );
    case 'struct':
      return structValue(
        type.fields.map((field, i) => decodeWire((wire as readonly WireValue[])[i] ?? null, field.type)),
      );
    default:
      return wire as boolean | string;
  }
}

/** Digits beyond the scale are rounded half up, as Spark does when it takes a Python decimal. */
function rescaled(value: DecimalValue, scale: number): DecimalValue {
  if (value.scale <= scale) return decimalValue(value.unscaled * 10n ** BigInt(scale - value.scale), scale);
  const divisor = 10n ** BigInt(value.scale - scale);
  const half = value.unscaled < 0n ? -divisor / 2n : divisor / 2n;
  return decimalValue((value.unscaled + half) / divisor, scale);
}
