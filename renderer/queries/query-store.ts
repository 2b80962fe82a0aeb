import type { EngineEvent, ResultRows } from '../../engine/api/engine-events.ts';
import type { ErrorCard } from '../../main/contract/events.ts';
import type { Host } from '../../main/contract/host-api.ts';
import { ConsoleBuffer, type ConsoleBlock } from '../console/console-buffer.ts';
import { createStore, type Store } from '../store/external-store.ts';
import { createPacer } from '../store/pacer.ts';
import { startedQuery, terminatedQuery, withProgress, withRows, type QueryView } from './query-view.ts';

export type BatchResult = { readonly cell: string | null; readonly rows: ResultRows; readonly order: number };

export type LiveState = {
  /** In the order in which they started. */
  readonly queries: readonly QueryView[];
  /** Results of batch actions, newest last. */
  readonly results: readonly BatchResult[];
  readonly blocks: readonly ConsoleBlock[];
  /** Lines of the console that had to make room. */
  readonly hiddenLines: number;
};

const mostResults = 12;
const mostEndedQueries = 20;

/** A query with its first and its last micro-batch. */
export type WritingQuery = {
  readonly runId: string;
  readonly query: string;
  readonly firstBatch: number;
  readonly batch: number;
};

/** Sinks that can reach a table or a collection; console, memory, files and Kafka cannot. */
const tableSinks: ReadonlySet<string> = new Set(['foreach', 'foreachbatch', 'mongodb']);

export type LivePorts = {
  readonly started: (query: QueryView) => void;
  readonly failed: (query: QueryView) => void;
  readonly batch: (query: QueryView) => void;
  /** What stands for a query without a name: the cell that started it; null when that is gone. */
  readonly ofCell: (cell: string | null) => string | null;
};

/** What the learner's program produces while it runs, for one notebook. Events change it at once; the screen hears at most ten times a second. */
export class QueryStore {
  readonly state: Store<LiveState>;
  readonly #path: string;
  readonly #ports: LivePorts;
  readonly #host: Host;
  readonly #queries = new Map<string, QueryView>();
  readonly #console = new ConsoleBuffer();
  readonly #pacer = createPacer(() => this.#publish());
  readonly #endings: (() => void)[];
  #results: readonly BatchResult[] = [];
  #order = 0;

  constructor(host: Host, path: string, ports: LivePorts) {
    this.#host = host;
    this.#path = path;
    this.#ports = ports;
    this.state = createStore<LiveState>({ queries: [], results: [], blocks: [], hiddenLines: 0 });
    this.#endings = [
      host.on('query.event', ({ path: of, event, card }) => of === path && this.hear(event, card ?? null)),
      host.on('cell.output', ({ path: of, cell, output }) => {
        if (of !== path || cell !== null || output.output_type !== 'stream') return;
        this.#console.add({ runId: null, source: null, cell: null, text: output.text });
        this.#pacer.request();
      }),
      host.on('kernel.state', ({ path: of, state }) => {
        if (of === path && (state === 'restarting' || state === 'dead')) this.#endAll();
      }),
      // Only now the cell has its number.
      host.on('cell.finished', ({ path: of }) => {
        if (of === path && this.#queries.size > 0) this.#pacer.request();
      }),
      host.onLink((link) => {
        if (link === 'open') void this.catchUp();
      }),
    ];
  }

  /** Asks for what happened before this window listened. */
  async catchUp(): Promise<void> {
    const answer = await this.#host.request('query.list', { path: this.#path }).catch(() => null);
    if (answer === null) return;
    const missed = answer.events as readonly EngineEvent[];
    const alive = new Set(missed.flatMap((event) => (event.kind === 'query_started' ? [event.runId] : [])));
    for (const view of this.#queries.values()) {
      if (view.status === 'running' && !alive.has(view.runId))
        this.#queries.set(view.runId, { ...view, status: 'stopped', rowsPerSecond: 0 });
    }
    // A query that is known was heard from its beginning.
    const known = new Set(this.#queries.keys());
    const isFirst = this.#results.length === 0;
    for (const event of missed) if ('runId' in event ? !known.has(event.runId) : isFirst) this.#apply(event, null);
    this.#pacer.request();
  }

  hear(event: EngineEvent, card: ErrorCard | null): void {
    const view = this.#apply(event, card);
    if (view !== null) {
      if (event.kind === 'query_started') this.#ports.started(view);
      if (event.kind === 'query_terminated' && view.status === 'failed') this.#ports.failed(view);
      if (event.kind === 'query_progress' && event.executed) this.#ports.batch(view);
    }
    this.#pacer.request();
  }

  /** The queries whose micro-batches may have written to a table or a collection, as they are now. */
  writing(): readonly WritingQuery[] {
    return [...this.#queries.values()].flatMap((view) => {
      if (view.batchId === null || view.firstBatchId === null || !tableSinks.has(view.sink.toLowerCase())) return [];
      const query = nameOfQuery(this.#labelled(view));
      return [{ runId: view.runId, query, firstBatch: view.firstBatchId, batch: view.batchId }];
    });
  }

  clearConsole(): void {
    this.#console.clear();
    this.#pacer.flush();
  }

  close(): void {
    for (const end of this.#endings) end();
  }

  #apply(event: EngineEvent, card: ErrorCard | null): QueryView | null {
    if (event.kind === 'batch_rows') {
      this.#results = [...this.#results, { cell: event.cell, rows: event.rows, order: ++this.#order }].slice(
        -mostResults,
      );
      return null;
    }
    if (event.kind === 'query_started') return this.#labelled(this.#set(startedQuery(event)));
    if (event.kind === 'console_text') {
      this.#console.add({ runId: event.runId, source: event.name, cell: event.cell, text: event.text });
      return null;
    }
    const view = this.#queries.get(event.runId);
    if (view === undefined) return null;
    switch (event.kind) {
      case 'query_progress':
        return this.#set(withProgress(view, event));
      case 'query_rows':
        return this.#set(withRows(view, event, ++this.#order));
      case 'query_idle':
        return this.#set({ ...view, rowsPerSecond: 0 });
      case 'query_terminated':
        return this.#set(terminatedQuery(view, event, card));
    }
  }

  #set(view: QueryView): QueryView {
    this.#queries.set(view.runId, view);
    return view;
  }

  /** The number of a cell changes when it runs again. */
  #labelled(view: QueryView): QueryView {
    const label = this.#ports.ofCell(view.cell) ?? view.label;
    return label === view.label ? view : this.#set({ ...view, label });
  }

  #endAll(): void {
    for (const view of this.#queries.values())
      if (view.status === 'running') this.#set({ ...view, status: 'stopped', rowsPerSecond: 0 });
    this.#pacer.request();
  }

  #publish(): void {
    const ended = [...this.#queries.values()].filter((view) => view.status !== 'running');
    for (const view of ended.slice(0, Math.max(0, ended.length - mostEndedQueries))) this.#queries.delete(view.runId);
    this.state.set({
      queries: [...this.#queries.values()].map((view) => this.#labelled(view)),
      results: this.#results,
      blocks: this.#console.blocks,
      hiddenLines: this.#console.hiddenLines,
    });
  }
}

/** The name the learner gave, else the cell that started the query, else the beginning of the id as on Spark's own screens. */
export const nameOfQuery = (query: Pick<QueryView, 'name' | 'queryId'> & { readonly label?: string | null }): string =>
  query.name ?? query.label ?? query.queryId.slice(0, 8);
