import type { DataType } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';

const bits = (type: DataType): bigint =>
  type.kind === 'byte' ? 8n : type.kind === 'short' ? 16n : type.kind === 'integer' ? 32n : 64n;

/**
 * A result that may not fit its integral type, brought back as Java does: its low bits as two's complement. `value` is computed in a wider type
 * (`widerInteger`). DuckDB itself raises on every overflow.
 */
export function wrapInteger(value: Sql, type: DataType): Sql {
  const half = sqlInteger(1n << (bits(type) - 1n));
  const mask = sqlInteger((1n << bits(type)) - 1n);
  return sql`((((${value}) + ${half}) & ${mask}) - ${half})::${storageType(type)}`;
}

/** The argument in a type where one `+`, `-` or `*` cannot overflow. */
export const widerInteger = (value: Sql, type: DataType): Sql =>
  type.kind === 'long' ? sql`(${value})::HUGEINT` : sql`(${value})::BIGINT`;

export const castTo = (value: Sql, type: DataType): Sql => sql`(${value})::${storageType(type)}`;

/** The word of Spark's overflow message. */
export const overflowWord = (type: DataType): string =>
  type.kind === 'long' ? 'long' : type.kind === 'integer' ? 'integer' : simpleWord(type);

const simpleWord = (type: DataType): string => (type.kind === 'byte' ? 'tinyint' : 'smallint');

/** A double as a long, as Java narrows: saturating, NaN is 0. */
export const doubleToLong = (value: Sql): Sql =>
  sql`(CASE WHEN isnan(${value}) THEN 0 WHEN ${value} >= 9223372036854775807 THEN 9223372036854775807 WHEN ${value} <= -9223372036854775808 THEN -9223372036854775808 ELSE trunc(${value})::BIGINT END)`;
