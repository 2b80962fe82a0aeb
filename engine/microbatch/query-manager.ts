import type { EngineEvent, QueryIdentity } from '../api/engine-events.ts';
import type { PythonFunctions } from '../api/python-functions.ts';
import type { QueryId } from '../core/ids.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { isoMillis } from '../core/time.ts';
import type { Row } from '../core/spark-value.ts';
import { ListenerQueue } from './listener-queue.ts';
import type { StartSpec } from './start-spec.ts';
import { startQuery } from './start-query.ts';
import type { QueryObserver, StreamingQuery } from './streaming-query.ts';

/** The queries of one application: names and ids are unique among the active ones, listeners hear of all of them. */
export class QueryManager {
  private readonly emit: (event: EngineEvent) => void;
  private readonly queue: ListenerQueue;
  private readonly byRunId = new Map<string, StreamingQuery>();
  /** The newest query that ended since `resetTerminated`, a failed one first. */
  private lastTerminated: StreamingQuery | undefined;
  private readonly terminationWaiters = new Set<() => void>();

  constructor(python: PythonFunctions, emit: (event: EngineEvent) => void) {
    this.emit = emit;
    this.queue = new ListenerQueue(python);
  }

  get active(): readonly StreamingQuery[] {
    return [...this.byRunId.values()].filter((query) => query.isActive);
  }

  get listeners(): readonly string[] {
    return this.queue.listeners;
  }

  get(id: QueryId): StreamingQuery | undefined {
    return this.active.find((query) => query.id === id);
  }

  /** A query by its run, alive or ended. */
  byRun(runId: string): StreamingQuery {
    const found = this.byRunId.get(runId);
    if (found === undefined) throw new SparkError('UnknownException', `unknown query run ${runId}`, { blame: 'marea' });
    return found;
  }

  /** `start()` of a writer. `check`: what Spark's checker refuses, asked once the sink is open. */
  start(spec: StartSpec, check: () => void): Promise<StreamingQuery> {
    return startQuery(spec, this, check);
  }

  addListener(key: string): void {
    this.queue.add(key);
  }

  removeListener(key: string): void {
    this.queue.remove(key);
  }

  /** Throws when an active query has the name. */
  checkName(name: string | undefined): void {
    if (name !== undefined && this.active.some((query) => query.name === name))
      throw sparkError('QUERY_NAME_IN_USE', { name });
  }

  /**
   * Makes room for a query id that is active, in the same folder or in a copy of it: the old run is stopped and its end awaited, or the start is refused
   * (`spark.sql.streaming.stopActiveRunOnRestart=false`).
   */
  async releaseId(id: QueryId, stopsActiveRun: boolean): Promise<void> {
    const old = this.get(id);
    if (old === undefined) return;
    if (!stopsActiveRun) throw sparkError('MULTIPLE_STREAMS_ON_CHECKPOINT', { id });
    await old.stop();
  }

  /** Takes in a query that is about to run; listeners have heard of it when this resolves. */
  async register(query: StreamingQuery, resumedFromBatch: number | null): Promise<void> {
    this.byRunId.set(query.runId, query);
    const at = isoMillis(query.spec.ports.clock.now());
    const { sink, outputMode } = query.spec;
    this.emit({
      kind: 'query_started',
      at,
      sink: sink.format,
      outputMode,
      resumedFromBatch,
      checkpoint: query.spec.checkpoint ?? null,
      ...identityOf(query),
    });
    await this.queue.call('onQueryStarted', {
      id: query.id,
      runId: query.runId,
      name: query.name ?? null,
      timestamp: at,
    });
  }

  readonly observer: QueryObserver = {
    progress: (query, progress, executed) => {
      this.emit({ kind: 'query_progress', progress, executed, ...identityOf(query) });
      // Idle triggers have an event of their own since Spark 3.5.
      if (executed) this.queue.post('onQueryProgress', progress);
    },
    rows: (query, batchId, rows: readonly Row[], total) => {
      const sample = query.spec.sample?.(rows, total);
      if (sample !== undefined) this.emit({ kind: 'query_rows', batchId, rows: sample, ...identityOf(query) });
    },
    idle: (query, timestamp) => {
      this.emit({ kind: 'query_idle', at: timestamp, ...identityOf(query) });
      this.queue.post('onQueryIdle', { id: query.id, runId: query.runId, timestamp });
    },
    terminated: (query) => this.onTerminated(query),
  };

  resetTerminated(): void {
    this.lastTerminated = undefined;
  }

  /** True when some query ended since the last reset; rejects if it failed. Without a timeout it waits for one. */
  async awaitAnyTermination(timeoutMs: number | undefined, signal: AbortSignal): Promise<boolean> {
    if (this.lastTerminated === undefined) await this.untilTermination(timeoutMs, signal);
    const failure = this.lastTerminated?.exception;
    if (failure !== undefined) throw failure;
    return this.lastTerminated !== undefined;
  }

  /** Stops every query; for the end of a session. */
  async stopAll(): Promise<void> {
    await Promise.all(this.active.map((query) => query.stop()));
  }

  private onTerminated(query: StreamingQuery): void {
    if (this.lastTerminated?.exception === undefined) this.lastTerminated = query;
    const error = query.exceptionText ?? null;
    this.emit({
      kind: 'query_terminated',
      at: isoMillis(query.spec.ports.clock.now()),
      error,
      errorClass: query.exception?.condition ?? null,
      ...identityOf(query),
    });
    const cause = query.exception?.cause;
    this.queue.post('onQueryTerminated', {
      id: query.id,
      runId: query.runId,
      exception: error,
      errorClassOnException: cause instanceof SparkError ? (cause.condition ?? null) : null,
    });
    for (const done of this.terminationWaiters) done();
  }

  private async untilTermination(timeoutMs: number | undefined, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const done = (): void => over.abort();
    if (signal.aborted) return;
    this.terminationWaiters.add(done);
    signal.addEventListener('abort', done, { once: true });
    const clock = [...this.byRunId.values()].at(-1)?.spec.ports.clock;
    if (timeoutMs === undefined)
      await new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }));
    else if (clock !== undefined) await clock.sleep(timeoutMs, over.signal);
    else await sleepWithoutQueries(timeoutMs, over.signal);
    this.terminationWaiters.delete(done);
    signal.removeEventListener('abort', done);
  }
}

/** No query was ever started, so there is no clock of one to ask. */
const sleepWithoutQueries = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

const identityOf = (query: StreamingQuery): QueryIdentity => ({
  queryId: query.id,
  runId: query.runId,
  name: query.name ?? null,
  cell: query.cell ?? null,
});
