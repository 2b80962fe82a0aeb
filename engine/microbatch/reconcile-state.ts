import type { StreamSink } from '../api/sink.ts';
import type { CheckpointFolder } from '../checkpoint/checkpoint-folder.ts';
import type { CommitLog } from '../checkpoint/commit-log.ts';
import type { Recovery } from '../checkpoint/recover.ts';
import { forgetBatch, latestStateBatch, type StateBatch } from '../checkpoint/state-database.ts';
import { batchId, type BatchId } from '../core/ids.ts';
import { sparkError } from '../core/spark-error.ts';
import { sqlJoin } from '../core/sql-text.ts';
import { watermark } from '../core/time.ts';
import type { Connection } from '../duckdb/connection.ts';
import type { BoundOperator } from '../state/operator-catalog.ts';
import type { StatefulStep } from '../compile/compiled-step.ts';
import { missingDelta } from './batch-function-usage.ts';

export type ReconcileContext = {
  readonly connection: Connection;
  readonly operators: ReadonlyMap<number, BoundOperator>;
  readonly steps: readonly StatefulStep[];
  readonly folder: CheckpointFolder;
  readonly commits: CommitLog;
  readonly sink: StreamSink;
};

/**
 * Makes the state agree with the JSON logs, which are the authority. A batch whose state was committed and whose `commits/N` is missing is finished if it
 * was never published, and taken back if somebody removed the file. State one batch ahead of the logs is taken back. Anything else is refused, untouched.
 */
export async function reconcileState(recovery: Recovery, context: ReconcileContext): Promise<Recovery> {
  const state = await latestStateBatch(context.connection);
  const found = state?.batch ?? -1;
  if (found === recovery.batch - 1) return recovery;
  if (state === null) throw missingDelta(recovery.batch, context.folder);
  if (found !== recovery.batch)
    throw sparkError('STATE_NOT_AT_BATCH', {
      path: context.folder.database,
      found: String(found),
      expected: String(recovery.batch - 1),
    });
  if (recovery.kind === 'repeat' && !state.isPublished) return finishBatch(recovery, state, context);
  await undoBatch(state.batch, context);
  return recovery;
}

async function finishBatch(
  recovery: Extract<Recovery, { readonly kind: 'repeat' }>,
  state: StateBatch,
  { sink, commits }: ReconcileContext,
): Promise<Recovery> {
  await sink.publish?.(state.batch, state.staged);
  await (
    await commits.stage(state.batch, state.nextWatermark)
  )();
  return {
    kind: 'next',
    batch: batchId(state.batch + 1),
    committed: recovery.entry.ends,
    before: recovery.committed,
    watermark: watermark(Math.max(recovery.entry.watermark, state.nextWatermark)),
    previousWatermark: recovery.entry.watermark,
    confs: recovery.entry.confs,
  };
}

async function undoBatch(batch: BatchId, { connection, operators, steps }: ReconcileContext): Promise<void> {
  const undo = steps.flatMap((step) => operators.get(step.operator)?.of(step).undo(batch) ?? []);
  connection.begin();
  await connection.run(sqlJoin([...undo, forgetBatch(batch)], ';\n'));
  await connection.commit();
}
