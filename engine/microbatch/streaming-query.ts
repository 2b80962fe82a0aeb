import type { QueryProgress } from '../api/query-progress.ts';
import type { StreamSink } from '../api/sink.ts';
import type { CellId, QueryId, RunId } from '../core/ids.ts';
import { jobAborted } from '../core/job-aborted.ts';
import { javaClassName, SparkError, sparkError } from '../core/spark-error.ts';
import { isoMillis } from '../core/time.ts';
import type { Row } from '../core/spark-value.ts';
import type { Database } from '../duckdb/open-database.ts';
import { openRun } from './open-run.ts';
import type { QueryIdentity, QueryRun } from './query-run.ts';
import { runQuery, settleState, type RunListener } from './run-query.ts';
import type { StartSpec } from './start-spec.ts';
import { Waiters } from './waiters.ts';

export type QueryStatus = {
  readonly message: string;
  readonly isDataAvailable: boolean;
  readonly isTriggerActive: boolean;
};

/** What the manager hears of a query's life. */
export type QueryObserver = {
  readonly progress: (query: StreamingQuery, progress: QueryProgress, executed: boolean) => void;
  readonly rows: (query: StreamingQuery, batchId: number, rows: readonly Row[], total: number) => void;
  readonly idle: (query: StreamingQuery, timestamp: string) => void;
  readonly terminated: (query: StreamingQuery) => void;
};

/** One started `writeStream`, from `start()` to its end. Its loop runs on its own; failures wait for whoever asks. */
export class StreamingQuery {
  readonly id: QueryId;
  readonly runId: RunId;
  readonly name: string | undefined;
  readonly cell: CellId | undefined;
  readonly spec: StartSpec;
  /** The checkpoint folder, absolute; a temporary one goes with a clean stop. */
  readonly checkpoint: string;
  private readonly sink: StreamSink;
  private readonly observer: QueryObserver;
  private readonly stopping = new AbortController();
  private readonly waiters = new Waiters();
  private readonly progresses: QueryProgress[] = [];
  private state: QueryStatus = {
    message: 'Initializing StreamExecution',
    isDataAvailable: false,
    isTriggerActive: false,
  };
  private failure: SparkError | undefined;
  private ended: Promise<void> | undefined;
  private isOver = false;
  private run: QueryRun | undefined;
  private database: Database | undefined;
  private hasExecuted = false;

  constructor(spec: StartSpec, identity: QueryIdentity, checkpoint: string, sink: StreamSink, observer: QueryObserver) {
    this.spec = spec;
    this.id = identity.id;
    this.runId = identity.runId;
    this.name = spec.name;
    this.cell = spec.cell;
    this.checkpoint = checkpoint;
    this.sink = sink;
    this.observer = observer;
  }

  get isActive(): boolean {
    return !this.isOver;
  }

  get status(): QueryStatus {
    return this.state;
  }

  get lastProgress(): QueryProgress | undefined {
    return this.progresses.at(-1);
  }

  /** Oldest first; Spark keeps one fewer than `numRecentProgressUpdates`. */
  get recentProgress(): readonly QueryProgress[] {
    return this.progresses;
  }

  /** `[STREAM_FAILED] …`, or undefined while nothing failed. */
  get exceptionText(): string | undefined {
    return this.failure?.message;
  }

  get exception(): SparkError | undefined {
    return this.failure;
  }

  /** What ended the query, as a Java exception is named and worded; for listeners. */
  get sinkDescription(): string {
    return this.sink.description;
  }

  explain(extended: boolean): string {
    return this.hasExecuted ? this.spec.explain(extended) : 'No physical plan. Waiting for data.';
  }

  /** Starts the loop; returns at once. Called once. */
  launch(): void {
    this.ended = this.live();
  }

