import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  FLOAT,
  INTEGER,
  INTERVAL,
  LIST,
  MAP,
  SMALLINT,
  TIMESTAMP,
  TINYINT,
  VARCHAR,
  DuckDBStructType,
  type DuckDBType,
} from '@duckdb/node-api';
import type { DataType } from '../core/data-type.ts';
import { storageFieldNames } from '../core/storage-type.ts';

/** The binding's object for the type that `storageType` writes as text. */
export function duckdbType(type: DataType): DuckDBType {
  switch (type.kind) {
    case 'decimal':
      return DECIMAL(type.precision, type.scale);
    case 'array':
      return LIST(duckdbType(type.element));
    case 'map':
      return MAP(duckdbType(type.key), duckdbType(type.value));
    case 'struct':
      return new DuckDBStructType(
        storageFieldNames(type),
        type.fields.map((field) => duckdbType(field.type)),
      );
    case 'char':
    case 'varchar':
      return VARCHAR;
    case 'day_time_interval':
      return BIGINT;
    case 'year_month_interval':
      return INTEGER;
    default:
      return atomicTypes[type.kind];
  }
}

const atomicTypes = {
  void: INTEGER,
  boolean: BOOLEAN,
  byte: TINYINT,
  short: SMALLINT,
  integer: INTEGER,
  long: BIGINT,
  float: FLOAT,
  double: DOUBLE,
  string: VARCHAR,
  binary: BLOB,
  date: DATE,
  timestamp: TIMESTAMP,
  timestamp_ntz: TIMESTAMP,
  calendar_interval: INTERVAL,
} as const;
