import type { ErrorCode, ErrorParameters } from '../core/error-catalog.ts';
import { sparkError, type SparkError } from '../core/spark-error.ts';
import { sql, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';

/** Stands in an error's parameter for a value that only the row knows. */
const hole = (index: number): string => `\u0001${index}\u0002`;

/**
 * SQL that raises an error of Spark's when it is evaluated, wherever it stands in an expression (type NULL, so it fits every CASE).
 * DuckDB sees `error('MAREA_ERROR {json}')`, json = class, condition, message, sqlState; `engine/duckdb/translate-error.ts` makes the `SparkError` again.
 */
export const raiseError = <Code extends ErrorCode>(code: Code, parameters: ErrorParameters<Code>): Sql =>
  raise(sparkError(code, parameters), []);

/** As `raiseError`, with `values` (SQL of type VARCHAR, never NULL) where `parameters` says `at(0)`, `at(1)`… */
export const raiseErrorWith = <Code extends ErrorCode>(
  code: Code,
  parameters: (at: (index: number) => string) => ErrorParameters<Code>,
  values: readonly Sql[],
): Sql => raise(sparkError(code, parameters(hole)), values);

/** The same error raised as another class: Spark's casts share a text and differ in the exception. */
export const raiseAs = (error: SparkError, values: readonly Sql[] = []): Sql => raise(error, values);

function raise(error: SparkError, values: readonly Sql[]): Sql {
  const { errorClass, condition, message, sqlState } = error;
  const text = `MAREA_ERROR ${JSON.stringify({ class: errorClass, condition, message, sqlState })}`;
  // JSON.stringify writes control characters as \u0001, so the holes are found in that spelling.
  const pieces = text.split(/\\u0001(\d+)\\u0002/);
  const parts = pieces.map((piece, i) =>
    i % 2 === 0 ? sqlString(piece) : jsonInside(values[Number(piece)] ?? sqlString('')),
  );
  return sql`error(${sqlJoin(parts, ' || ')})`;
}

/** The text as it stands between the quotes of a JSON string. */
const jsonInside = (value: Sql): Sql => sql`(to_json(${value})::VARCHAR)[2:-2]`;
