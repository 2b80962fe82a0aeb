import {
  decimalType,
  doubleType,
  longType,
  stringType,
  timestampNtzType,
  binaryType,
  dateType,
  type DataType,
} from '../../../../engine/core/data-type.ts';
import { decimalText, decimalValue, type DecimalValue, type SparkValue } from '../../../../engine/core/spark-value.ts';
import { sql, sqlDouble, sqlInteger, sqlString, sqlWord, type Sql } from '../../../../engine/core/sql-text.ts';
import type { Column } from '../catalog/catalog.ts';
import { familyOf, isBigUnsigned, type SqlType } from '../catalog/sql-type.ts';
import { bytesSql, momentSql } from '../compile/compile-literal.ts';

/** A cell in the form in which DuckDB keeps it; `storedDataType` says which. */
export type StoredValue = SparkValue;
/** The row's number, then a value for each column in the catalogue's order. */
export type StoredRow = { readonly number: bigint; readonly values: readonly StoredValue[] };

/** How a column is read from DuckDB: whole numbers and times (microseconds) as bigint. */
export function storedDataType(type: SqlType): DataType {
  switch (familyOf(type)) {
    case 'integer':
    case 'bit':
      return longType;
    case 'decimal':
      return decimalType(Math.min(38, type.digits), type.scale);
    case 'double':
      return doubleType;
    case 'binary':
      return binaryType;
    case 'date':
      return dateType;
    case 'datetime':
      return timestampNtzType;
    case 'time':
      return longType;
    case 'null':
    case 'text':
      return stringType;
  }
}

const storedNames: Readonly<Record<string, string>> = {
  long: 'BIGINT',
  double: 'DOUBLE',
  binary: 'BLOB',
  date: 'DATE',
  timestamp_ntz: 'TIMESTAMP',
  string: 'VARCHAR',
};

/** The binding's appender knows no UBIGINT: what it appends as DECIMAL, DuckDB casts. */
export const appendedDataType = (type: SqlType): DataType =>
  isBigUnsigned(type) ? decimalType(20, 0) : storedDataType(type);
export const appendedValue = (value: StoredValue, type: SqlType): StoredValue =>
  value !== null && isBigUnsigned(type) ? decimalValue(value as bigint, 0) : value;

export function storedTypeSql(column: Column): Sql {
  if (isBigUnsigned(column.type)) return sql`UBIGINT`;
  const type = storedDataType(column.type);
  return sqlWord(
    type.kind === 'decimal' ? `DECIMAL(${type.precision},${type.scale})` : (storedNames[type.kind] ?? 'VARCHAR'),
  );
}

/** A cell as a constant of DuckDB's SQL. */
export function storedLiteral(value: StoredValue, column: Column): Sql {
  if (value === null) return sql`NULL`;
  const type = storedDataType(column.type);
  switch (type.kind) {
    case 'long':
      return sqlInteger(value as bigint);
    case 'decimal':
      return sql`CAST(${sqlString(decimalText(value as DecimalValue))} AS ${storedTypeSql(column)})`;
    case 'double':
      return sqlDouble(value as number);
    case 'binary':
      return bytesSql(value as Uint8Array);
    case 'date':
      return sql`CAST(${momentSql(BigInt(value as number) * 86_400_000_000n)} AS DATE)`;
    case 'timestamp_ntz':
      return momentSql(value as bigint);
    default:
      return sqlString(value as string);
  }
}

/** The same text for cells that are the same. */
export function cellText(value: StoredValue): string {
  if (value === null) return 'null';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'object' && 'unscaled' in value) return decimalText(value);
  return String(value as string | number | bigint);
}
