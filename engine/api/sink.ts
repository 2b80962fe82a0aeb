import type { Clock } from '../core/clock.ts';
import type { BatchId, CellId, QueryId, RunId } from '../core/ids.ts';
import type { StructType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';
import type { Files } from './files.ts';
import type { PathPair, SourceOptions } from './source.ts';
import type { PythonFunctions } from './python-functions.ts';
import type { SessionTables, TableUsage } from './session-tables.ts';

/** What a sink shows: final rows once, changed rows, or all rows. */
export type OutputMode = 'append' | 'update' | 'complete';

export type WriteRequest = {
  readonly format: string;
  readonly options: SourceOptions;
  readonly path: PathPair | undefined;
  readonly partitionBy: readonly string[];
  readonly schema: StructType;
};

export type SinkContext = {
  readonly files: Files;
  readonly clock: Clock;
  readonly conf: (key: string) => string | undefined;
  /** As in `SourceContext`. */
  readonly applicationConf: (key: string) => string | undefined;
  readonly zone: string;
  /** A schema as DDL text; throws Spark's `ParseException`. */
  readonly parseSchema: (ddl: string) => StructType;
  readonly tables: SessionTables;
  readonly python: PythonFunctions;
  /** Writes to the learner's stdout, attributed to the query and to the cell that started it. */
  readonly print: (text: string) => void;
};

/** Identity of the query a sink works for. */
export type SinkQuery = {
  readonly queryId: QueryId;
  readonly runId: RunId;
  readonly name: string | undefined;
  readonly cell: CellId | undefined;
  readonly outputMode: OutputMode;
  /** Absolute path of the checkpoint folder. */
  readonly checkpoint: string;
};

/** A format that can be written. Errors that Spark raises at `start()` or `save()` are raised by `openStream` / `writeBatch`. */
export type SinkFormat = {
  readonly format: string;
  /** Modes the sink takes; another is refused at `start()` with Spark's sentence. */
  readonly outputModes: readonly OutputMode[];
  /** console, memory, foreach, foreachBatch, noop run without `checkpointLocation`. */
  readonly needsCheckpoint: boolean;
  readonly guarantee: 'exactly-once' | 'at-least-once';
  /** The memory sink: a checkpoint that was used before is refused, but in complete mode. */
  readonly recoversOnlyInComplete?: true;
  readonly openStream?: (request: WriteRequest, query: SinkQuery, context: SinkContext) => Promise<StreamSink>;
  readonly writeBatch?: (
    request: WriteRequest,
    mode: SaveMode,
    output: BatchOutput,
    context: SinkContext,
  ) => Promise<void>;
};

export type SaveMode = 'append' | 'overwrite' | 'error_if_exists' | 'ignore';

/** One running sink. Methods are never called concurrently. */
export type StreamSink = {
  /** As in progress: `ForeachBatchSink`, `FileSink[file:/abs/salida]`. */
  readonly description: string;
  /** Progress reports the number of rows written; otherwise -1 (Spark's V1 sinks). */
  readonly reportsRows: boolean;
  /** `start()` has refused nothing: what the sink shows by its mere existence may appear. */
  readonly started?: () => void;
  /** What Spark refuses when it plans a query that has started; called once, before the first batch, whether there is data or not. */
  readonly plan?: () => void;
  /**
   * Delivers one batch. Nothing that cannot be repeated may become visible before `publish` for sinks that stage (files);
   * other sinks deliver at once (at least once, as in Spark). Called for empty batches too.
   */
  readonly write: (batch: SinkBatch) => Promise<SinkReceipt>;
  /** Makes a staged batch visible; called after the state is committed, and again after a crash in between: must be repeatable. */
  readonly publish?: (batch: BatchId, staged: readonly StagedFile[]) => Promise<void>;
  /** True when this batch is already visible in the sink and must be skipped (`_spark_metadata`). */
  readonly alreadyHas?: (batch: BatchId) => Promise<boolean>;
  /** Removes what an unfinished batch of this query left behind; never a file of another writer. */
  readonly cleanUp?: () => Promise<void>;
  /** The query is to stop: a call that waits for a server gives up at once. May come while a method runs. */
  readonly interrupt?: () => void;
  readonly close: () => Promise<void>;
};

export type SinkBatch = {
  readonly batchId: BatchId;
  readonly mode: OutputMode;
  readonly schema: StructType;
  /** Partitions in which Spark hands the batch over; null or absent: unknown. */
  readonly partitionCount?: () => Promise<number | null>;
} & BatchOutput;

/** The rows of a batch or of a batch write, still inside DuckDB. */
export type BatchOutput = {
  readonly schema: StructType;
  readonly rowCount: () => Promise<number>;
  /** The first `limit` rows, decoded. */
  readonly rows: (limit: number) => Promise<readonly Row[]>;
  /** All rows, decoded, in blocks of at most 2,048. */
  readonly blocks: () => AsyncIterable<readonly Row[]>;
  /** Writes all rows (or those of one partition) to a file in the real column names; the file is not yet synced. */
  readonly copyTo: (file: string, options: CopyOptions) => Promise<number>;
  /** Copies the rows into a table of the session's instance (memory sink, foreachBatch frame) and answers nothing. */
  readonly copyToTable: (tableKey: string, how: 'replace' | 'append') => Promise<void>;
  /** Distinct values of the partition columns, decoded. */
  readonly partitions: (columns: readonly string[]) => Promise<readonly Row[]>;
};

export type CopyOptions = {
  readonly format: 'parquet' | 'json' | 'csv' | 'text';
  /** Option names in lower case, as checked by the sink. */
  readonly options: Readonly<Record<string, string>>;
  /** Only rows where each column equals the value (null-safe); these columns are left out of the file. */
  readonly partition?: { readonly columns: readonly string[]; readonly values: Row };
};

export type StagedFile = { readonly staged: string; readonly final: string; readonly size: number };
/** `usage`: present for `foreachBatch`, where the learner's actions decide what Spark's metrics count. */
export type SinkReceipt = {
  readonly rows: number;
  readonly staged?: readonly StagedFile[];
  readonly usage?: TableUsage;
};
