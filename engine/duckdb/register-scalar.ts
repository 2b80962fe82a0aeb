import { DuckDBScalarFunction, type DuckDBConnection } from '@duckdb/node-api';
import type { JsScalar } from '../core/js-scalar.ts';
import { SparkError } from '../core/spark-error.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { decodeVector } from './decode-vector.ts';
import { duckdbType } from './duckdb-type.ts';
import { encodeValue } from './encode-value.ts';

/** Makes a JavaScript function callable from SQL in every connection of the instance. */
export function registerScalar(connection: DuckDBConnection, scalar: JsScalar): void {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: scalar.name,
      parameterTypes: scalar.takes.map(duckdbType),
      returnType: duckdbType(scalar.returns),
      // DuckDB must not answer NULL by itself: the same code decides for constants and for columns.
      specialHandling: true,
      mainFunction: (info, chunk, output) => {
        try {
          const columns = scalar.takes.map((type, i) => decodeVector(chunk.getColumnVector(i), type, chunk.rowCount));
          for (let row = 0; row < chunk.rowCount; row += 1) {
            const args = columns.map((column) => column[row] ?? null);
            output.setItem(row, encodeValue(evaluate(scalar, args), scalar.returns));
          }
          output.flush();
        } catch (error) {
          info.setError(errorText(error));
        }
      },
    }),
  );
}

const evaluate = (scalar: JsScalar, args: readonly SparkValue[]): SparkValue =>
  scalar.seesNulls !== true && args.includes(null) ? null : scalar.evaluate(...args);

/** The form that `translateError` reads back on the other side of DuckDB. */
function errorText(error: unknown): string {
  if (!(error instanceof SparkError)) return error instanceof Error ? error.message : String(error);
  const { errorClass, condition, message, sqlState } = error;
  return `MAREA_ERROR ${JSON.stringify({ class: errorClass, condition, message, sqlState })}`;
}
