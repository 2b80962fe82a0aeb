import type { Row } from '../core/spark-value.ts';
import type { Attribute } from './attribute.ts';
import type { BoundAggregate, BoundExpression, BoundOrder, ProjectItem } from './bound-expression.ts';
import type { JoinType, NodeOrigin } from './relation.ts';

type Node = {
  readonly output: readonly Attribute[];
  readonly isStreaming: boolean;
  /** The frame whose `df.col` references resolve here; several where one node serves several frames. */
  readonly planIds: readonly number[];
  readonly origin?: NodeOrigin;
};

/** A relation after analysis. `output` has the columns in order; streaming is a property of the subtree. */
export type AnalyzedRelation = Node &
  (
    | SourceRelation
    | TableRelation
    /** `partitionSizes`: how the program's values were sliced; absent for rows written in SQL. */
    | { readonly kind: 'local_rows'; readonly rows: readonly Row[]; readonly partitionSizes?: readonly number[] }
    | {
        readonly kind: 'range';
        readonly start: number;
        readonly end: number;
        readonly step: number;
        readonly partitions?: number;
      }
    /** `hidden`: a join's key columns that USING leaves out of the output and that a later select may still name. */
    | {
        readonly kind: 'project';
        readonly input: AnalyzedRelation;
        readonly items: readonly ProjectItem[];
        readonly hidden?: readonly Attribute[];
      }
    | { readonly kind: 'filter'; readonly input: AnalyzedRelation; readonly condition: BoundExpression }
    | TimeWindowRelation
    | SessionWindowRelation
    | {
        readonly kind: 'watermark';
        readonly input: AnalyzedRelation;
        readonly attribute: Attribute;
        readonly delayMs: number;
        readonly delayText: string;
      }
    | GenerateRelation
    | ExpandRelation
    | AnalyzedAggregate
    | {
        readonly kind: 'deduplicate';
        readonly input: AnalyzedRelation;
        readonly keys: readonly Attribute[];
        readonly withinWatermark: boolean;
        readonly isDistinct: boolean;
      }
    | AnalyzedJoin
    | { readonly kind: 'union'; readonly inputs: readonly AnalyzedRelation[] }
    | {
        readonly kind: 'intersect' | 'except';
        readonly left: AnalyzedRelation;
        readonly right: AnalyzedRelation;
        readonly isAll: boolean;
      }
    | {
        readonly kind: 'sort';
        readonly input: AnalyzedRelation;
        readonly order: readonly BoundOrder[];
        readonly isGlobal: boolean;
      }
    | { readonly kind: 'limit' | 'offset' | 'tail'; readonly input: AnalyzedRelation; readonly count: number }
    | {
        readonly kind: 'sample';
        readonly input: AnalyzedRelation;
        readonly lower: number;
        readonly upper: number;
        readonly seed: number;
        readonly withReplacement: boolean;
      }
    | { readonly kind: 'subquery_alias'; readonly input: AnalyzedRelation; readonly alias: string }
    | {
        readonly kind: 'repartition';
        readonly input: AnalyzedRelation;
        readonly partitions: number | undefined;
        readonly by: readonly BoundExpression[];
        /** By ranges of `by`, not by its hash. */
        readonly isRange: boolean;
        readonly shuffle: boolean;
      }
    | { readonly kind: 'hint'; readonly input: AnalyzedRelation; readonly name: string }
  );

export type AnalyzedKind = AnalyzedRelation['kind'];
export type AnalyzedNode<Kind extends AnalyzedKind> = Extract<AnalyzedRelation, { readonly kind: Kind }>;

/**
 * Rows that a source of the catalogue delivers: a stream, or a batch read. `sourceKey` finds the loaded source in the session;
 * the same key twice in a plan (union with itself) is one source read once per batch.
 */
export type SourceRelation = {
  readonly kind: 'source';
  readonly sourceKey: number;
  readonly format: string;
  readonly description: string;
  /** The last column of the output, where `input_file_name()` is asked for. */
  readonly fileName?: Attribute;
};

/** Rows kept in the session's own DuckDB instance: memory sink, saved table, cached frame, the frame given to `foreachBatch`. */
export type TableRelation = { readonly kind: 'table'; readonly tableKey: string; readonly description: string };

/**
 * `window(time, …)`: adds the struct column `window`, last in `output`; rows with NULL time are removed; one row becomes as many as the windows that hold it.
 * Durations in microseconds; windows are aligned to 1970-01-01T00:00:00Z + `startUs`.
 */
export type TimeWindowRelation = {
  readonly kind: 'time_window';
  readonly input: AnalyzedRelation;
  readonly time: BoundExpression;
  readonly window: Attribute;
  readonly windowUs: number;
  readonly slideUs: number;
  readonly startUs: number;
};

/** `session_window(time, gap)`: adds the struct column of the row's own session [time, time + gap); merging is the aggregate's job. */
export type SessionWindowRelation = {
  readonly kind: 'session_window';
  readonly input: AnalyzedRelation;
  readonly time: BoundExpression;
  /** Microseconds, as a bigint expression; NULL or ≤ 0 removes the row. */
  readonly gap: BoundExpression;
  readonly window: Attribute;
};

/** `output` = the input's columns, then `generated`. `outer`: an empty or NULL collection gives one row of NULLs. */
export type GenerateRelation = {
  readonly kind: 'generate';
  readonly input: AnalyzedRelation;
  readonly generator: 'explode' | 'posexplode' | 'inline' | 'stack' | 'json_tuple';
  readonly outer: boolean;
  readonly args: readonly BoundExpression[];
  readonly generated: readonly Attribute[];
};

/** Each input row gives one row per projection (rollup, cube, grouping sets). */
export type ExpandRelation = {
  readonly kind: 'expand';
  readonly input: AnalyzedRelation;
  readonly projections: readonly (readonly BoundExpression[])[];
};

/**
 * Grouping values, then aggregate calls, then `result` over both: `result` refers to grouping and call outputs by attribute id and to nothing else.
 * No grouping: one group, one row even without input.
 */
export type AnalyzedAggregate = {
  readonly kind: 'aggregate';
  readonly input: AnalyzedRelation;
  readonly grouping: readonly ProjectItem[];
  readonly calls: readonly { readonly output: Attribute; readonly call: BoundAggregate }[];
  readonly result: readonly ProjectItem[];
};

/** USING columns are already written out as a condition, with a project above. */
export type AnalyzedJoin = {
  readonly kind: 'join';
  readonly left: AnalyzedRelation;
  readonly right: AnalyzedRelation;
  readonly joinType: JoinType;
  readonly condition?: BoundExpression;
};
