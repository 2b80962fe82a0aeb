import { sparkError, SparkError } from '../core/spark-error.ts';
import type { SparkErrorClass } from '../core/error-row.ts';
import { sql, sqlString, type Sql } from '../core/sql-text.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { DataType } from '../core/data-type.ts';
import type { CastMode } from '../plan/bound-expression.ts';
import type { CompileContext } from './define-function.ts';
import { raiseAs } from './raise-error.ts';

/** One cast to write: `value` is cheap to repeat. */
export type CastRequest = {
  readonly value: Sql;
  readonly from: DataType;
  readonly to: DataType;
  readonly mode: CastMode;
  readonly context: CompileContext;
};

/** `attempt` gives NULL where the value does not fit; with ANSI on that is an error, unless the value itself is NULL. */
export const orFail = (request: CastRequest, attempt: Sql, failure: () => Sql): Sql =>
  request.mode === 'ansi'
    ? sql`CASE WHEN ${request.value} IS NOT NULL THEN coalesce(${attempt}, ${failure()}) END`
    : attempt;

/** Spark's classes for the same sentence. */
function malformedClass(to: DataType): SparkErrorClass {
  switch (to.kind) {
    case 'boolean':
      return 'SparkRuntimeException';
    case 'date':
    case 'timestamp':
    case 'timestamp_ntz':
      return 'DateTimeException';
    default:
      return 'NumberFormatException';
  }
}

const mark = '\u00010\u0002';

/** `[CAST_INVALID_INPUT]`; strings are quoted in the text, numbers carry Spark's literal suffix. */
export function malformedCast(request: CastRequest): Sql {
  const isText = request.from.kind === 'string';
  const error = sparkError('CAST_INVALID_INPUT', {
    value: isText ? `'${mark}'` : mark,
    from: sqlTypeName(request.from),
    to: sqlTypeName(request.to),
  });
  const { message, condition, sqlState } = error;
  const details = { ...(condition ? { condition } : {}), ...(sqlState ? { sqlState } : {}) };
  return raiseAs(new SparkError(malformedClass(request.to), message, details), [shownNumber(request)]);
}

export const castOverflow = (request: CastRequest): Sql =>
  raiseAs(sparkError('CAST_OVERFLOW', { value: mark, from: sqlTypeName(request.from), to: sqlTypeName(request.to) }), [
    shownNumber(request),
  ]);

export const decimalOutOfRange = (request: CastRequest, precision: number, scale: number): Sql =>
  raiseAs(
    sparkError('NUMERIC_VALUE_OUT_OF_RANGE', { value: mark, precision: String(precision), scale: String(scale) }),
    [sql`${request.value}::VARCHAR`],
  );

/** The value as Spark's SQL literal: `300S`, `3000000000L`, `1.0E20D`, `99999999999BD`. */
function shownNumber({ value, from }: CastRequest): Sql {
  switch (from.kind) {
    case 'byte':
      return suffixed(value, 'Y');
    case 'short':
      return suffixed(value, 'S');
    case 'long':
      return suffixed(value, 'L');
    case 'decimal':
      return suffixed(value, 'BD');
    case 'float':
      return sql`CASE WHEN isfinite(${value}) THEN marea_double_text(${value}::DOUBLE) || 'F' ELSE marea_double_text(${value}::DOUBLE) END`;
    case 'double':
      return sql`CASE WHEN isfinite(${value}) THEN marea_double_text(${value}) || 'D' ELSE marea_double_text(${value}) END`;
    case 'timestamp':
      return sql`'TIMESTAMP ''' || ${value}::VARCHAR || ''''`;
    default:
      return sql`${value}::VARCHAR`;
  }
}

const suffixed = (value: Sql, suffix: string): Sql => sql`${value}::VARCHAR || ${sqlString(suffix)}`;