  /** Ends the run as soon as the statement in progress lets go, and waits for it. Harmless when repeated. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.run?.connection.interrupt();
    for (const { source } of this.run?.sources ?? []) source.interrupt?.();
    this.sink.interrupt?.();
    this.waiters.wake();
    await this.ended;
  }

  /**
   * Resolves when a look for data that began after this call found nothing to do, no-data batches included, or the query ended. Rejects when it failed.
   * `signal`: the caller gives up; the query goes on.
   */
  async processAllAvailable(signal?: AbortSignal): Promise<void> {
    if (this.isActive) {
      this.waiters.wake();
      await this.waiters.untilIdle(this.waiters.moment(), signal);
    }
    if (this.failure !== undefined) throw this.failure;
  }

  /** True once the query ended, false when the time was up first. Rejects when it failed. Without a timeout it waits for the end. */
  async awaitTermination(timeoutMs?: number, signal?: AbortSignal): Promise<boolean> {
    if (this.isActive) await this.waiters.untilEnd(this.spec.ports.clock, timeoutMs, signal);
    if (this.failure !== undefined) throw this.failure;
    return !this.isActive;
  }

  private async live(): Promise<void> {
    try {
      this.say('Initializing sources');
      const identity = { id: this.id, runId: this.runId };
      this.run = await openRun(this.spec, identity, this.checkpoint, this.sink, (database) => {
        this.database = database;
      });
      for (const { source } of this.run.sources) source.watch?.(() => this.waiters.wake());
      await runQuery(this.run, this.listener());
      await settleState(this.run);
    } catch (error) {
      if (!this.stopping.signal.aborted) this.failure = this.failureOf(error);
    }
    await this.close();
    this.state = {
      message: this.failure === undefined ? 'Stopped' : `Terminated with exception: ${causeText(this.failure)}`,
      isDataAvailable: false,
      isTriggerActive: false,
    };
    this.isOver = true;
    this.observer.terminated(this);
    this.waiters.end();
  }

  private listener(): RunListener {
    return {
      say: (message) => this.say(message),
      setActivity: (activity) => {
        this.state = { ...this.state, ...activity };
      },
      progress: (progress, executed) => {
        this.hasExecuted ||= executed;
        this.progresses.push(progress);
        const kept = Number(this.spec.confs.get('spark.sql.streaming.numRecentProgressUpdates') ?? 100) - 1;
        while (this.progresses.length > kept) this.progresses.shift();
        this.observer.progress(this, progress, executed);
      },
      rows: (batchId, rows, total) => this.observer.rows(this, batchId, rows, total),
      idle: (triggerStartMs) => this.observer.idle(this, isoMillis(triggerStartMs)),
      nothingLeft: (plannedFrom) => this.waiters.idle(plannedFrom),
      moment: () => this.waiters.moment(),
      pause: (ms, wakesForData) => this.waiters.pause(this.spec.ports.clock, ms, this.stopping.signal, wakesForData),
      isStopping: () => this.stopping.signal.aborted,
      stopping: this.stopping.signal,
    };
  }

  private say(message: string): void {
    this.state = { ...this.state, message };
  }

  /** A failed query keeps its temporary checkpoint, as in Spark. */
  private async close(): Promise<void> {
    for (const { source } of this.run?.sources ?? []) await source.stop().catch(() => undefined);
    await this.sink.close().catch(() => undefined);
    await this.database?.close().catch(() => undefined);
    if (this.spec.checkpoint === undefined && this.failure === undefined)
      await this.spec.ports.files.remove(this.checkpoint).catch(() => undefined);
  }

  private failureOf(error: unknown): SparkError {
    const cause = ofTask(error instanceof Error ? error : new Error(String(error)));
    const failure = sparkError('STREAM_FAILED', { id: this.id, runId: this.runId, message: cause.message }, { cause });
    return cause instanceof SparkError ? failure.at(cause.origin) : failure;
  }
}

/** A Python function fails in a task, and PySpark takes its exception out of the job's only for batches. */
function ofTask(cause: Error): Error {
  if (!(cause instanceof SparkError) || cause.errorClass !== 'PythonException') return cause;
  return jobAborted(javaClassName(cause.errorClass), cause.parameters['traceback'] ?? cause.message).at(cause.origin);
}

const causeText = (failure: SparkError): string =>
  failure.cause instanceof Error ? failure.cause.message : failure.message;
