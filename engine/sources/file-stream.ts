import { afterThis } from '../core/after-this.ts';
import { SparkError } from '../core/spark-error.ts';
import type { FileStat } from '../api/files.ts';
import type { Offset, PathPair, ReadLimit, SourceRows, StreamSource } from '../api/source.ts';
import { fileLog, type FileLog } from '../core/file-log.ts';
import { fileUri, pathOfUri } from '../core/file-uri.ts';
import { listFiles } from './file-listing.ts';
import { existing, fileRows, type FileNames, type FileRead } from './file-rows.ts';
import { fileStreamOptions, type FileStreamOptions } from './file-stream-options.ts';
import { isGlob } from './glob.ts';
import { SeenFiles } from './seen-files.ts';
import { checkArchiveFolder, cleanFiles } from './clean-source.ts';

/** A line of `sources/<n>/<batch>`. */
export type SeenEntry = { readonly path: string; readonly timestamp: number; readonly batchId: number };

const maxCachedFiles = 10_000;
/** Fewer files left than this share of the limit: list again rather than run a small batch. */
const discardBelow = 0.2;

/** Spark's `FileStreamSource`: offsets count its own log entries, and one entry names the files of one batch. */
export class FileStream implements StreamSource {
  readonly description: string;
  private readonly path: PathPair;
  private readonly reading: FileRead;
  private readonly options: FileStreamOptions;
  private readonly log: FileLog<SeenEntry>;
  private readonly seen: SeenFiles;
  private current: number;
  private unread: readonly FileStat[] | null = null;
  /** The entries of `current`, where this run wrote them. */
  private newest: readonly SeenEntry[] = [];
  private logging: Promise<void> = Promise.resolve();
  private fixedFiles: readonly FileStat[] | null = null;

  private constructor(
    path: PathPair,
    read: FileRead,
    options: FileStreamOptions,
    log: FileLog<SeenEntry>,
    logged: readonly SeenEntry[],
    current: number,
  ) {
    this.description = `FileStreamSource[file:${path.absolute.replace(/\/+$/, '')}]`;
    this.path = path;
    this.reading = read;
    this.options = options;
    this.log = log;
    this.current = current;
    this.seen = new SeenFiles(options.maxFileAgeMs, options.fileNameOnly);
    for (const entry of logged) this.seen.add(entry.path, entry.timestamp);
    this.seen.purge();
  }

  /** Reads the log of an earlier run. `metadataFolder`: `<checkpoint>/sources/<n>`. */
  static async open(path: PathPair, read: FileRead, metadataFolder: string): Promise<FileStream> {
    const options = fileStreamOptions(read.options);
    checkArchiveFolder(options, path, read.context.files);
    const log = fileLog<SeenEntry>(metadataFolder, read.context.files);
    const logged = await log.all();
    return new FileStream(path, read, options, log, logged, (await log.latest()) ?? -1);
  }

  async latestOffset(_start: Offset | null, limit: ReadLimit): Promise<Offset | null> {
    const max = limit === 'all_available' ? undefined : this.options.maxFilesPerTrigger;
    const found = this.unread ?? (await this.newFiles());
    const taken = max === undefined ? found : found.slice(0, max);
    const left = max === undefined ? [] : found.slice(max);
    this.unread =
      this.options.latestFirst || max === undefined || left.length === 0 || left.length < max * discardBelow
        ? null
        : left.slice(0, maxCachedFiles);
    if (taken.length > 0) {
      this.current += 1;
      const entries = taken.map((file) => ({
        path: fileUri(file.path),
        timestamp: file.modifiedMs,
        batchId: this.current,
      }));
      const batch = this.current;
      this.logging = afterThis().then(() => this.log.add(batch, entries));
      // `settled` reports a failure.
      this.logging.catch(() => undefined);
      this.newest = entries;
      for (const entry of entries) this.seen.add(entry.path, entry.timestamp);
      this.seen.purge();
    }
    return this.current < 0 ? null : { logOffset: this.current };
  }

  settled(): Promise<void> {
    return this.logging;
  }

  async prepareAvailableNow(): Promise<void> {
    this.fixedFiles = await this.allFiles();
  }

  async read(start: Offset | null, end: Offset, wanted?: FileNames): Promise<SourceRows> {
    const entries = await this.entries(start, end);
    const files = await existing(
      entries.map((entry) => pathOfUri(entry.path)),
      this.reading.context.files,
    );
    this.checkBase(entries);
    return fileRows(files, { ...this.reading, baseOf: this.base }, wanted);
  }

  async files(start: Offset | null, end: Offset): Promise<readonly string[]> {
    return (await this.entries(start, end)).map((entry) => pathOfUri(entry.path));
  }

  async recover(start: Offset | null, end: Offset): Promise<void> {
    this.checkBase(await this.entries(start, end));
  }

  async commit(end: Offset): Promise<void> {
    if (this.options.clean === 'off') return;
    const entries = (await this.log.get(logOffset(end)))?.filter((entry) => entry.batchId === logOffset(end)) ?? [];
    await cleanFiles(
      entries.map((entry) => pathOfUri(entry.path)),
      this.options,
      this.reading.context.files,
    );
  }

  reportedLatest(): null {
    return null;
  }

  async stop(): Promise<void> {
    this.unread = null;
  }

  private async allFiles(): Promise<readonly FileStat[]> {
    const { files } = await listFiles([this.path], this.reading.options, this.reading.context.files);
    return files;
  }

  private async newFiles(): Promise<readonly FileStat[]> {
    const all = (this.fixedFiles ?? (await this.allFiles())).filter((file) =>
      this.seen.isNew(fileUri(file.path), file.modifiedMs),
    );
    const direction = this.options.latestFirst ? -1 : 1;
    return all.toSorted((a, b) => direction * (a.modifiedMs - b.modifiedMs));
  }

  private async entries(start: Offset | null, end: Offset): Promise<readonly SeenEntry[]> {
    const from = start === null ? 0 : logOffset(start) + 1;
    const found: SeenEntry[] = [];
    for (let batch = from; batch <= logOffset(end); batch += 1) {
      const isNewest = batch === this.current && this.newest.length > 0;
      const entries = isNewest ? this.newest : await this.log.get(batch);
      if (entries === null)
        throw new SparkError({ java: 'java.lang.IllegalStateException' }, `batch ${batch} doesn't exist`);
      for (const entry of entries) if (entry.batchId === batch) found.push(entry);
    }
    return found;
  }

  private readonly base = (file: string): string =>
    isGlob(this.path.absolute) ? this.reading.baseOf(file) : this.path.absolute.replace(/\/+$/, '');

  /** Files of another folder in the log mean that the path was changed; a path that is a file cannot be a base. */
  private checkBase(entries: readonly SeenEntry[]): void {
    if (isGlob(this.path.absolute)) return;
    const base = this.path.absolute.replace(/\/+$/, '');
    for (const entry of entries) {
      const path = pathOfUri(entry.path);
      if (path === base) throw new SparkError('IllegalArgumentException', "Option 'basePath' must be a directory");
      if (!path.startsWith(`${base}/`))
        throw new SparkError(
          'IllegalArgumentException',
          `Wrong basePath ${this.path.spelling} for the root path: file:${path}`,
        );
    }
  }
}

const logOffset = (offset: Offset): number => Number((offset as { readonly logOffset: number | string }).logOffset);
