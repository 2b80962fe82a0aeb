import type { EngineEvent, ResultRows } from '../api/engine-events.ts';
import type { BatchScript } from '../api/batch-script.ts';
import type { Files } from '../api/files.ts';
import type { InputWitness } from '../api/input-witness.ts';
import type { PythonFunctions } from '../api/python-functions.ts';
import type { SessionTables } from '../api/session-tables.ts';
import type { OutputMode, SinkFormat, WriteRequest } from '../api/sink.ts';
import type { SourceRows, StreamSourceFactory } from '../api/source.ts';
import type { CompiledBatch } from '../compile/compiled-step.ts';
import type { CompileOptions } from '../compile/compile-options.ts';
import type { Clock } from '../core/clock.ts';
import type { BatchId, CellId } from '../core/ids.ts';
import type { Row } from '../core/spark-value.ts';
import type { Database } from '../duckdb/open-database.ts';
import type { CompileContext } from '../functions/define-function.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Trigger } from './trigger.ts';

/** Everything a query needs to start, decided by the session. The plan has passed the streaming checks. */
export type StartSpec = {
  readonly plan: AnalyzedRelation;
  readonly outputMode: OutputMode;
  readonly trigger: Trigger;
  /** `queryName`, if one was given. */
  readonly name: string | undefined;
  readonly cell: CellId | undefined;
  readonly sink: SinkFormat;
  readonly write: WriteRequest;
  /** Every streaming source of the plan, by source key. */
  readonly streams: ReadonlyMap<number, StreamSourceFactory>;
  /** The plan as the next batch runs it, with the rows of its static sources, read now: what is cached meanwhile comes from its table. */
  readonly planNow: (context: CompileContext) => Promise<PlanWithStatics>;
  /** Keys of static sources whose size Spark does not know: it joins them by sorting, never by broadcasting. */
  readonly unsizedSources: ReadonlySet<number>;
  /** Threads of the master, or `spark.default.parallelism`. */
  readonly parallelism: number;
  /** Absolute path of `checkpointLocation`, or where the session's conf puts it; undefined: none was given. */
  readonly checkpoint: string | undefined;
  /** The session's confs when the query started; later changes do not reach it. */
  readonly confs: ReadonlyMap<string, string>;
  /** Settings the application was started with, for sinks. */
  readonly applicationConf: (key: string) => string | undefined;
  readonly compile: (plan: AnalyzedRelation, options: CompileOptions) => CompiledBatch;
  /** A bounded sample of a batch's rows for charts, asked for while somebody watches. */
  readonly sample?: (rows: readonly Row[], total: number) => ResultRows;
  /** Text of `query.explain()`. */
  readonly explain: (extended: boolean) => string;
  readonly ports: QueryPorts;
};

/** `statics`: the rows of every static source of the plan, by source key. */
export type PlanWithStatics = {
  readonly plan: AnalyzedRelation;
  readonly statics: ReadonlyMap<number, SourceRows>;
};

export type QueryPorts = {
  readonly files: Files;
  readonly clock: Clock;
  readonly python: PythonFunctions;
  readonly tables: SessionTables;
  /** Opens DuckDB with the functions the engine adds to it: a file of state, or `:memory:`. */
  readonly openDatabase: (path: string, threads: number, batchId: number) => Promise<Database>;
  /** Where temporary checkpoints go, absolute. */
  readonly temporaryFolder: string;
  /** Writes to the learner's stdout, attributed to the cell. */
  readonly print: (text: string, cell: CellId | undefined) => void;
  readonly emit: (event: EngineEvent) => void;
  /** True while somebody looks at the observatory: then batches carry `marea` insight and a sample of their rows. */
  readonly isWatched: () => boolean;
  readonly witness?: InputWitness;
  readonly script?: BatchScript;
  /** Tests stop a query at a named point of a batch by throwing here. */
  readonly crashPoint?: (point: CrashPoint, batch: BatchId) => void;
};

/** The places in a micro-batch between which a crash must leave something that recovers. */
export type CrashPoint =
  | 'before-offsets'
  | 'after-offsets'
  | 'after-steps'
  | 'after-sink-write'
  | 'after-state-commit'
  | 'after-publish'
  | 'after-commit-log';
