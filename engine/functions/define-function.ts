import type { DataType } from '../core/data-type.ts';
import type { Sql } from '../core/sql-text.ts';
import type { SparkValue } from '../core/spark-value.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';

/**
 * What an argument must be, in Spark's words for implicit casts (ANSI off). A value that cannot be cast gives
 * `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE`. `common`: all arguments marked so are cast to their widest common type.
 * `comparable`: as `common`, with the coercion of comparisons (string with number → number). `literal_*`: must be foldable.
 */
export type ArgumentRule =
  | 'any'
  | 'boolean'
  | 'integer'
  | 'long'
  | 'integral'
  | 'double'
  | 'numeric'
  | 'decimal_or_double'
  | 'string'
  | 'string_or_binary'
  | 'binary'
  | 'date'
  | 'timestamp'
  | 'datetime'
  | 'interval'
  | 'array'
  | 'map'
  | 'array_or_map'
  | 'struct'
  | 'common'
  | 'comparable'
  | 'arithmetic'
  | 'literal_string'
  | 'literal_integer'
  | 'lambda'
  | { readonly type: DataType };

/** What a row may look at when it decides its type: the arguments after coercion. */
export type CallShape = { readonly args: readonly BoundExpression[]; readonly types: readonly DataType[]; readonly literals: readonly (SparkValue | undefined)[]; readonly ansi: boolean };

/** What SQL is written from. `literals[i]` is defined where argument i is a literal (null is a value). */
export type CompiledCall = {
  readonly args: readonly Sql[];
  readonly types: readonly DataType[];
  readonly literals: readonly (SparkValue | undefined)[];
  readonly type: DataType;
  readonly context: CompileContext;
};

/** What a query's SQL may depend on besides its plan. */
export type CompileContext = {
  /** Session time zone, an IANA name or offset. */
  readonly zone: string;
  readonly ansi: boolean;
  /** Microseconds since 1970 of the batch: `current_timestamp()` is constant within it. */
  readonly nowUs: bigint;
  /** `spark.sql.legacy.timeParserPolicy`. */
  readonly timeParserPolicy: 'EXCEPTION' | 'CORRECTED' | 'LEGACY';
};

/** Arguments in text form with Spark's recorded answer last, as `show` prints it; null is NULL. Each is a test. */
export type Example = readonly (string | number | boolean | null)[] | { readonly sql: string; readonly answer: string | null };

type Arity = {
  readonly takes: readonly ArgumentRule[];
  /** How many of the last arguments may be left out. */
  readonly optional?: number;
  /** The last rule repeats; with `optional: 1` it may also be absent. */
  readonly variadic?: boolean;
};
type Typing = {
  readonly returns: DataType | ((shape: CallShape) => DataType);
  /** Default: NULL exactly when an argument may be NULL. */
  readonly nullable?: 'never' | 'always' | ((shape: CallShape) => boolean);
  /** Refuses, with Spark's error, what types alone do not catch. */
  readonly check?: (shape: CallShape) => void;
  /** Other names of the same function; Spark prints the spelling used unless `printsAs` says otherwise. */
  readonly aliases?: readonly string[];
  /** Spark's printed form where it is not `name(a, b)`: gets the printed arguments. */
  readonly text?: (args: readonly string[], spelling: string) => string;
  readonly examples: readonly Example[];
};

export type ScalarFunction = Arity & Typing & {
  readonly kind: 'scalar';
  readonly sql: (call: CompiledCall) => Sql;
  /** Never folded, never shared between two uses: `rand`, `uuid`, `monotonically_increasing_id`. */
  readonly nondeterministic?: true;
};

/** One column that a state table keeps for an aggregate. `merge` turns many partial values into one, with the same type. */
export type PartialColumn = {
  readonly type: DataType;
  /** Aggregate over the batch's input rows. */
  readonly partial: (call: CompiledCall) => Sql;
  /** Aggregate over partial values held in the column `column`. */
  readonly merge: (column: Sql) => Sql;
};

export type AggregateFunction = Arity & Typing & {
  readonly kind: 'aggregate';
  /** The whole aggregate over input rows: batch queries, window frames. `order` = a column that gives arrival order, where the function needs one. */
  readonly sql: (call: CompiledCall) => Sql;
  /**
   * How it splits for streaming state: partial columns, and the answer over merged columns.
   * `keeps_values`: no split exists; the state keeps the argument values and `sql` runs over them.
   */
  readonly split: { readonly columns: readonly PartialColumn[]; readonly final: (columns: readonly Sql[], call: CompiledCall) => Sql } | 'keeps_values';
};

/** Ranking and offset functions, only valid with OVER. */
export type WindowFunction = Arity & Typing & {
  readonly kind: 'window';
  readonly sql: (call: CompiledCall) => Sql;
};

/** `explode` and its family: become a generate relation. `outer` is a property of the name (`explode_outer`). */
export type GeneratorFunction = Arity & {
  readonly kind: 'generator';
  readonly generator: 'explode' | 'posexplode' | 'inline' | 'stack' | 'json_tuple';
  readonly outer: boolean;
};

export type FunctionRow = ScalarFunction | AggregateFunction | WindowFunction | GeneratorFunction;
export type FunctionTable = Readonly<Record<string, FunctionRow>>;
