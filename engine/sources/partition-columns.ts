import {
  dateType,
  doubleType,
  integerType,
  longType,
  stringType,
  timestampType,
  type DataType,
  type StructField,
} from '../core/data-type.ts';
import { sql, sqlString, type Sql } from '../core/sql-text.ts';
import { hiveNull, unescapePath } from '../core/partition-path.ts';
import { storageType } from '../core/storage-type.ts';

export type PartitionValues = ReadonlyMap<string, string | null>;

/** The `k=v` folders between `base` and the file, in order; values un-escaped. */
export function partitionValues(base: string, file: string): PartitionValues {
  const segments = file.slice(base.length, file.lastIndexOf('/')).split('/');
  const values = new Map<string, string | null>();
  for (const segment of segments) {
    const equals = segment.indexOf('=');
    if (equals <= 0) continue;
    const value = unescapePath(segment.slice(equals + 1));
    values.set(unescapePath(segment.slice(0, equals)), value === hiveNull ? null : value);
  }
  return values;
}

/** Partition columns of a listing with the narrowest type that holds every value, as Spark infers them. */
export function inferPartitionColumns(all: readonly PartitionValues[], inferTypes: boolean): readonly StructField[] {
  const columns = new Map<string, DataType[]>();
  for (const values of all)
    for (const [name, value] of values) {
      const types = columns.get(name) ?? [];
      if (value !== null) types.push(inferTypes ? typeOfText(value) : stringType);
      columns.set(name, types);
    }
  return [...columns].map(([name, types]) => ({ name, type: commonType(types), nullable: true }));
}

const order = ['integer', 'long', 'double'];

function commonType(types: readonly DataType[]): DataType {
  const kinds = new Set(types.map((type) => type.kind));
  const [first] = types;
  if (first === undefined) return stringType;
  if (kinds.size === 1) return first;
  if ([...kinds].every((kind) => order.includes(kind)))
    return types.reduce((a, b) => (order.indexOf(b.kind) > order.indexOf(a.kind) ? b : a));
  if ([...kinds].every((kind) => kind === 'date' || kind === 'timestamp')) return timestampType;
  return stringType;
}

function typeOfText(text: string): DataType {
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text);
    if (value >= -2147483648n && value <= 2147483647n) return integerType;
    if (value >= -(2n ** 63n) && value < 2n ** 63n) return longType;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return doubleType;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return dateType;
  if (/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) return timestampType;
  return stringType;
}

/** A partition value as SQL of the column's storage type; local timestamps are placed by the session zone. */
export function partitionValueSql(value: string | null | undefined, type: DataType, zone: string): Sql {
  if (value === null || value === undefined) return sql`CAST(NULL AS ${storageType(type)})`;
  if (type.kind === 'timestamp' && zone !== 'UTC')
    return sql`CAST((TRY_CAST(${sqlString(value)} AS TIMESTAMP) AT TIME ZONE ${sqlString(zone)}) AS TIMESTAMP)`;
  return sql`TRY_CAST(${sqlString(value)} AS ${storageType(type)})`;
}
