import type { Files } from '../api/files.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';

/** A folder of files named after batch ids, each written once: Spark's `HDFSMetadataLog`. */
export type NumberedLog = {
  readonly folder: string;
  /** Throws `CONCURRENT_STREAM_LOG_UPDATE` when the batch is already there. */
  readonly add: (batch: number, content: string) => Promise<void>;
  /** `add` up to the last step: the entry is on the disk, and appears when the answer is called. */
  readonly stage: (batch: number, content: string | Promise<string>) => Promise<() => Promise<void>>;
  /** Text of one entry, or null. */
  readonly get: (batch: number) => Promise<string | null>;
  readonly latest: () => Promise<number | null>;
  /** Removes entries before `batch`. */
  readonly purge: (batch: number) => Promise<void>;
};

export function numberedLog(folder: string, files: Files): NumberedLog {
  const path = (batch: number): string => `${folder}/${batch}`;
  const ids = async (): Promise<readonly number[]> =>
    ((await files.list(folder)) ?? []).filter((entry) => /^\d+$/.test(entry.name)).map((entry) => Number(entry.name));
  let isMade = false;
  let purgedTo: number | null = null;
  const stage: NumberedLog['stage'] = async (batch, content) => {
    if (!isMade) await files.makeFolder(folder);
    isMade = true;
    if ((await files.stat(path(batch))) !== null)
      throw sparkError('CONCURRENT_STREAM_LOG_UPDATE', { batchId: String(batch) });
    return files.stage(path(batch), content);
  };
  return {
    folder,
    add: async (batch, content) => (await stage(batch, content))(),
    stage,
    get: async (batch) => ((await files.stat(path(batch))) === null ? null : files.readText(path(batch))),
    latest: async () => {
      const all = await ids();
      return all.length === 0 ? null : Math.max(...all);
    },
    purge: async (batch) => {
      if (purgedTo === null) purgedTo = Math.min(...(await ids()), batch);
      for (; purgedTo < batch; purgedTo += 1) await files.remove(path(purgedTo));
    },
  };
}

/** Splits an entry into its version line and the rest. Throws Spark's sentences for an empty file or a newer version. */
export function entryLines(text: string, path: string, kind: 'offset' | 'commit'): readonly string[] {
  const lines = text.split('\n');
  const version = lines[0] ?? '';
  if (text === '')
    throw unreadable(path, kind === 'offset' ? 'Incomplete log file' : 'Incomplete log file in the offset commit log');
  const number = /^v(\d+)$/.exec(version)?.[1];
  if (number === undefined)
    throw unreadable(path, `Log file was malformed: failed to read correct log version from ${version}.`);
  if (number !== '1')
    throw unreadable(
      path,
      `UnsupportedLogVersion: maximum supported log version is v1, but encountered v${number}. The log file was produced by a newer version of Spark and cannot be read by this version. Please upgrade.`,
    );
  return lines.slice(1);
}

export const unreadable = (path: string, reason: string): SparkError =>
  new SparkError({ java: 'java.lang.IllegalStateException' }, `Failed to read log file file:${path}. ${reason}`);
