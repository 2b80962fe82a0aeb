/**
 * The disk as a session sees it. With a root (replay), every path outside it is refused before the disk is touched.
 * Absolute paths only; nothing in Marea changes the process's working folder.
 */
export type Files = {
  /** Absolute form of a path of the learner's (relative, `file:` URL or absolute) against the session's folder. */
  readonly resolve: (spelling: string) => string;
  readonly stat: (path: string) => Promise<FileStat | null>;
  /** Direct children; null when the folder does not exist. */
  readonly list: (folder: string) => Promise<readonly FileStat[] | null>;
  readonly readText: (path: string) => Promise<string>;
  readonly readBytes: (path: string) => Promise<Uint8Array>;
  /** The bytes from the start, in pieces of about a megabyte; a piece is good until the next one is asked for. */
  readonly chunks: (path: string) => AsyncIterable<Uint8Array>;
  /** `laterLinesFit` from the byte `from` on, in another thread; absent where there is none. */
  readonly linesFitAfter?: (path: string, from: number, line: RegExp) => Promise<boolean>;
  /** Written under a temporary name in the same folder, synced, renamed: a crash leaves the old file or the new one. */
  readonly writeAtomic: (path: string, content: string | Uint8Array) => Promise<void>;
  /** The first half of `writeAtomic`: written and synced. The answer renames it into place. The file is made at once, also for a content to come. */
  readonly stage: (path: string, content: string | Promise<string>) => Promise<() => Promise<void>>;
  readonly makeFolder: (path: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  /** File or whole folder; silent when absent. */
  readonly remove: (path: string) => Promise<void>;
  /** Throws `SparkError` when the path lies outside the root. */
  readonly checkInside: (path: string) => void;
};

export type FileStat = {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  /** Milliseconds since 1970, whole. */
  readonly modifiedMs: number;
};
