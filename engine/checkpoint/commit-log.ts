import type { Files } from '../api/files.ts';
import { batchId, type BatchId } from '../core/ids.ts';
import { watermark, type Watermark } from '../core/time.ts';
import { entryLines, numberedLog, unreadable, type NumberedLog } from './numbered-log.ts';

/** Which batches are done, and the watermark of the next; written after the state is committed and the output published. */
export type CommitLog = {
  /** Writes the entry but for its name, as soon as the watermark is known; the answer commits. */
  readonly stage: (batch: BatchId, nextWatermark: Watermark | Promise<Watermark>) => Promise<() => Promise<void>>;
  readonly get: (batch: BatchId) => Promise<{ readonly nextWatermark: Watermark } | null>;
  readonly latest: () => Promise<BatchId | null>;
  readonly purge: NumberedLog['purge'];
};

export function commitLog(folder: string, files: Files): CommitLog {
  const log = numberedLog(folder, files);
  return {
    stage: (batch, nextWatermark) =>
      log.stage(
        batch,
        typeof nextWatermark === 'number' ? commitEntryText(nextWatermark) : nextWatermark.then(commitEntryText),
      ),
    get: async (batch) => {
      const text = await log.get(batch);
      return text === null ? null : parseCommitEntry(text, `${folder}/${batch}`);
    },
    latest: async () => {
      const latest = await log.latest();
      return latest === null ? null : batchId(latest);
    },
    purge: log.purge,
  };
}

export const commitEntryText = (nextWatermark: Watermark): string =>
  `v1\n${JSON.stringify({ nextBatchWatermarkMs: nextWatermark })}`;

/** Throws Spark's `Failed to read log file …` for text it did not write. */
export function parseCommitEntry(text: string, path: string): { readonly nextWatermark: Watermark } {
  const [line = ''] = entryLines(text, path, 'commit');
  try {
    const parsed = JSON.parse(line === '' ? '{}' : line) as { nextBatchWatermarkMs?: number };
    return { nextWatermark: watermark(parsed.nextBatchWatermarkMs ?? 0) };
  } catch {
    throw unreadable(path, 'Incomplete log file in the offset commit log');
  }
}
