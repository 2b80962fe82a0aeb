import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { DataType } from '../core/data-type.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { decimalValue, mapValue, structValue, type SparkValue } from '../core/spark-value.ts';

/** One value of the binding as a Spark value: for what lies inside maps, where no typed vector can be reached. */
export function decodeValue(value: DuckDBValue, type: DataType): SparkValue {
  if (value === null || value === undefined || type.kind === 'void') return null;
  if (value instanceof DuckDBTimestampValue) return value.micros;
  if (value instanceof DuckDBDateValue) return value.days;
  if (value instanceof DuckDBDecimalValue) return decimalValue(value.value, value.scale);
  if (value instanceof DuckDBBlobValue) return Uint8Array.from(value.bytes);
  if (value instanceof DuckDBIntervalValue) {
    return { form: 'interval', months: value.months, days: value.days, micros: value.micros };
  }
  if (value instanceof DuckDBListValue && type.kind === 'array') {
    return value.items.map((item) => decodeValue(item, type.element));
  }
  if (value instanceof DuckDBStructValue && type.kind === 'struct') {
    const names = storageFieldNames(type);
    return structValue(
      type.fields.map((field, i) => decodeValue(value.entries[names[i] ?? field.name] ?? null, field.type)),
    );
  }
  if (value instanceof DuckDBMapValue && type.kind === 'map') {
    return mapValue(
      value.entries.map((entry) => [decodeValue(entry.key, type.key), decodeValue(entry.value, type.value)] as const),
    );
  }
  return value as SparkValue;
}
