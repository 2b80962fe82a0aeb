import type { EngineEvent, ResultRows } from '../../engine/api/engine-events.ts';
import type { BatchInsight, QueryProgress } from '../../engine/api/query-progress.ts';
import type { ErrorCard } from '../../main/contract/events.ts';

/** One micro-batch as the strip and the charts need it. */
export type BatchPoint = {
  readonly batchId: number;
  readonly inputRows: number;
  /** Null: the sink does not count. */
  readonly outputRows: number | null;
  /** Rows of all stateful operators together; null without state. */
  readonly state: StateFigures | null;
  /** ISO text; null as long as there is none. */
  readonly watermark: string | null;
  readonly atMs: number;
  readonly durationMs: number;
};
type StateFigures = {
  readonly total: number;
  readonly updated: number;
  readonly removed: number;
  readonly dropped: number;
};

/** Rows of a query as its sink holds them: all of the last batch in complete mode, otherwise what arrived so far, the newest last. */
export type QueryRows = {
  readonly rows: ResultRows;
  readonly lastBatchRows: number;
  readonly batchId: number;
  readonly order: number;
};

/** One run of a query as the window sees it. */
export type QueryView = {
  readonly runId: string;
  readonly queryId: string;
  readonly name: string | null;
  /** What to call it when it has no name: `celda [5]`. */
  readonly label: string | null;
  readonly cell: string | null;
  readonly status: 'running' | 'stopped' | 'failed';
  readonly sink: string;
  readonly outputMode: 'append' | 'update' | 'complete';
  readonly startedAt: string;
  readonly resumedFromBatch: number | null;
  readonly checkpoint: string | null;
  /** Of this run; null until it ended. */
  readonly firstBatchId: number | null;
  /** Null until the first micro-batch ended. */
  readonly batchId: number | null;
  readonly rowsPerSecond: number | null;
  /** ISO text; null without a watermark. */
  readonly watermark: string | null;
  /** Null when the query keeps no state. */
  readonly stateRows: number | null;
  readonly droppedRows: number;
  /** Event time that is missing until the watermark passes the end of the first open window; null when nobody knows. */
  readonly waitsMs: number | null;
  readonly batches: readonly BatchPoint[];
  readonly rows: QueryRows | null;
  readonly error: string | null;
  readonly errorClass: string | null;
  readonly card: ErrorCard | null;
};

type About<Kind extends EngineEvent['kind']> = Extract<EngineEvent, { readonly kind: Kind }>;

/** A recharts chart stays fluent up to a thousand points. */
export const mostPoints = 1_000;

export function startedQuery(event: About<'query_started'>): QueryView {
  return {
    runId: event.runId,
    queryId: event.queryId,
    name: event.name,
    label: null,
    cell: event.cell,
    status: 'running',
    sink: event.sink,
    outputMode: event.outputMode,
    startedAt: event.at,
    resumedFromBatch: event.resumedFromBatch,
    checkpoint: event.checkpoint,
    firstBatchId: null,
    batchId: null,
    rowsPerSecond: null,
    watermark: null,
    stateRows: null,
    droppedRows: 0,
    waitsMs: null,
    batches: [],
    rows: null,
    error: null,
    errorClass: null,
    card: null,
  };
}

/** Idle triggers report progress too; only executed ones are batches. */
export function withProgress(view: QueryView, { progress, executed }: About<'query_progress'>): QueryView {
  const state = stateOf(progress);
  return {
    ...view,
    firstBatchId: view.firstBatchId ?? (executed ? progress.batchId : null),
    batchId: executed ? progress.batchId : view.batchId,
    rowsPerSecond: executed ? (progress.processedRowsPerSecond ?? 0) : 0,
    watermark: watermarkOf(progress) ?? view.watermark,
    stateRows: state?.total ?? null,
    droppedRows: view.droppedRows + (executed ? (state?.dropped ?? 0) : 0),
    waitsMs: progress.marea === undefined ? view.waitsMs : missingEventTime(progress.marea),
    batches: executed ? withBatch(view.batches, progress) : view.batches,
  };
}

function stateOf({ stateOperators }: QueryProgress): StateFigures | null {
  if (stateOperators.length === 0) return null;
  const sum = (read: (operator: QueryProgress['stateOperators'][number]) => number) =>
    stateOperators.reduce((total, operator) => total + read(operator), 0);
  return {
    total: sum((operator) => operator.numRowsTotal),
    updated: sum((operator) => operator.numRowsUpdated),
    removed: sum((operator) => operator.numRowsRemoved),
    dropped: sum((operator) => operator.numRowsDroppedByWatermark),
  };
}

function missingEventTime({ windows, watermarkAfterMs }: BatchInsight): number | null {
  const ends = windows
    .filter((window) => window.state === 'open')
    .map((window) => Number(BigInt(window.endUs) / 1_000n));
  return ends.length === 0 || watermarkAfterMs <= 0 ? null : Math.max(0, Math.min(...ends) - watermarkAfterMs);
}

/** Spark starts every watermark at the epoch: until an event arrives there is none to show. */
function watermarkOf(progress: QueryProgress): string | null {
  const watermark = progress.eventTime?.watermark;
  return watermark === undefined || Date.parse(watermark) <= 0 ? null : watermark;
}

function withBatch(batches: readonly BatchPoint[], progress: QueryProgress): readonly BatchPoint[] {
  const point: BatchPoint = {
    batchId: progress.batchId,
    inputRows: progress.numInputRows,
    // Spark writes -1 for a sink that does not count.
    outputRows: progress.sink.numOutputRows < 0 ? null : progress.sink.numOutputRows,
    state: stateOf(progress),
    watermark: watermarkOf(progress),
    atMs: Date.parse(progress.timestamp),
    durationMs: progress.durationMs['triggerExecution'] ?? 0,
  };
  return [...batches.filter((batch) => batch.batchId !== point.batchId), point].slice(-mostPoints);
}

export function withRows(view: QueryView, event: About<'query_rows'>, order: number): QueryView {
  const isWhole = view.outputMode === 'complete' || view.rows === null;
  const before = isWhole ? [] : (view.rows?.rows.rows ?? []);
  const rows = [...before, ...event.rows.rows].slice(-mostPoints);
  const total = (isWhole ? 0 : (view.rows?.rows.total ?? 0)) + event.rows.total;
  return {
    ...view,
    rows: {
      rows: { columns: event.rows.columns, rows, total },
      lastBatchRows: event.rows.rows.length,
      batchId: event.batchId,
      order,
    },
  };
}

export function terminatedQuery(view: QueryView, event: About<'query_terminated'>, card: ErrorCard | null): QueryView {
  return {
    ...view,
    status: event.error === null ? 'stopped' : 'failed',
    rowsPerSecond: 0,
    error: event.error,
    errorClass: event.errorClass,
    card,
  };
}
