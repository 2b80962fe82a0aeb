import { SparkError, sparkError } from './spark-error.ts';

/** The part of the `Files` port that a log needs. */
type LogFiles = {
  readonly stat: (path: string) => Promise<object | null>;
  readonly list: (folder: string) => Promise<readonly { readonly name: string }[] | null>;
  readonly readText: (path: string) => Promise<string>;
  readonly writeAtomic: (path: string, content: string) => Promise<void>;
  readonly makeFolder: (path: string) => Promise<void>;
};

/**
 * A log of files by batch, with a compaction every `interval` batches: Spark's `CompactibleFileStreamLog`, used by the file source for files it has read
 * and by the file sink (`_spark_metadata`) for files it has written. `spelling`: how messages print the folder.
 */
export type FileLog<Entry> = {
  readonly add: (batch: number, entries: readonly Entry[]) => Promise<void>;
  readonly get: (batch: number) => Promise<readonly Entry[] | null>;
  readonly latest: () => Promise<number | null>;
  /** Every entry up to the latest batch. Throws `… doesn't exist` when a file of the chain is missing. */
  readonly all: () => Promise<readonly Entry[]>;
};

export function fileLog<Entry extends object>(
  folder: string,
  files: LogFiles,
  interval = 10,
  spelling = folder,
): FileLog<Entry> {
  const isCompaction = (batch: number): boolean => (batch + 1) % interval === 0;
  const name = (batch: number): string => (isCompaction(batch) ? `${batch}.compact` : String(batch));
  const path = (batch: number): string => `${folder}/${name(batch)}`;
  const read = async (batch: number): Promise<readonly Entry[] | null> => {
    if ((await files.stat(path(batch))) === null) return null;
    const [version, ...lines] = (await files.readText(path(batch))).split('\n');
    if (version !== 'v1')
      throw new SparkError(
        { java: 'java.lang.IllegalStateException' },
        `Log file was malformed: failed to read correct log version from ${version ?? ''}.`,
      );
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Entry);
  };
  const latest = async (): Promise<number | null> => {
    const ids = ((await files.list(folder)) ?? []).flatMap(
      (entry) => /^(\d+)(\.compact)?$/.exec(entry.name)?.[1] ?? [],
    );
    return ids.length === 0 ? null : Math.max(...ids.map(Number));
  };
  const upTo = async (last: number): Promise<readonly Entry[]> => {
    const compacted = Math.max(Math.floor((last + 1) / interval) * interval - 1, -1);
    const parts: Entry[] = [];
    for (let batch = Math.max(compacted, 0); batch <= last; batch += 1) {
      const entries = await read(batch);
      if (entries === null)
        throw new SparkError(
          { java: 'java.lang.IllegalStateException' },
          `${spelling}/${name(batch)} doesn't exist (latestId: ${last}, compactInterval: ${interval})`,
        );
      for (const entry of entries) parts.push(entry);
    }
    return parts;
  };
  let isMade = false;
  return {
    add: async (batch, entries) => {
      if (!isMade) await files.makeFolder(folder);
      isMade = true;
      if ((await files.stat(path(batch))) !== null)
        throw sparkError('CONCURRENT_STREAM_LOG_UPDATE', { batchId: String(batch) });
      const content = isCompaction(batch) && batch > 0 ? [...(await upTo(batch - 1)), ...entries] : entries;
      await files.writeAtomic(path(batch), ['v1', ...content.map((entry) => JSON.stringify(entry))].join('\n'));
    },
    get: read,
    latest,
    all: async () => {
      const last = await latest();
      return last === null ? [] : upTo(last);
    },
  };
}
