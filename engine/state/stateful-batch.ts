import type { OutputMode } from '../api/sink.ts';
import type { StateSchema, StatefulStep } from '../compile/compiled-step.ts';
import type { BatchId } from '../core/ids.ts';
import type { Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';

/** What one stateful operator is given for one batch. All watermarks in milliseconds, as they reach this operator. */
export type StatefulBatch = {
  readonly connection: Connection;
  readonly batchId: BatchId;
  readonly outputMode: OutputMode;
  /** Rows at or before it are late: the previous batch's watermark. */
  readonly lateMs: number;
  /** State at or before it closes in this batch: the current watermark. */
  readonly evictMs: number;
  /** What the previous batch closed. Its rows are still stored, so that the batch could be undone; they go first. */
  readonly evictedMs: number;
  /** Somebody looks at the observatory. */
  readonly isWatched: boolean;
};

/** Spark's state metrics of one operator in one batch. */
export type StateMetrics = {
  readonly rowsTotal: number;
  readonly rowsUpdated: number;
  readonly rowsRemoved: number;
  readonly rowsDropped: number;
  readonly updatesMs: number;
  readonly removalsMs: number;
  readonly custom?: Readonly<Record<string, number>>;
  /** What an aggregate's groups carried for the points below it. */
  readonly carried?: { readonly eventTimes: EventTimeStatistics; readonly sourceRows: number };
};

/** Event times of one watermark's rows in one batch, milliseconds; all 0 where there were none. */
export type EventTimeStatistics = {
  readonly maxMs: number;
  readonly minMs: number;
  readonly avgMs: number;
  readonly rows: number;
};

/** One operator's memory. Its tables hold rows that carry their batch, so that one batch can be undone. */
export interface StatefulOperator<Step extends StatefulStep = StatefulStep> {
  readonly operator: number;
  /** The word of progress records. */
  readonly name: string;
  readonly createState: (step: Step) => readonly Sql[];
  /** Reads what `run` keeps in memory between batches; after a restart and after an undo. */
  readonly load: (step: Step, connection: Connection, evictedMs: number, outputMode: OutputMode) => Promise<void>;
  /** Merges the batch into the state and makes `step.table`. */
  readonly run: (step: Step, batch: StatefulBatch) => Promise<StateMetrics>;
  /** Statements that take one batch back. */
  readonly undo: (batchId: BatchId) => readonly Sql[];
  /** Whether a batch without data is due when the watermark moved. */
  readonly wantsNoDataBatch: (step: Step, outputMode: OutputMode) => boolean;
  readonly schemas: (step: Step) => readonly StateSchema[];
}

/** Microseconds of a millisecond watermark, as SQL compares event times with. */
export const watermarkUs = (ms: number): bigint => BigInt(ms) * 1000n;
