import type { DataType } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlInteger, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import { raiseError } from './raise-error.ts';

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

const overflowWords: Readonly<Record<string, string>> = {
  byte: 'tinyint',
  short: 'smallint',
  integer: 'integer',
  long: 'long',
};

/** `alternative`: the `try_` function that the text proposes, or an empty text. */
export const overflowError = (type: DataType, alternative: string): Sql =>
  raiseError('ARITHMETIC_OVERFLOW', { message: `${overflowWords[type.kind] ?? type.kind} overflow`, alternative });

/** Spark's words where no type is named. */
export const plainOverflow = (): Sql => raiseError('ARITHMETIC_OVERFLOW', { message: 'Overflow', alternative: '' });

/** With ANSI on: `wide` where it fits the integral type, Spark's overflow error where not. */
export const integerOrError = (wide: Sql, type: DataType, error: Sql): Sql =>
  bindValue(
    wide,
    (value) =>
      sql`CASE WHEN ${value} IS NOT NULL THEN coalesce(TRY_CAST(${value} AS ${storageType(type)}), ${error}) END`,
  );

/** A double as a long, as Java narrows: saturating, NaN is 0. */
export const doubleToLong = (value: Sql): Sql =>
  bindValue(
    value,
    (x) =>
      sql`(CASE WHEN isnan(${x}) THEN 0 WHEN ${x} >= 9223372036854775807 THEN 9223372036854775807 WHEN ${x} <= -9223372036854775808 THEN -9223372036854775808 ELSE trunc(${x})::BIGINT END)::BIGINT`,
  );
