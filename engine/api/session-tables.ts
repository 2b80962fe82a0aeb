import type { StructType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';

/** Tables of the session's own DuckDB instance: memory sink, `toTable`, cached frames, frames of `foreachBatch`. */
export type SessionTables = {
  /** `partitions`: in how many Spark would hold the rows, null if unknown; absent: they are cut anew by each read. */
  readonly create: (tableKey: string, schema: StructType, partitions?: number | null) => Promise<void>;
  readonly drop: (tableKey: string) => Promise<void>;
  /** Fills a table from a Parquet file whose columns are `f0`, `f1`, … in schema order and storage types; the file is read before this resolves. */
  readonly load: (tableKey: string, parquetFile: string, how: 'replace' | 'append') => Promise<void>;
  /** Adds a few decoded rows: quicker than a file for what fits in one block. */
  readonly append: (tableKey: string, rows: readonly Row[]) => Promise<void>;
  /** Writes a table to a Parquet file with columns `f0`, `f1`, …: how a static side reaches a query's own instance. */
  readonly store: (tableKey: string, parquetFile: string) => Promise<void>;
  /** Absolute path of a file that nobody else uses, in the session's temporary folder. Whoever asks removes it. */
  readonly temporaryFile: (suffix: string) => string;
  /** Makes the table visible to `spark.table(name)` and `spark.sql` as a temporary view. */
  readonly expose: (name: string, tableKey: string, schema: StructType) => void;
  /** Whether there was such a table. */
  readonly hide: (name: string) => boolean;
  /** How often batch actions evaluated the table so far; a persisted frame counts once. */
  readonly usage: (tableKey: string) => TableUsage;
};

/**
 * `executions`: evaluations that needed every row. `pulledRows`: rows that evaluations with an early end (`show(n)`, `first`, `isEmpty`) pulled, summed;
 * `partialExecutions`: how many of those there were.
 */
export type TableUsage = {
  readonly executions: number;
  readonly partialExecutions: number;
  readonly pulledRows: number;
};
