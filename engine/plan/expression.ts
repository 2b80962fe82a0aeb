import type { TypeJson } from '../core/type-json.ts';
import type { NodeOrigin, TextPosition } from './relation.ts';
import type { WireValue } from '../core/wire-values.ts';

type Node = { readonly origin?: NodeOrigin; readonly sql_position?: TextPosition };

/** What is asked of a column, before names are bound: Spark Connect's expression messages as flat objects. */
export type Expression = Node &
  (
    | Literal
    | Alias
    | SortOrder
    | LambdaFunction
    | LambdaVariable
    | { readonly kind: 'unresolved_attribute'; readonly unparsed_identifier: string; readonly plan_id?: number }
    | { readonly kind: 'unresolved_star'; readonly unparsed_target?: string; readonly plan_id?: number }
    | { readonly kind: 'unresolved_regex'; readonly col_name: string; readonly plan_id?: number }
    | UnresolvedFunction
    | { readonly kind: 'expression_string'; readonly expression: string }
    | CastExpression
    | { readonly kind: 'unresolved_extract_value'; readonly child: Expression; readonly extraction: Expression }
    | {
        readonly kind: 'update_fields';
        readonly struct_expression: Expression;
        readonly field_name: string;
        readonly value_expression?: Expression;
      }
    | WindowExpression
    | PythonFunctionCall
  );

/** `value` in wire form for `data_type`. */
export type Literal = { readonly kind: 'literal'; readonly data_type: TypeJson; readonly value: WireValue };

/** Several names only for a generator that makes several columns (`posexplode(x).alias("i", "v")`). */
export type Alias = {
  readonly kind: 'alias';
  readonly expr: Expression;
  readonly name: readonly string[];
  /** Only of SQL's LATERAL VIEW: the table that the columns of the generator belong to. */
  readonly table?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

export type SortOrder = {
  readonly kind: 'sort_order';
  readonly child: Expression;
  readonly direction: 'ascending' | 'descending';
  readonly null_ordering: 'nulls_first' | 'nulls_last';
};

/**
 * Operators are functions under Spark's SQL symbols: `==` `<` `<=` `>` `>=` `<=>` `+` `-` `*` `/` `%` `div` `&` `|` `^` `~` `and` `or` `not` `negative`
 * `isnull` `isnotnull` `in` `like` `ilike` `rlike` `startswith` `endswith` `contains` `case when` is `when(cond, value, …, else?)`; `!=` is `not(==)`.
 */
export type UnresolvedFunction = {
  readonly kind: 'unresolved_function';
  readonly function_name: string;
  readonly arguments: readonly Expression[];
  readonly is_distinct?: boolean;
  readonly filter?: Expression;
  readonly ignore_nulls?: boolean;
};

/** Either `type` (Spark's JSON form) or `type_str` (DDL, as the learner wrote it). `eval_mode` absent: the session's ANSI switch decides. */
export type CastExpression = {
  readonly kind: 'cast';
  readonly expr: Expression;
  readonly type?: TypeJson;
  readonly type_str?: string;
  readonly eval_mode?: 'legacy' | 'ansi' | 'try';
};

export type WindowExpression = {
  readonly kind: 'window';
  readonly window_function: Expression;
  readonly partition_spec: readonly Expression[];
  readonly order_spec: readonly SortOrder[];
  readonly frame_spec?: WindowFrame;
};

export type WindowFrame = {
  readonly frame_type: 'row' | 'range';
  readonly lower: FrameBound;
  readonly upper: FrameBound;
};
/** An offset is signed: negative is preceding. */
export type FrameBound =
  | { readonly kind: 'current_row' }
  | { readonly kind: 'unbounded' }
  | { readonly kind: 'offset'; readonly value: Expression };

export type LambdaVariable = {
  readonly kind: 'unresolved_named_lambda_variable';
  readonly name_parts: readonly string[];
};
export type LambdaFunction = {
  readonly kind: 'lambda_function';
  readonly function: Expression;
  readonly arguments: readonly LambdaVariable[];
};

/** `command` is the key of a function that lives in the kernel; functions never leave Python. */
export type PythonFunctionCall = {
  readonly kind: 'common_inline_user_defined_function';
  readonly function_name: string;
  readonly deterministic: boolean;
  readonly arguments: readonly Expression[];
  readonly python_udf: PythonUdf;
};
export type PythonUdf = { readonly output_type: TypeJson; readonly eval_type: number; readonly command: string };
