import type { TypeJson } from '../core/type-json.ts';
import type { WireRow } from '../core/wire-values.ts';
import type { Alias, Expression, Literal, SortOrder } from './expression.ts';

/** Which cell and line of the learner's program built a node. */
export type NodeOrigin = { readonly cell: string; readonly line: number };

/** Where a node stands in SQL text: `line` from 1, `pos` in code points from 0. Only nodes that the parser made have one. */
export type TextPosition = { readonly line: number; readonly pos: number };

/** Option names are case-insensitive in Spark; the learner's spelling is kept here. */
export type Options = Readonly<Record<string, string>>;

export type JoinType = 'inner' | 'cross' | 'full_outer' | 'left_outer' | 'right_outer' | 'left_semi' | 'left_anti';

type Node = { readonly plan_id?: number; readonly origin?: NodeOrigin; readonly sql_position?: TextPosition };

/** What is asked, before names are bound: Spark Connect's relation messages as flat objects. Field names are Spark Connect's. */
export type Relation = Node &
  (
    | ReadRelation
    | { readonly kind: 'project'; readonly input?: Relation; readonly expressions: readonly Expression[] }
    | { readonly kind: 'filter'; readonly input: Relation; readonly condition: Expression }
    | JoinRelation
    | SetOperation
    | {
        readonly kind: 'sort';
        readonly input: Relation;
        readonly order: readonly SortOrder[];
        readonly is_global?: boolean;
      }
    | { readonly kind: 'limit'; readonly input: Relation; readonly limit: number }
    | { readonly kind: 'offset'; readonly input: Relation; readonly offset: number }
    | { readonly kind: 'tail'; readonly input: Relation; readonly limit: number }
    | AggregateRelation
    | SqlRelation
    | {
        readonly kind: 'local_relation';
        readonly schema: TypeJson;
        readonly rows: readonly WireRow[];
        readonly partition_sizes?: readonly number[];
      }
    | { readonly kind: 'cached_remote_relation'; readonly relation_id: string }
    | SampleRelation
    | DeduplicateRelation
    | {
        readonly kind: 'range';
        readonly start: number;
        readonly end: number;
        readonly step: number;
        readonly num_partitions?: number;
      }
    | { readonly kind: 'subquery_alias'; readonly input: Relation; readonly alias: string }
    | {
        readonly kind: 'repartition';
        readonly input: Relation;
        readonly num_partitions: number;
        readonly shuffle?: boolean;
      }
    | {
        readonly kind: 'repartition_by_expression';
        readonly input: Relation;
        readonly partition_exprs: readonly Expression[];
        readonly num_partitions?: number;
      }
    | { readonly kind: 'to_df'; readonly input: Relation; readonly column_names: readonly string[] }
    | { readonly kind: 'with_columns'; readonly input: Relation; readonly aliases: readonly Alias[] }
    | { readonly kind: 'with_columns_renamed'; readonly input: Relation; readonly renames: readonly ColumnRename[] }
    | {
        readonly kind: 'drop';
        readonly input: Relation;
        readonly columns?: readonly Expression[];
        readonly column_names?: readonly string[];
      }
    | {
        readonly kind: 'hint';
        readonly input: Relation;
        readonly name: string;
        readonly parameters?: readonly Expression[];
      }
    | {
        readonly kind: 'with_watermark';
        readonly input: Relation;
        readonly event_time: string;
        readonly delay_threshold: string;
      }
    | {
        readonly kind: 'fill_na';
        readonly input: Relation;
        readonly cols: readonly string[];
        readonly values: readonly Literal[];
      }
    | {
        readonly kind: 'drop_na';
        readonly input: Relation;
        readonly cols: readonly string[];
        readonly min_non_nulls?: number;
      }
    | NaReplace
    | UnpivotRelation
    | { readonly kind: 'describe'; readonly input: Relation; readonly cols: readonly string[] }
    | { readonly kind: 'summary'; readonly input: Relation; readonly statistics: readonly string[] }
  );

/** `format` absent: the session's default. Without `schema` the source says its own (files: inferred when `load()` is called). */
export type ReadRelation = {
  readonly kind: 'read';
  readonly is_streaming?: boolean;
  readonly data_source?: {
    readonly format?: string;
    /** Spark's JSON form, or a DDL string as the learner wrote it. */
    readonly schema?: TypeJson;
    readonly options: Options;
    readonly paths?: readonly string[];
    /** `read.jdbc(predicates=…)`. */
    readonly predicates?: readonly string[];
  };
  readonly named_table?: { readonly unparsed_identifier: string; readonly options?: Options };
};

export type JoinRelation = {
  readonly kind: 'join';
  readonly left: Relation;
  readonly right: Relation;
  readonly join_type: JoinType;
  readonly join_condition?: Expression;
  readonly using_columns?: readonly string[];
};

export type SetOperation = {
  readonly kind: 'set_op';
  readonly left_input: Relation;
  readonly right_input: Relation;
  readonly set_op_type: 'union' | 'intersect' | 'except';
  readonly is_all?: boolean;
  readonly by_name?: boolean;
  readonly allow_missing_columns?: boolean;
};

/** `aggregate_expressions` do not repeat the grouping columns; the result has them first (`spark.sql.retainGroupColumns`). */
export type AggregateRelation = {
  readonly kind: 'aggregate';
  readonly input: Relation;
  readonly group_type: 'groupby' | 'rollup' | 'cube' | 'pivot';
  readonly grouping_expressions: readonly Expression[];
  readonly aggregate_expressions: readonly Expression[];
  readonly pivot?: { readonly col: Expression; readonly values: readonly Literal[] };
  /** SQL only: the select list as written, which may wrap aggregates and repeat or omit grouping columns. */
  readonly select_list?: readonly Expression[];
  readonly having?: Expression;
  readonly grouping_sets?: readonly (readonly Expression[])[];
};

export type SqlRelation = {
  readonly kind: 'sql';
  readonly query: string;
  readonly named_arguments?: Readonly<Record<string, Expression>>;
  readonly pos_arguments?: readonly Expression[];
};

export type SampleRelation = {
  readonly kind: 'sample';
  readonly input: Relation;
  readonly lower_bound: number;
  readonly upper_bound: number;
  readonly with_replacement?: boolean;
  readonly seed?: number;
};

export type DeduplicateRelation = {
  readonly kind: 'deduplicate';
  readonly input: Relation;
  readonly column_names?: readonly string[];
  readonly all_columns_as_keys?: boolean;
  readonly within_watermark?: boolean;
  /** SQL's DISTINCT, which Spark runs as an aggregate; `distinct()` is a de-duplication. */
  readonly is_distinct?: boolean;
};

export type NaReplace = {
  readonly kind: 'replace';
  readonly input: Relation;
  readonly cols: readonly string[];
  readonly replacements: readonly { readonly old_value: Literal; readonly new_value: Literal }[];
};

export type UnpivotRelation = {
  readonly kind: 'unpivot';
  readonly input: Relation;
  readonly ids: readonly Expression[];
  readonly values?: readonly Expression[];
  readonly variable_column_name: string;
  readonly value_column_name: string;
};

export type ColumnRename = { readonly col_name: string; readonly new_col_name: string };
