import type { ScriptedBatch } from '../api/batch-script.ts';
import type { StreamSink } from '../api/sink.ts';
import type { CompiledBatch, StatefulStep } from '../compile/compiled-step.ts';
import type { BatchId, QueryId, RunId } from '../core/ids.ts';
import type { Watermark } from '../core/time.ts';
import type { CheckpointFolder } from '../checkpoint/checkpoint-folder.ts';
import type { CommitLog } from '../checkpoint/commit-log.ts';
import type { Confs } from '../checkpoint/logged-confs.ts';
import type { OffsetLog } from '../checkpoint/offset-log.ts';
import type { Connection } from '../duckdb/connection.ts';
import type { BoundOperator } from '../state/operator-catalog.ts';
import type { BatchDurations } from './batch-durations.ts';
import type { OutputTable } from './output-table.ts';
import type { OpenSource } from './query-sources.ts';
import type { StartSpec } from './start-spec.ts';
import type { WatermarkTracker } from './watermark-tracker.ts';

export type QueryIdentity = { readonly id: QueryId; readonly runId: RunId };

/** Everything one run of a query works with, from recovery to the last batch. Only the loop of this run changes it. */
export type QueryRun = {
  readonly spec: StartSpec;
  readonly identity: QueryIdentity;
  readonly folder: CheckpointFolder;
  readonly offsets: OffsetLog;
  readonly commits: CommitLog;
  readonly sink: StreamSink;
  readonly sources: readonly OpenSource[];
  /** The query's own DuckDB; the state file where there is state. */
  readonly connection: Connection;
  readonly operators: ReadonlyMap<number, BoundOperator>;
  /** Operators with a `withWatermark` below them. */
  readonly marked: ReadonlySet<number>;
  /** Kind of the stateful operator nearest to the sink. */
  readonly topOperator: StatefulStep['kind'] | undefined;
  /** The state is in a file of the checkpoint. */
  readonly isDurable: boolean;
  /** The session's confs with those of the checkpoint on top. */
  readonly conf: Confs;
  readonly zone: string;
  readonly tracker: WatermarkTracker;
  readonly durations: BatchDurations;
  /** The next batch to run. */
  batch: BatchId;
  /** A batch planned by an earlier run that did not finish it. */
  repeated: { readonly watermark: Watermark; readonly timestampMs: number } | null;
  /** W(b−1): the watermark of the batch before the next one. */
  previousWatermark: Watermark;
  /** The newest batch this run executed. */
  last: { readonly compiled: CompiledBatch; readonly watermark: Watermark } | null;
  /** What the newest batch gave the sink. */
  output?: OutputTable;
  /** What a replay says of the batch that is being planned; null: the sources decide. */
  scripted: ScriptedBatch | null;
  /** Watermark and time of the newest planning, run or not: what an idle progress shows. */
  planned: { readonly watermark: Watermark; readonly timestampMs: number };
  /** A `foreachBatch` function took no action, so the state of a committed batch was never written. */
  isStateLost: boolean;
};

/** Batch watermark under which rows are late, and what the previous batch evicted by. */
export const allowsMultiple = (conf: Confs): boolean =>
  conf('spark.sql.streaming.statefulOperator.allowMultiple') !== 'false';
