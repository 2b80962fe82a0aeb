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
import { assert } from '../core/assert-never.ts';
import type { DataType } from '../core/data-type.ts';
import type { CalendarInterval, DecimalValue, MapValue, SparkValue, StructValue } from '../core/spark-value.ts';
import { storageFieldNames } from '../core/storage-type.ts';

/** A Spark value in the binding's form, for data chunks and results of JavaScript functions. */
export function encodeValue(value: SparkValue, type: DataType): DuckDBValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'timestamp':
    case 'timestamp_ntz':
      return new DuckDBTimestampValue(value as bigint);
    case 'date':
      return new DuckDBDateValue(value as number);
    case 'long':
    case 'day_time_interval':
      return BigInt(value as bigint);
    case 'decimal': {
      const decimal = value as DecimalValue;
      const unscaled = decimal.unscaled * 10n ** BigInt(type.scale - decimal.scale);
      return new DuckDBDecimalValue(unscaled, type.precision, type.scale);
    }
    case 'binary':
      return new DuckDBBlobValue(value as Uint8Array);
    case 'calendar_interval': {
      const interval = value as CalendarInterval;
      return new DuckDBIntervalValue(interval.months, interval.days, interval.micros);
    }
    case 'array':
      return new DuckDBListValue((value as readonly SparkValue[]).map((item) => encodeValue(item, type.element)));
    case 'map':
      return new DuckDBMapValue(
        (value as MapValue).entries.map(([key, item]) => ({
          key: encodeValue(key, type.key),
          value: encodeValue(item, type.value),
        })),
      );
    case 'struct': {
      const names = storageFieldNames(type);
      const { values } = value as StructValue;
      assert(values.length === type.fields.length, `${values.length} values for ${type.fields.length} fields`);
      return new DuckDBStructValue(
        Object.fromEntries(
          type.fields.map((field, i) => [names[i] ?? field.name, encodeValue(values[i] ?? null, field.type)]),
        ),
      );
    }
    case 'void':
      return null;
    default:
      return value as boolean | number | string;
  }
}
