/** PySpark's captured exception classes, and Java classes that reach Python only as `Py4JJavaError`. */
export type SparkErrorClass =
  | 'AnalysisException'
  | 'ParseException'
  | 'IllegalArgumentException'
  | 'StreamingQueryException'
  | 'QueryExecutionException'
  | 'NumberFormatException'
  | 'ArithmeticException'
  | 'ArrayIndexOutOfBoundsException'
  | 'DateTimeException'
  | 'SparkRuntimeException'
  | 'SparkUpgradeException'
  | 'SparkNoSuchElementException'
  | 'UnsupportedOperationException'
  | 'PythonException'
  | 'UnknownException'
  | 'Py4JError'
  | { readonly java: string };

/** Who can mend it: the program, the machine it runs on, or Marea itself. */
export type Blame = 'learner' | 'environment' | 'marea';

/** A row of the error catalogue: the exception class, Spark's SQLSTATE, and the text built from named parameters. `legacy`: Spark 3.5 prints no `[CODE]`. */
export type ErrorRow = {
  readonly class: SparkErrorClass;
  readonly sqlState?: string;
  readonly legacy?: true;
  readonly blame?: Blame;
  readonly message: (parameters: never) => string;
};
