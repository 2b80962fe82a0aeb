import type { ReadLimit } from '../api/source.ts';
import { confsToLog } from '../checkpoint/logged-confs.ts';
import { afterThis } from '../core/after-this.ts';
import { batchId, type BatchId } from '../core/ids.ts';
import type { Watermark } from '../core/time.ts';
import { operatorWatermarks } from './operator-watermarks.ts';
import { isStateful } from './execute-steps.ts';
import { findLatest, hasNewData, readAsScripted } from './query-sources.ts';
import type { QueryRun } from './query-run.ts';

/** A batch whose entry is in the offset log, or on its way there. */
export type PlannedBatch = {
  readonly batch: BatchId;
  /** W(b). */
  readonly watermark: Watermark;
  readonly timestampMs: number;
  readonly hasNewData: boolean;
  /** Resolves when the entry is on the disk. The batch may compute meanwhile, but not show anything. */
  readonly logged: Promise<void>;
};

/**
 * Asks every source how far it could go, decides whether a batch is due, and if so starts to write `offsets/N`. Null: nothing to do.
 * A batch that an earlier run planned and did not finish comes first, unchanged.
 */
export async function planMicroBatch(run: QueryRun, say: (message: string) => void): Promise<PlannedBatch | null> {
  if (run.repeated !== null) {
    const { watermark, timestampMs } = run.repeated;
    run.planned = run.repeated;
    run.repeated = null;
    return {
      batch: run.batch,
      watermark,
      timestampMs,
      hasNewData: run.sources.some(hasNewData),
      logged: Promise.resolve(),
    };
  }
  await run.durations.measure('latestOffset', async () => {
    for (const open of run.sources) {
      say(`Getting offsets from ${open.source.description}`);
      await findLatest(open, readLimit(run));
    }
  });
  if (run.scripted !== null) readAsScripted(run.sources, run.scripted);
  const timestampMs = run.scripted?.timestampMs ?? run.spec.ports.clock.now();
  run.planned = { watermark: run.tracker.current, timestampMs };
  const isNew = run.sources.some(hasNewData);
  if (!isNew && !isNoDataBatchDue(run)) return null;
  run.spec.ports.crashPoint?.('before-offsets', run.batch);
  run.spec.ports.witness?.planned({ runId: run.identity.runId, batchId: run.batch, timestampMs });
  say('Writing offsets to log');
  const logged = run.durations.measure('walCommit', () => writeOffsets(run));
  // Whoever runs the batch waits for it; until then its failure is nobody's.
  logged.catch(() => undefined);
  return { batch: run.batch, ...run.planned, hasNewData: isNew, logged };
}

/** Waits for `offsets/N`; then the sources may forget what batches before it read. */
export async function awaitLog(planned: PlannedBatch, run: QueryRun): Promise<void> {
  await planned.logged;
  run.spec.ports.crashPoint?.('after-offsets', planned.batch);
  if (planned.batch > 0)
    for (const { source, committed } of run.sources) if (committed !== null) await source.commit?.(committed);
}

/** `once` takes everything there is; `availableNow` and the others honour the source's own limit. */
const readLimit = (run: QueryRun): ReadLimit => (run.spec.trigger.kind === 'once' ? 'all_available' : 'source_default');

/** The watermark that reaches some stateful operator moved since the last batch, and the operator has something to close with it. */
function isNoDataBatchDue(run: QueryRun): boolean {
  if (run.last === null || run.conf('spark.sql.streaming.noDataMicroBatches.enabled') === 'false') return false;
  const steps = run.last.compiled.steps.filter(isStateful);
  const before = operatorWatermarks(steps, run.marked, run.last.watermark);
  const now = operatorWatermarks(steps, run.marked, run.planned.watermark);
  return steps.some(
    (step) =>
      (now.get(step.operator) ?? 0) > (before.get(step.operator) ?? 0) &&
      run.operators.get(step.operator)?.of(step).wantsNoDataBatch(run.spec.outputMode) === true,
  );
}

/** The sources' own logs come first, and old entries go last. */
async function writeOffsets(run: QueryRun): Promise<void> {
  const { batch } = run;
  await afterThis();
  for (const { source } of run.sources) await source.settled?.();
  await run.offsets.add(batch, {
    watermark: run.planned.watermark,
    timestampMs: run.planned.timestampMs,
    confs: confsToLog(run.conf),
    ends: run.sources.map((open) => open.available),
  });
  const keep = Number(run.conf('spark.sql.streaming.minBatchesToRetain') ?? 100);
  if (batch > keep) {
    await run.offsets.purge(batchId(batch - keep));
    await run.commits.purge(batchId(batch - keep));
  }
}
