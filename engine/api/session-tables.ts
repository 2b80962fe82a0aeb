import type { StructType } from '../core/data-type.ts';

/** Tables of the session's own DuckDB instance: memory sink, `toTable`, cached frames, frames of `foreachBatch`. */
export type SessionTables = {
  readonly create: (tableKey: string, schema: StructType) => Promise<void>;
  readonly drop: (tableKey: string) => Promise<void>;
  /** Makes the table visible to `spark.table(name)` and `spark.sql` as a temporary view. */
  readonly expose: (name: string, tableKey: string, schema: StructType) => void;
  readonly hide: (name: string) => void;
};
