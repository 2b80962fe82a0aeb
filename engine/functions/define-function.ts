import type { DataType, StructField } from '../core/data-type.ts';
import { sql, sqlJoin, sqlWord, type Sql } from '../core/sql-text.ts';
import type { SparkValue } from '../core/spark-value.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';

/**
 * What an argument must be, in Spark's words for implicit casts (ANSI off). A value that cannot be cast gives
 * `DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE`. `common`: all arguments marked so are cast to their widest common type.
 * `comparable`: as `common`, with the coercion of comparisons (string with number → number). `literal_*`: must be foldable.
 * `arithmetic`: numbers (a string becomes double) to their common type, but two decimals keep their own precision and scale, and an integer beside a
 * decimal becomes the decimal that holds it; dates, timestamps and intervals stay as they are. `division`: as `arithmetic`, then what is not decimal becomes
 * double. `integral_division`: as `arithmetic`, then integers become long. `element`: cast together with the elements of the first argument (an array) to their
 * common type. `key`: the same with the keys of the first argument, where that is a map; where it is an array, integer. `map_key`, `map_value`: all
 * so marked are cast to one common type. `decimal_or_double`: decimals stay, any other number becomes double. `concat`: all binary, or all arrays of one common
 * type, or else all strings. `strings`: string, or array of strings.
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
  | 'division'
  | 'integral_division'
  | 'element'
  | 'key'
  | 'map_key'
  | 'map_value'
  | 'concat'
  | 'strings'
  | 'literal_string'
  | 'literal_integer'
  | 'lambda'
  | { readonly type: DataType };

/** What a row may look at when it decides its type: the arguments after coercion. */
export type CallShape = {
  readonly args: readonly BoundExpression[];
  readonly types: readonly DataType[];
  readonly literals: readonly (SparkValue | undefined)[];
  readonly ansi: boolean;
};

/**
 * A lambda argument, ready to be written: `lambda ${parameters}: ${body(...parameters)}`. `parameters` are DuckDB names that no other lambda around has, as many
 * as the learner wrote. `body` gives the text with any other SQL in their place (an index that starts at 0, a field of an accumulator).
 */
export type CompiledLambda = {
  readonly parameters: readonly Sql[];
  readonly body: (...values: readonly Sql[]) => Sql;
  readonly type: DataType;
};

/**
 * What SQL is written from. The text a row gives may stand beside any operator: it is a call, a CASE or in parentheses. `literals[i]` is defined where argument i is a literal (null is a value),
 * `lambdas[i]` where it is a lambda (its `args[i]` is empty).
 */
export type CompiledCall = {
  readonly args: readonly Sql[];
  readonly lambdas: readonly (CompiledLambda | undefined)[];
  readonly types: readonly DataType[];
  readonly literals: readonly (SparkValue | undefined)[];
  readonly type: DataType;
  readonly context: CompileContext;
};

