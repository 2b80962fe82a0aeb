import type { EngineEvent, ResultRows } from '../../engine/api/engine-events.ts';
import type { QueryProgress } from '../../engine/api/query-progress.ts';
import type { CheckedQuery } from '../../exercises/check-context.ts';

type StartedEvent = Extract<EngineEvent, { readonly kind: 'query_started' }>;
type TerminatedEvent = Extract<EngineEvent, { readonly kind: 'query_terminated' }>;
type RowsEvent = Extract<EngineEvent, { readonly kind: 'query_rows' }>;
type ProgressEvent = Extract<EngineEvent, { readonly kind: 'query_progress' }>;

type ConsoleEvent = Extract<EngineEvent, { readonly kind: 'console_text' }>;
type BatchRowsEvent = Extract<EngineEvent, { readonly kind: 'batch_rows' }>;

type QueryRecord = {
  readonly started: StartedEvent;
  progress: ProgressEvent[];
  rows: RowsEvent[];
  console: ConsoleEvent[];
  ended: TerminatedEvent | null;
};

/** Executed batches kept for each query: what a window that opens later is told. */
const batchesKept = 300;
/** Batches whose rows are kept for charts, for each query. */
const rowsKept = 60;
/** Console blocks kept for each query. */
const consoleKept = 100;
/** Results of batch actions kept for charts and checks. */
const resultsKept = 50;
/** Ended queries kept. */
const queriesKept = 50;

/** What the queries and batch actions of one kernel did, bounded. */
export class QueryHistory {
  readonly #queries = new Map<string, QueryRecord>();
  #results: BatchRowsEvent[] = [];

  record(event: EngineEvent): void {
    if (event.kind === 'batch_rows') {
      this.#results = [...this.#results, event].slice(-resultsKept);
      return;
    }
    if (event.kind === 'query_started') {
      this.#queries.set(event.runId, { started: event, progress: [], rows: [], console: [], ended: null });
      this.#forgetOldest();
      return;
    }
    const query = this.#queries.get(event.runId);
    if (!query) return;
    if (event.kind === 'query_progress' && event.executed)
      query.progress = [...query.progress, event].slice(-batchesKept);
    if (event.kind === 'query_rows') query.rows = [...query.rows, event].slice(-rowsKept);
    if (event.kind === 'console_text') query.console = [...query.console, event].slice(-consoleKept);
    if (event.kind === 'query_terminated') query.ended = event;
  }

  /** Everything a new window needs, oldest first. */
  replay(): readonly EngineEvent[] {
    const queries = [...this.#queries.values()].flatMap((query) => [
      query.started,
      ...query.progress,
      ...query.rows,
      ...query.console,
      ...(query.ended ? [query.ended] : []),
    ]);
    return [...queries, ...this.#results];
  }

  checkedQueries(): readonly CheckedQuery[] {
    return [...this.#queries.values()].map(({ started, progress, rows, ended }) => ({
      name: started.name,
      sink: started.sink,
      outputMode: started.outputMode,
      isActive: ended === null,
      failed: ended !== null && ended.error !== null,
      batches: progress.map((event): QueryProgress => event.progress),
      rows: (rows.findLast((event) => event.rows.total > 0) ?? rows.at(-1))?.rows ?? null,
    }));
  }

  results(): readonly ResultRows[] {
    return this.#results.map((event) => event.rows);
  }

  /** The run of a query that lives, by query id. */
  activeRun(queryId: string): string | undefined {
    return [...this.#queries.values()].find((query) => query.started.queryId === queryId && query.ended === null)
      ?.started.runId;
  }

  /** As Spark writes it; undefined for a query without one, and for a batch that is forgotten. */
  watermarkOf(runId: string, batch: number): string | undefined {
    const found = this.#queries.get(runId)?.progress.find(({ progress }) => progress.batchId === batch);
    return found?.progress.eventTime?.watermark;
  }

  #forgetOldest(): void {
    for (const [runId, query] of this.#queries) {
      if (this.#queries.size <= queriesKept) return;
      if (query.ended) this.#queries.delete(runId);
    }
  }
}
