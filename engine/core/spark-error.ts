import { assertNever } from './assert-never.ts';
import { errorCatalog, type ErrorCode, type ErrorParameters } from './error-catalog.ts';
import type { Blame, SparkErrorClass } from './error-row.ts';

/** The place in the learner's program that built the failing node. */
export type Origin = { readonly cell: string; readonly line: number };

export type SparkErrorDetails = {
  /** Spark's error class, for example `UNRESOLVED_COLUMN.WITH_SUGGESTION`; absent for legacy sentences. */
  readonly condition?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly sqlState?: string;
  readonly blame?: Blame;
  readonly origin?: Origin;
  readonly cause?: unknown;
};

/**
 * An error exactly as a learner sees it: the class PySpark raises and the text `str(e)` gives.
 * A Java class that PySpark does not capture travels as `{ java }` and becomes `Py4JJavaError` in Python.
 */
export class SparkError extends Error {
  readonly errorClass: SparkErrorClass;
  readonly condition: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly sqlState: string | undefined;
  readonly blame: Blame;
  readonly origin: Origin | undefined;

  constructor(errorClass: SparkErrorClass, message: string, details: SparkErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = typeof errorClass === 'string' ? errorClass : errorClass.java;
    this.errorClass = errorClass;
    this.condition = details.condition;
    this.parameters = details.parameters ?? {};
    this.sqlState = details.sqlState;
    this.blame = details.blame ?? 'learner';
    this.origin = details.origin;
  }

  /** The same error with another text. */
  withMessage(message: string): SparkError {
    return new SparkError(this.errorClass, message, {
      ...this.details(),
      ...(this.origin === undefined ? {} : { origin: this.origin }),
    });
  }

  /** The same error placed in the learner's program; the first place found is kept. */
  at(origin: Origin | undefined): SparkError {
    if (this.origin || !origin) return this;
    return new SparkError(this.errorClass, this.message, { ...this.details(), origin });
  }

  private details(): SparkErrorDetails {
    return {
      parameters: this.parameters,
      blame: this.blame,
      cause: this.cause,
      ...(this.condition === undefined ? {} : { condition: this.condition }),
      ...(this.sqlState === undefined ? {} : { sqlState: this.sqlState }),
    };
  }
}

/** An error of the catalogue: `[CODE] text`, or the bare text where Spark 3.5 has only a legacy sentence. */
export function sparkError<Code extends ErrorCode>(
  code: Code,
  parameters: ErrorParameters<Code>,
  details: SparkErrorDetails = {},
): SparkError {
  const row = errorCatalog[code];
  const text = (row.message as (p: ErrorParameters<Code>) => string)(parameters);
  const legacy = 'legacy' in row && row.legacy === true;
  return new SparkError(row.class, legacy ? text : `[${code}] ${text}`, {
    // `getErrorClass()` of a legacy sentence answers its number; those without one have no condition.
    ...(legacy && !code.startsWith('_LEGACY_ERROR_TEMP_') ? {} : { condition: code }),
    ...('sqlState' in row ? { sqlState: row.sqlState } : {}),
    blame: 'blame' in row ? row.blame : 'learner',
    parameters: Object.fromEntries(
      Object.entries(parameters as Record<string, unknown>).map(([key, value]) => [key, String(value)]),
    ),
    ...details,
  });
}

/** The fully qualified Java class name behind a PySpark exception, as `Py4JJavaError` and traces print it. */
export function javaClassName(errorClass: SparkErrorClass): string {
  if (typeof errorClass !== 'string') return errorClass.java;
  switch (errorClass) {
    case 'AnalysisException':
      return 'org.apache.spark.sql.AnalysisException';
    case 'ParseException':
      return 'org.apache.spark.sql.catalyst.parser.ParseException';
    case 'StreamingQueryException':
      return 'org.apache.spark.sql.streaming.StreamingQueryException';
    case 'QueryExecutionException':
      return 'org.apache.spark.sql.execution.QueryExecutionException';
    case 'IllegalArgumentException':
    case 'NumberFormatException':
    case 'ArithmeticException':
    case 'ArrayIndexOutOfBoundsException':
    case 'UnsupportedOperationException':
      return `java.lang.${errorClass}`;
    case 'DateTimeException':
      return 'java.time.DateTimeException';
    case 'SparkRuntimeException':
    case 'SparkUpgradeException':
    case 'SparkNoSuchElementException':
      return `org.apache.spark.${errorClass}`;
    case 'PythonException':
      return 'org.apache.spark.api.python.PythonException';
    case 'UnknownException':
      return 'java.lang.RuntimeException';
    case 'Py4JError':
      return 'py4j.protocol.Py4JError';
    default:
      return assertNever(errorClass, 'error class');
  }
}
