import type { Offset } from '../api/source.ts';
import { batchId, type BatchId } from '../core/ids.ts';
import { SparkError } from '../core/spark-error.ts';
import { watermark, type Watermark } from '../core/time.ts';
import type { CommitLog } from './commit-log.ts';
import type { OffsetEntry, OffsetLog } from './offset-log.ts';

/**
 * Where a query goes on. `repeat`: the batch was planned and maybe run, and is run again with the logged offsets, watermark and time.
 * `next`: everything planned is done; `last` is what the newest batch read, for sources that want to see it once more.
 */
export type Recovery =
  | { readonly kind: 'new'; readonly batch: BatchId }
  | {
      readonly kind: 'repeat';
      readonly batch: BatchId;
      readonly entry: OffsetEntry;
      readonly committed: readonly (Offset | null)[];
      readonly previousWatermark: Watermark;
    }
  | {
      readonly kind: 'next';
      readonly batch: BatchId;
      readonly committed: readonly (Offset | null)[];
      readonly before: readonly (Offset | null)[];
      readonly watermark: Watermark;
      readonly previousWatermark: Watermark;
      readonly confs: OffsetEntry['confs'];
    };

/** Reads both logs by Spark's rule (`MicroBatchExecution.populateStartOffsets`). Throws what Spark throws for logs that do not fit. */
export async function recover(offsets: OffsetLog, commits: CommitLog, sourceCount: number): Promise<Recovery> {
  const latest = await offsets.latest();
  if (latest === null) return { kind: 'new', batch: batchId(0) };
  const entry = await required(offsets, latest);
  const previous = latest === 0 ? null : await required(offsets, batchId(latest - 1));
  if (entry.ends.length !== sourceCount)
    throw new SparkError(
      { java: 'java.lang.AssertionError' },
      `assertion failed: There are [${entry.ends.length}] sources in the checkpoint offsets and now there are [${sourceCount}] sources requested by the query. Cannot continue.`,
    );
  const nothing = entry.ends.map(() => null);
  const latestCommit = await commits.latest();
  const commit = latestCommit === null ? null : await commits.get(latestCommit);
  if (latestCommit === latest) {
    return {
      kind: 'next',
      batch: batchId(latest + 1),
      committed: entry.ends,
      before: previous?.ends ?? nothing,
      watermark: watermark(Math.max(entry.watermark, commit?.nextWatermark ?? 0)),
      previousWatermark: entry.watermark,
      confs: entry.confs,
    };
  }
  return {
    kind: 'repeat',
    batch: latest,
    entry,
    committed: previous?.ends ?? nothing,
    previousWatermark: previous?.watermark ?? watermark(0),
  };
}

async function required(offsets: OffsetLog, batch: BatchId): Promise<OffsetEntry> {
  const entry = await offsets.get(batch);
  if (entry === null) throw new SparkError({ java: 'java.lang.IllegalStateException' }, `batch ${batch} doesn't exist`);
  return entry;
}
