import type { DataType } from '../../engine/core/data-type.ts';
import {
  decimalText,
  decimalValue,
  mapValue,
  parseDecimal,
  structValue,
  type CalendarInterval,
  type DecimalValue,
  type MapValue,
  type Row,
  type SparkValue,
  type StructValue,
} from '../../engine/core/spark-value.ts';
import type { WireRow, WireValue } from '../../engine/plan/relation.ts';

const integerOrText = (value: bigint): number | string => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
};

/** JSON has no NaN, no infinity and no negative zero. */
const numberOrText = (value: number): number | string =>
  Object.is(value, -0) ? '-0.0' : Number.isFinite(value) ? value : String(value);

/** A Spark value in the form that its type has in JSON (see `WireValue`). */
export function toWire(value: SparkValue, type: DataType): WireValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'long':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'day_time_interval':
      return integerOrText(value as bigint);
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
      return (value as readonly SparkValue[]).map((item) => toWire(item, type.element));
    case 'map':
      return (value as MapValue).entries.map(([key, item]) => [toWire(key, type.key), toWire(item, type.value)]);
    case 'struct':
      return rowToWire(
        (value as StructValue).values,
        type.fields.map((field) => field.type),
      ) as WireValue;
    default:
      return value as boolean | number | string;
  }
}

export const rowToWire = (row: Row, types: readonly DataType[]): WireRow =>
  types.map((type, index) => toWire(row[index] ?? null, type));

/** The value behind its JSON form. A decimal gets the scale of its type. */
export function fromWire(wire: WireValue, type: DataType): SparkValue {
  if (wire === null) return null;
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
      return atScale(parseDecimal(String(wire)), type.scale);
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
      return (wire as readonly WireValue[]).map((item) => fromWire(item, type.element));
    case 'map':
      return mapValue(
        (wire as readonly (readonly WireValue[])[]).map(([key = null, item = null]) => [
          fromWire(key, type.key),
          fromWire(item, type.value),
        ]),
      );
    case 'struct': {
      const values = wire as readonly WireValue[];
      return structValue(type.fields.map((field, index) => fromWire(values[index] ?? null, field.type)));
    }
    default:
      return wire as boolean | string;
  }
}

/** Python has brought it to the scale already; a shorter spelling only lacks zeros. */
function atScale(value: DecimalValue, scale: number): DecimalValue {
  return value.scale >= scale ? value : decimalValue(value.unscaled * 10n ** BigInt(scale - value.scale), scale);
}
