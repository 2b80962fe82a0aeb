import type { Row } from '../core/spark-value.ts';
import type { Sql } from '../core/sql-text.ts';
import type { CompileContext } from '../functions/define-function.ts';

/** What a batch is compiled with. */
export type CompileOptions = {
  readonly context: CompileContext;
  /** Absent: a batch query. */
  readonly outputMode?: 'append' | 'update' | 'complete';
  /** The rows of each source of the plan for this batch, by source key. A missing one is empty. */
  readonly sources: ReadonlyMap<number, CompileInput>;
  /** `spark.sql.shuffle.partitions`: it decides in which order groups come out. Absent: one partition. */
  readonly shufflePartitions?: number;
  /** What stands in FROM for a table of the session; its columns are `f0`, `f1`, … */
  readonly table: (tableKey: string) => Sql;
};

/** As the source port answers a read: text with columns `f0`, `f1`, …, or decoded rows to load. */
export type CompileInput =
  | {
      readonly kind: 'sql';
      readonly select: Sql;
      readonly counts: 'every_row' | 'rows_after_pushed_filters';
      readonly isEmpty?: boolean;
    }
  | { readonly kind: 'rows'; readonly blocks: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]> };
