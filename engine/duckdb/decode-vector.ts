import {
  DuckDBBlobVector,
  DuckDBDateVector,
  DuckDBDecimal128Vector,
  DuckDBDecimal16Vector,
  DuckDBDecimal32Vector,
  DuckDBDecimal64Vector,
  DuckDBIntervalVector,
  DuckDBListVector,
  DuckDBMapVector,
  DuckDBStructVector,
  DuckDBTimestampVector,
  type DuckDBDataChunk,
  type DuckDBVector,
} from '@duckdb/node-api';
import { assert } from '../core/assert-never.ts';
import type { ArrayType, DataType, DecimalType, MapType, StructType } from '../core/data-type.ts';
import { decimalValue, mapValue, structValue, type MapValue, type Row, type SparkValue } from '../core/spark-value.ts';
import { decodeValue } from './decode-value.ts';

/** The rows of a chunk as Spark values; `types` one for each column, as core/storage-type stores them. */
export function decodeChunk(chunk: DuckDBDataChunk, types: readonly DataType[]): Row[] {
  assert(chunk.columnCount === types.length, `${chunk.columnCount} columns for ${types.length} types`);
  const columns = types.map((type, i) => decodeVector(chunk.getColumnVector(i), type, chunk.rowCount));
  const rows: Row[] = [];
  for (let row = 0; row < chunk.rowCount; row += 1) rows.push(columns.map((column) => column[row] ?? null));
  return rows;
}

/** The first `count` values of one column. */
export function decodeVector(vector: DuckDBVector, type: DataType, count: number): SparkValue[] {
  switch (type.kind) {
    case 'timestamp':
    case 'timestamp_ntz':
      assert(vector instanceof DuckDBTimestampVector, `${vector.type.toString()} is not TIMESTAMP`);
      return fill(count, (i) => vector.getItem(i)?.micros ?? null);
    case 'date':
      assert(vector instanceof DuckDBDateVector, `${vector.type.toString()} is not DATE`);
      return fill(count, (i) => vector.getItem(i)?.days ?? null);
    case 'binary':
      assert(vector instanceof DuckDBBlobVector, `${vector.type.toString()} is not BLOB`);
      return fill(
        count,
        (i) => Uint8Array.from(vector.getItemBytes(i) ?? []),
        (i) => vector.getItemBytes(i) === null,
      );
    case 'calendar_interval':
      assert(vector instanceof DuckDBIntervalVector, `${vector.type.toString()} is not INTERVAL`);
      return fill(count, (i) => decodeValue(vector.getItem(i), type));
    case 'decimal':
      return decodeDecimals(vector, type, count);
    case 'array':
      return decodeLists(vector, type, count);
    case 'struct':
      return decodeStructs(vector, type, count);
    case 'map':
      return decodeMaps(vector, type, count);
    case 'void':
      return fill(count, () => null);
    default:
      return fill(count, (i) => vector.getItem(i) as SparkValue);
  }
}

function fill(count: number, read: (index: number) => SparkValue, isNull?: (index: number) => boolean): SparkValue[] {
  const values: SparkValue[] = [];
  for (let i = 0; i < count; i += 1) values.push(isNull?.(i) === true ? null : read(i));
  return values;
}

function decodeDecimals(vector: DuckDBVector, type: DecimalType, count: number): SparkValue[] {
  if (vector instanceof DuckDBDecimal16Vector || vector instanceof DuckDBDecimal32Vector) {
    return fill(count, (i) => {
      const scaled = vector.getScaledValue(i);
      return scaled === null ? null : decimalValue(BigInt(scaled), type.scale);
    });
  }
  assert(
    vector instanceof DuckDBDecimal64Vector || vector instanceof DuckDBDecimal128Vector,
    `${vector.type.toString()} is not DECIMAL`,
  );
  return fill(count, (i) => {
    const scaled = vector.getScaledValue(i);
    return scaled === null ? null : decimalValue(scaled, type.scale);
  });
}

/** The elements of all rows are decoded once and cut, which is much faster than one small vector for each row. */
function decodeLists(vector: DuckDBVector, type: ArrayType, count: number): SparkValue[] {
  assert(vector instanceof DuckDBListVector, `${vector.type.toString()} is not LIST`);
  const elements = decodeVector(vector.childVector, type.element, vector.childVector.itemCount);
  const isValid = validity(vector);
  return fill(count, (i) => {
    if (!isValid(i)) return null;
    const start = vector.getEntryOffset(i);
    return elements.slice(start, start + vector.getEntryLength(i));
  });
}

function decodeStructs(vector: DuckDBVector, type: StructType, count: number): SparkValue[] {
  assert(vector instanceof DuckDBStructVector, `${vector.type.toString()} is not STRUCT`);
  const fields = type.fields.map((field, i) => decodeVector(vector.entryVectorAt(i), field.type, count));
  return fill(count, (i) => (vector.isItemValid(i) ? structValue(fields.map((field) => field[i] ?? null)) : null));
}

function decodeMaps(vector: DuckDBVector, type: MapType, count: number): SparkValue[] {
  assert(vector instanceof DuckDBMapVector, `${vector.type.toString()} is not MAP`);
  return fill(count, (i): MapValue | null => {
    const item = vector.getItem(i);
    if (item === null) return null;
    return mapValue(
      item.entries.map((entry) => [decodeValue(entry.key, type.key), decodeValue(entry.value, type.value)] as const),
    );
  });
}

const validity = (vector: DuckDBListVector): ((index: number) => boolean) => {
  const slices = vector;
  return (index) => slices.getItemVector(index) !== null;
};
