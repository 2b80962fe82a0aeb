import type { Files } from '../api/files.ts';
import type { Offset } from '../api/source.ts';
import { batchId, type BatchId } from '../core/ids.ts';
import { watermark, type Watermark } from '../core/time.ts';
import { entryLines, numberedLog, unreadable, type NumberedLog } from './numbered-log.ts';

/** What one batch will read; written and synced before it runs. `ends` in the order of the plan's sources, null where a source had nothing. */
export type OffsetEntry = {
  readonly watermark: Watermark;
  readonly timestampMs: number;
  readonly confs: Readonly<Record<string, string>>;
  readonly ends: readonly (Offset | null)[];
};

export type OffsetLog = {
  readonly add: (batch: BatchId, entry: OffsetEntry) => Promise<void>;
  readonly get: (batch: BatchId) => Promise<OffsetEntry | null>;
  readonly latest: () => Promise<BatchId | null>;
  readonly purge: NumberedLog['purge'];
};

export function offsetLog(folder: string, files: Files): OffsetLog {
  const log = numberedLog(folder, files);
  return {
    add: (batch, entry) => log.add(batch, offsetEntryText(entry)),
    get: async (batch) => {
      const text = await log.get(batch);
      return text === null ? null : parseOffsetEntry(text, `${folder}/${batch}`);
    },
    latest: async () => {
      const latest = await log.latest();
      return latest === null ? null : batchId(latest);
    },
    purge: log.purge,
  };
}

export function offsetEntryText(entry: OffsetEntry): string {
  const meta = { batchWatermarkMs: entry.watermark, batchTimestampMs: entry.timestampMs, conf: entry.confs };
  const ends = entry.ends.map((end) => (end === null ? '-' : JSON.stringify(end)));
  return ['v1', JSON.stringify(meta), ...ends].join('\n');
}

/** Throws Spark's `Failed to read log file …` for text it did not write. */
export function parseOffsetEntry(text: string, path: string): OffsetEntry {
  const [metaLine = '', ...ends] = entryLines(text, path, 'offset');
  const meta = parseJson(metaLine, path);
  if (typeof meta !== 'object' || meta === null) throw unreadable(path, 'Incomplete log file');
  const fields = meta as { batchWatermarkMs?: unknown; batchTimestampMs?: unknown; conf?: unknown };
  return {
    watermark: watermark(Number(fields.batchWatermarkMs ?? 0)),
    timestampMs: Number(fields.batchTimestampMs ?? 0),
    confs: (fields.conf ?? {}) as Record<string, string>,
    ends: ends.map((line) => (line === '-' ? null : parseJson(line, path))),
  };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadable(path, 'Incomplete log file');
  }
}
