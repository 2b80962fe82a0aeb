import type { Clock } from '../core/clock.ts';
import type { StructType } from '../core/data-type.ts';
import type { Sql } from '../core/sql-text.ts';
import type { Row } from '../core/spark-value.ts';
import type { Files } from './files.ts';
import type { QueryPort } from './query-port.ts';
import type { SourceFilter } from './source-filter.ts';

/** A position in one source, in the JSON form Spark logs. Only that source can compare two. */
export type Offset = unknown;

/** Option names are case-insensitive: `get` ignores case, `entries` keeps the learner's spelling. */
export type SourceOptions = {
  readonly get: (name: string) => string | undefined;
  readonly entries: readonly (readonly [string, string])[];
};

/** A `load()` as the learner wrote it. Each path travels as its spelling and its absolute form. */
export type ReadRequest = {
  readonly format: string;
  readonly schema: StructType | undefined;
  readonly options: SourceOptions;
  readonly paths: readonly PathPair[];
  /** `read.jdbc(predicates=…)`: one WHERE clause for each part. */
  readonly predicates?: readonly string[];
};
export type PathPair = { readonly spelling: string; readonly absolute: string };

/** What a source may use of the world. */
export type SourceContext = {
  readonly files: Files;
  readonly clock: Clock;
  readonly query: QueryPort;
  /** Session confs (`spark.sql.*`), after defaults. */
  readonly conf: (key: string) => string | undefined;
  /** Settings the application was started with, as connectors of other makers read them: what is set later does not reach them. */
  readonly applicationConf: (key: string) => string | undefined;
  /** Session time zone. */
  readonly zone: string;
  /** `spark.default.parallelism`, or the threads of the master. */
  readonly parallelism: number;
  /** A schema as DDL text (`id INT, nombre STRING`); throws Spark's `ParseException`. */
  readonly parseSchema: (ddl: string) => StructType;
  /** Working folder of the session, absolute. */
  readonly folder: string;
};

/**
 * A format that can be read. `load` runs when the learner calls `load()`: it checks options and answers the schema (inferring it where Spark does),
 * so that errors of Spark's `load()` are raised there.
 */
export type SourceFormat = {
  readonly format: string;
  readonly loadBatch?: (request: ReadRequest, context: SourceContext) => Promise<BatchSource>;
  readonly loadStream?: (request: ReadRequest, context: SourceContext) => Promise<StreamSourceFactory>;
};

/** A batch read. `read` is called anew for each action. */
export type BatchSource = {
  readonly schema: StructType;
  /** As `explain` and the error "Queries with streaming sources…" print it. */
  readonly description: string;
  /** File URIs of a file read, for `inputFiles()`. */
  readonly files?: readonly string[];
  /** Whether the source tests the condition itself: it is then told to `read`, and nobody tests it again. Absent: it tests none. */
  readonly takes?: (filter: SourceFilter) => boolean;
  /** Columns whose text is padded to a number of characters, as CHAR is: Spark pads the constants they are compared with, and asks no source. */
  readonly paddedColumns?: ReadonlyMap<string, number>;
  readonly read: (wanted?: WantedRows) => Promise<SourceRows>;
  /** Rows in each partition that Spark would read the source in; null where it cuts files, and only their bytes say how. Absent: there is one. */
  readonly partitionSizes?: () => Promise<readonly number[] | null>;
};

/** What one use of a batch read needs. `columns`: names of those that are looked at, the others may be NULL; absent: all. */
export type WantedRows = {
  readonly filters: readonly SourceFilter[];
  readonly columns?: ReadonlySet<string>;
  /** After the last column comes the URI of the file that a row is from. Asked of file sources only. */
  readonly fileNames?: boolean;
};

/** A streaming read that has not started: each query that uses the frame opens its own source. */
export type StreamSourceFactory = {
  readonly schema: StructType;
  /** `FileSource[entrada]`, `socket`, `kafka`: the line under "Queries with streaming sources must be executed…". */
  readonly description: string;
  /** `metadataFolder`: `<checkpoint>/sources/<n>`, absolute; the source may keep its own log there. */
  readonly open: (metadataFolder: string) => Promise<StreamSource>;
};

/** How much one micro-batch may take. */
export type ReadLimit = 'source_default' | 'all_available';

/** One running stream. Methods are never called concurrently. */
export type StreamSource = {
  /** Spark's description in progress records: `FileStreamSource[file:/abs/path]`. */
  readonly description: string;
  /** The position reached if a batch read everything the limit lets in after `start` (null: nothing read yet); null when nothing was ever there. */
  readonly latestOffset: (start: Offset | null, limit: ReadLimit) => Promise<Offset | null>;
  /** `latestOffset` may leave the source's own log on its way to the disk; resolves when it is there. Called before the batch's own entry is written. */
  readonly settled?: () => Promise<void>;
  /** Called once before the first batch of a query with `availableNow`: later data is not part of the run. */
  readonly prepareAvailableNow?: () => Promise<void>;
  /** Rows after `start` up to and including `end`. Must give the same rows when asked again, as far as the source can. */
  readonly read: (start: Offset | null, end: Offset, wanted?: Pick<WantedRows, 'fileNames'>) => Promise<SourceRows>;
  /** Absolute paths of the files of a range, for sources of files. */
  readonly files?: (start: Offset | null, end: Offset) => Promise<readonly string[]>;
  /** A restart found the range already committed: sources that keep their own log check it, as Spark's `getBatch` does. */
  readonly recover?: (start: Offset | null, end: Offset) => Promise<void>;
  /** Batches up to `end` are committed: data may be cleaned. */
  readonly commit?: (end: Offset) => Promise<void>;
  /** Extra `metrics` of the source's progress entry. */
  readonly metrics?: () => Readonly<Record<string, string>>;
  /** `latestOffset` as progress shows it, where it differs from the batch's end offset. */
  readonly reportedLatest?: () => Offset | null;
  /** A source that hears of new data by itself calls `notify` then, and need not be asked every few milliseconds. Called once, before anything is read. */
  readonly watch?: (notify: () => void) => void;
  /** The query is to stop: a call that waits for a server gives up at once. May come while a method runs. */
  readonly interrupt?: () => void;
  readonly stop: () => Promise<void>;
};

/**
 * Rows of a read. `sql`: a SELECT whose columns are named `f0`, `f1`, … in schema order, storage types as core/storage-type says.
 * `rows`: decoded values, loaded by the engine in blocks.
 * `counts`: parquet and text count every row as input; json and csv count what passes the filters that Spark pushes down.
 */
export type SourceRows = SparkRead &
  (
    | {
        readonly kind: 'sql';
        readonly select: Sql;
        readonly counts: 'every_row' | 'rows_after_pushed_filters';
        readonly isEmpty?: boolean;
      }
    | { readonly kind: 'rows'; readonly blocks: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]> }
  );

/** How Spark would read the rows. */
export type SparkRead = {
  /** Number of partitions; absent: the source does not know before it counts them. */
  readonly partitions?: number;
  /** Bytes, as Spark's planner knows them; absent: it knows nothing, and takes them to be endless. */
  readonly bytes?: number;
};
