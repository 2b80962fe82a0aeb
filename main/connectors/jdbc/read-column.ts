import type { RelationalColumn, RelationalValue } from '../../../engine/api/relational-client.ts';
import {
  binaryType,
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  integerType,
  longType,
  shortType,
  stringType,
  timestampNtzType,
  timestampType,
  type DataType,
} from '../../../engine/core/data-type.ts';
import { decimalValue, parseDecimal, type SparkValue } from '../../../engine/core/spark-value.ts';
import { daysOf, instantOf, timeOfDay } from './wall-time.ts';

const maxPrecision = 38;

/** Spark's type of a column (`MySQLDialect` over Connector/J's metadata); source: `services/jdbc_tipos`. */
export function sparkType(column: RelationalColumn, prefersNtz: boolean): DataType {
  switch (column.type) {
    case 'tinyint':
      if (column.unsigned) return shortType;
      return column.length === 1 ? booleanType : byteType;
    case 'smallint':
    case 'mediumint':
      return integerType;
    case 'int':
      return column.unsigned ? longType : integerType;
    case 'bigint':
      return column.unsigned ? decimalType(20, 0) : longType;
    case 'decimal':
      return decimalType(Math.min(column.length, maxPrecision), Math.min(column.scale, maxPrecision));
    case 'float':
    case 'double':
      return doubleType;
    case 'bit':
      return column.length === 1 ? booleanType : longType;
    case 'year':
    case 'date':
      return dateType;
    case 'datetime':
    case 'timestamp':
      return prefersNtz ? timestampNtzType : timestampType;
    case 'time':
      return timestampType;
    case 'binary':
    case 'varbinary':
    case 'tinyblob':
    case 'blob':
    case 'mediumblob':
    case 'longblob':
    case 'null':
      return binaryType;
    default:
      return stringType;
  }
}

export type ReadValue = (value: RelationalValue) => SparkValue;

/** How values of a column become values of a Spark type, which `customSchema` may have chosen. `zone`: the Java process's. */
export function columnReader(column: RelationalColumn, type: DataType, zone: string): ReadValue {
  const read = typeReader(column, type, zone);
  return (value) => (value === null ? null : read(value));
}

function typeReader(
  column: RelationalColumn,
  type: DataType,
  zone: string,
): (value: NonNullable<RelationalValue>) => SparkValue {
  switch (type.kind) {
    case 'boolean':
      return (value) => numberOf(value) !== 0;
    case 'byte':
    case 'short':
    case 'integer':
    case 'float':
    case 'double':
      return numberOf;
    case 'long':
      return (value) => (typeof value === 'bigint' ? value : BigInt(Math.trunc(numberOf(value))));
    case 'decimal':
      return (value) => decimalOf(value, type.precision, type.scale);
    case 'date':
      return (value) => (typeof value === 'number' ? daysOf(`${value}-01-01`) : daysOf(String(value)));
    case 'timestamp':
      return column.type === 'time'
        ? (value) => timeOfDay(String(value), zone)
        : (value) => instantOf(String(value), zone);
    case 'timestamp_ntz':
      return (value) => instantOf(String(value), 'UTC');
    case 'binary':
      return (value) => (value instanceof Uint8Array ? value : Buffer.from(String(value)));
    default:
      return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : String(value));
  }
}

function numberOf(value: NonNullable<RelationalValue>): number {
  if (!(value instanceof Uint8Array)) return Number(value);
  return value.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Rounded to the scale half away from zero, as Java's HALF_UP; NULL where it has more digits than the type. */
function decimalOf(value: NonNullable<RelationalValue>, precision: number, scale: number): SparkValue {
  const exact =
    typeof value === 'bigint'
      ? decimalValue(value, 0)
      : parseDecimal(String(value instanceof Uint8Array ? numberOf(value) : value));
  const unscaled =
    exact.scale <= scale
      ? exact.unscaled * 10n ** BigInt(scale - exact.scale)
      : divideHalfUp(exact.unscaled, 10n ** BigInt(exact.scale - scale));
  return (unscaled < 0n ? -unscaled : unscaled) < 10n ** BigInt(precision) ? decimalValue(unscaled, scale) : null;
}

function divideHalfUp(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (size + by / 2n) / by;
  return value < 0n ? -rounded : rounded;
}
