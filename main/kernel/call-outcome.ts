import { javaClassName, SparkError } from '../../engine/core/spark-error.ts';
import type { CallOutcome } from './kernel-messages.ts';

/** The rejection of a port, as Python raises it. What is no `SparkError` is a fault of ours and says so. */
export function failedOutcome(error: unknown): CallOutcome {
  const known = error instanceof SparkError ? error : internalError(error);
  return {
    error: {
      class: typeof known.errorClass === 'string' ? known.errorClass : null,
      java: javaClassName(known.errorClass),
      message: known.message,
      condition: known.condition ?? null,
      parameters: known.parameters,
      sqlState: known.sqlState ?? null,
      causes: causesOf(known),
    },
  };
}

function causesOf({ cause }: SparkError): readonly { readonly java: string; readonly message: string }[] {
  if (!(cause instanceof SparkError)) return [];
  return [{ java: javaClassName(cause.errorClass), message: cause.message }, ...causesOf(cause)];
}

function internalError(error: unknown): SparkError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new SparkError({ java: 'org.apache.spark.SparkException' }, `[INTERNAL_ERROR] Marea: ${text}`, {
    condition: 'INTERNAL_ERROR',
    sqlState: 'XX000',
    blame: 'marea',
    cause: error,
  });
}