/** An aggregate also sees how it was asked for. Rows write every DuckDB aggregate with `aggregateOf`, which adds what is here. */
export type AggregateCall = CompiledCall & {
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  /** `FILTER (WHERE …)`: a boolean over input rows. */
  readonly filter?: Sql;
  /** What follows OVER, in parentheses, when the aggregate is a window function. */
  readonly over?: Sql;
  /** A column, or an expression over input rows, that gives arrival order. Absent in a window, where the frame's order is it. */
  readonly order?: Sql;
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
export type Example =
  | readonly (string | number | boolean | null)[]
  | { readonly sql: string; readonly answer: string | null };

type Arity = {
  readonly takes: readonly ArgumentRule[];
  /** How many of the last arguments may be left out. */
  readonly optional?: number;
  /** The last rule repeats; with `optional: 1` it may also be absent. `pairs`: the last two rules repeat together. */
  readonly variadic?: boolean | 'pairs';
};
type Typing = {
  readonly returns: DataType | ((shape: CallShape) => DataType);
  /** Default: NULL exactly when an argument may be NULL. */
  readonly nullable?: 'never' | 'always' | ((shape: CallShape) => boolean);
  /** Refuses, with Spark's error, what types alone do not catch. */
  readonly check?: (shape: CallShape) => void;
  /** Other names of the same function; Spark prints the spelling used unless `printsAs` says otherwise. */
  readonly aliases?: readonly string[];
  /** Spark's printed form where it is not `name(a, b)`: gets the printed arguments, and their types. */
  readonly text?: (args: readonly string[], spelling: string, types: readonly DataType[]) => string;
  /** What the parameters of the lambda at `index` are, from the types of the other arguments (a lambda's own entry is undefined). */
  readonly lambda?: (
    types: readonly (DataType | undefined)[],
    index: number,
  ) => readonly { readonly type: DataType; readonly nullable: boolean }[];
  readonly examples: readonly Example[];
};

export type ScalarFunction = Arity &
  Typing & {
    readonly kind: 'scalar';
    readonly sql: (call: CompiledCall) => Sql;
    /** Never folded, never shared between two uses: `rand`, `uuid`, `monotonically_increasing_id`. */
    readonly nondeterministic?: true;
  };

/** One column that a state table keeps for an aggregate. `merge` turns many partial values into one, with the same type. */
export type PartialColumn = {
  readonly type: (call: CompiledCall) => DataType;
  /** Aggregate over the batch's input rows. */
  readonly partial: (call: AggregateCall) => Sql;
  /** Aggregate over partial values held in the column `column`; `order` sorts the partial rows as they were made. */
  readonly merge: (column: Sql, order: Sql, call: CompiledCall) => Sql;
};

export type AggregateFunction = Arity &
  Typing & {
    readonly kind: 'aggregate';
    /** The whole aggregate over input rows: batch queries, window frames. */
    readonly sql: (call: AggregateCall) => Sql;
    /**
     * How it splits for streaming state: partial columns, and the answer over merged columns.
     * `keeps_values`: no split exists; the state keeps the argument values and `sql` runs over them. A distinct call never splits.
     */
    readonly split: AggregateSplit | 'keeps_values';
  };
export type AggregateSplit = {
  readonly columns: readonly PartialColumn[];
  readonly final: (columns: readonly Sql[], call: CompiledCall) => Sql;
};

/**
 * A DuckDB aggregate with the call's DISTINCT, FILTER and OVER in their places. `where`: one more condition on its rows; `orderBy`: an order inside the
 * parentheses; `distinct`: overrides the call's.
 */
export function aggregateOf(
  call: AggregateCall,
  name: string,
  args: readonly Sql[],
  options: { readonly where?: Sql; readonly orderBy?: Sql; readonly distinct?: boolean } = {},
): Sql {
  const conditions = [call.filter, options.where].filter((condition) => condition !== undefined);
  const distinct = options.distinct ?? call.distinct;
  const inside = sql`${distinct ? sql`DISTINCT ` : sql``}${sqlJoin(args, ', ')}${options.orderBy ? sql` ORDER BY ${options.orderBy}` : sql``}`;
  const filter = conditions.length > 0 ? sql` FILTER (WHERE ${sqlJoin(conditions, ' AND ')})` : sql``;
  return sql`${sqlWord(name)}(${inside})${filter}${call.over ? sql` OVER ${call.over}` : sql``}`;
}

/** Ranking and offset functions, only valid with OVER. */
export type WindowFunction = Arity &
  Typing & {
    readonly kind: 'window';
    /** With its OVER, from `call.over`. */
    readonly sql: (call: AggregateCall) => Sql;
  };

/** `explode` and its family: become a generate relation. `outer` is a property of the name (`explode_outer`). */
export type GeneratorFunction = Arity & {
  readonly kind: 'generator';
  readonly generator: 'explode' | 'posexplode' | 'inline' | 'stack' | 'json_tuple';
  readonly outer: boolean;
  /** The generated columns with the names Spark gives them without alias; nullable where a value or an outer row can be NULL. */
  readonly columns: (shape: CallShape) => readonly StructField[];
  /** Rows are joined with `; `, their values with `|`. */
  readonly examples: readonly Example[];
};

export type FunctionRow = ScalarFunction | AggregateFunction | WindowFunction | GeneratorFunction;
export type FunctionTable = Readonly<Record<string, FunctionRow>>;
