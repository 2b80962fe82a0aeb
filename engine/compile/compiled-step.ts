import type { DataType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';
import type { Sql } from '../core/sql-text.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { JoinType } from '../plan/relation.ts';

/**
 * What one batch executes, in order: each step reads named tables and makes one (`table`, always a TEMP table of the query's instance).
 * `select` runs last and gives the rows; its columns are `f0`, `f1`, … in the order of `output`, storage types as core/storage-type says.
 * Everything is text for this batch only: compile again for the next one (the batch time and the inputs are part of the text).
 */
export type CompiledBatch = {
  readonly steps: readonly CompiledStep[];
  readonly select: Sql;
  readonly output: readonly Attribute[];
  /** Every `withWatermark` of the plan, by node number; those without a tag in use are listed too. */
  readonly watermarks: readonly { readonly node: number; readonly delayMs: number; readonly attribute: Attribute }[];
};

export type CompiledStep =
  | ReadSourceStep
  | LoadRowsStep
  | MakeTableStep
  | PythonStep
  | WatermarkStep
  | AggregateStep
  | SessionStep
  | DeduplicateStep
  | JoinStep
  | StreamLimitStep;

export type StatefulStep = AggregateStep | SessionStep | DeduplicateStep | JoinStep | StreamLimitStep;

/** A name given to a column inside DuckDB, and its Spark type. */
export type StateColumn = { readonly name: Sql; readonly type: DataType; readonly storage: Sql };

/**
 * Rows of one source for this batch. `select` present: `CREATE TABLE table AS select`; absent with `isInline`: nothing to make, later steps hold the
 * source's text. `rowCount`: a SELECT of one BIGINT, Spark's `numInputRows` of the source; absent where a later step carries the number
 * (`CarriedStatistics.sourceRows`) or where the plan is a batch query.
 */
export type ReadSourceStep = {
  readonly kind: 'read_source';
  readonly sourceKey: number;
  readonly isStreaming: boolean;
  readonly isInline: boolean;
  readonly table: Sql;
  readonly select?: Sql;
  readonly rowCount?: Sql;
};

/** Decoded rows to load: a source that answers with blocks, or local data. The table's columns are `f0`, `f1`, …; `rowCount` as in `ReadSourceStep`. */
export type LoadRowsStep = {
  readonly kind: 'load_rows';
  readonly table: Sql;
  readonly types: readonly DataType[];
  readonly blocks: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;
  readonly sourceKey?: number;
  readonly rowCount?: Sql;
};

export type MakeTableStep = { readonly kind: 'make_table'; readonly table: Sql; readonly select: Sql };

/**
 * Python functions over `input`. To be made: `table` = every column of `input`, plus one column for each call. Arguments are columns of `input`;
 * they go to the kernel in blocks, in row order, and the results come back in the same order.
 */
export type PythonStep = {
  readonly kind: 'python';
  readonly table: Sql;
  readonly input: Sql;
  readonly calls: readonly PythonCall[];
};
export type PythonCall = {
  readonly key: string;
  readonly name: string;
  readonly evalType: number;
  readonly args: readonly Sql[];
  readonly argTypes: readonly DataType[];
  readonly result: Sql;
  readonly resultType: DataType;
};

/**
 * The rows at a `withWatermark`: make `table` from `select`, then read `statistics` (see `statisticColumns`).
 * Not emitted where the next aggregate carries the statistics.
 */
export type WatermarkStep = {
  readonly kind: 'watermark';
  readonly node: number;
  readonly table: Sql;
  readonly select: Sql;
  /** SELECT of one row over `table`: max_ms, min_ms, avg_ms (DOUBLE), row_count; the first three NULL without rows. */
  readonly statistics: Sql;
};

/** Statistics of points below an aggregate that its partial rows carry: aggregates for the SELECT list over a table made from `batchRows`. */
export type CarriedStatistics = {
  /** Four columns: max_us, min_us, avg_ms (DOUBLE), row_count; the first three NULL without rows. */
  readonly watermark?: { readonly node: number; readonly statistics: Sql };
  /** One BIGINT: `numInputRows` of the source. */
  readonly sourceRows?: { readonly sourceKey: number; readonly rowCount: Sql };
};

/** Position among the stateful operators, 0 = nearest to the sink (Spark's numbering); `below` = the next stateful operators towards the sources. */
type Stateful = { readonly operator: number; readonly table: Sql; readonly below: readonly number[] };

/**
 * Streaming aggregation.
 * 1. `CREATE TABLE d AS batchRows`: one row for each group of the batch, columns `keys`, `partials` (and carried ones).
 * 2. Read `carried`. Drop rows where `accept` is false (NULL time), then late ones.
 * 3. State: append `keys`, `partials` and a column `batch` (BIGINT, the batch id); `merge(from)` folds any such rows into one for each group.
 *    `merge` needs columns `keys`, `partials`, `batch` and answers `keys`, `partials` (list-like partials are put in `batch` order).
 * 4. `result(from)`: from merged rows (expanded to windows when there are panes) to the output, columns `c<id>`; make `table` of it.
 * Without keys `batchRows` and `merge` always give one row.
 */
export type AggregateStep = Stateful & {
  readonly kind: 'aggregate';
  readonly batchRows: Sql;
  readonly carried: CarriedStatistics;
  readonly keys: readonly StateColumn[];
  readonly partials: readonly StateColumn[];
  /** Condition over the keys of `d`: a group that may enter the state. */
  readonly accept?: Sql;
  readonly merge: (from: Sql) => Sql;
  readonly result: (from: Sql) => Sql;
  /** The time that closes a group, over the key columns (BIGINT µs): late when ≤ late watermark, closed when ≤ eviction watermark. Absent: no key carries a watermark. */
  readonly closesAtUs?: Sql;
  /** The key column with the window start in µs (pane start when there are panes). */
  readonly window?: WindowKey;
  readonly panes?: Panes;
  readonly schema: StateSchema;
};

/** `start`: a BIGINT key column, microseconds. */
export type WindowKey = {
  readonly start: Sql;
  readonly windowUs: number;
  readonly slideUs: number;
  readonly startUs: number;
};

/**
 * Sliding windows keep panes of gcd(window, slide). `closesAtUs` of the step then holds for expanded rows.
 * A row of `d` or of the state is one pane; `expand(from)` gives one row for each window that holds it, same columns, the window key = window start.
 * Expand BEFORE merging for output: several panes of one window become one row through `merge`.
 */
export type Panes = {
  readonly paneUs: number;
  /** End (µs) of the last window that holds the pane: the pane may be dropped, or is wholly late, when ≤ watermark. */
  readonly lastEndUs: Sql;
  /** End (µs) of the first window that holds the pane: nothing is late when > watermark. */
  readonly firstEndUs: Sql;
  /** Expands `from`, a table or parenthesised SELECT with all key and partial columns and any others, which are kept. */
  readonly expand: (from: Sql) => Sql;
};

/** Names and types as Spark's state store sees them, for the schema check at restart. */
export type StateSchema = {
  readonly key: readonly { readonly name: string; readonly type: DataType; readonly nullable: boolean }[];
  readonly value: readonly { readonly name: string; readonly type: DataType; readonly nullable: boolean }[];
};

/**
 * Session windows. `batchRows` gives `keys`, `w_start`, `w_end` (BIGINT µs, the row's own session) and `partials`, grouped by all of keys and both ends.
 * Late: `w_end` ≤ late watermark. `merge(from)` joins touching sessions of equal keys in rows that have keys, w_start, w_end, partials and `batch`;
 * give it the batch's rows and the stored sessions of the same keys. Closed: `w_end` ≤ eviction watermark (only when `hasWatermark`).
 */
export type SessionStep = Stateful & {
  readonly kind: 'session';
  readonly batchRows: Sql;
  readonly keys: readonly StateColumn[];
  readonly partials: readonly StateColumn[];
  readonly merge: (from: Sql) => Sql;
  readonly result: (from: Sql) => Sql;
  readonly hasWatermark: boolean;
  readonly schema: StateSchema;
};

/**
 * De-duplication: of the rows of `input` (in row order; make a table of it, then order by rowid) the first for each key that the state does not hold.
 * Output: the columns of `input`. `eventTimeUs`: over `input`'s columns, present when a column carries a watermark.
 * `expires`: `key` = state row dies when its event time ≤ watermark; `within_watermark` = when event time + delay ≤ watermark; `never`.
 * Keys compare null-safe. NaN equals NaN.
 */
export type DeduplicateStep = Stateful & {
  readonly kind: 'deduplicate';
  readonly input: Sql;
  readonly columns: readonly StateColumn[];
  readonly keys: readonly StateColumn[];
  readonly eventTimeUs?: Sql;
  readonly delayUs: number;
  readonly expires: 'key' | 'within_watermark' | 'never';
  readonly schema: StateSchema;
};

/**
 * Stream-stream join. Column names are unique over both sides, so `condition`, `keys` and the item lists need no alias: write
 * `SELECT output FROM left JOIN right ON condition`. For a row without partner take `leftOnly` / `rightOnly` from that side alone.
 * Rows where `storable` is false match nothing: they are not stored, and for the preserved side of an outer join they go out at once.
 */
export type JoinStep = Stateful & {
  readonly kind: 'join';
  readonly joinType: Exclude<JoinType, 'cross' | 'left_anti'>;
  readonly left: JoinSide;
  readonly right: JoinSide;
  readonly keys: readonly JoinKey[];
  /** What reads both sides, equalities included; conditions on one side are in `storable`. */
  readonly condition: Sql;
  readonly output: readonly Sql[];
  readonly leftOnly: readonly Sql[];
  readonly rightOnly: readonly Sql[];
  readonly schema: { readonly left: StateSchema; readonly right: StateSchema };
};
export type JoinKey = {
  readonly left: Sql;
  readonly right: Sql;
  readonly isNullSafe: boolean;
  readonly type: DataType;
};
export type JoinSide = {
  /** SELECT giving `columns`. */
  readonly input: Sql;
  readonly columns: readonly StateColumn[];
  readonly below: readonly number[];
  /** BOOLEAN over the side's columns; absent = every row. NULL counts as false. */
  readonly storable?: Sql;
  /** BIGINT µs over the side's columns: late when ≤ late watermark. */
  readonly eventTimeUs?: Sql;
  /** A stored row is removed when `us` ≤ watermark_ms × 1000 + shiftUs. Absent: never. `byKey`: the tagged equality key decides. */
  readonly evict?: { readonly us: Sql; readonly shiftUs: number; readonly byKey: boolean };
};

/** `limit` on a stream in append mode: counts rows over all batches. Columns as `input`. */
export type StreamLimitStep = Stateful & { readonly kind: 'stream_limit'; readonly input: Sql; readonly count: number };
