import type { Notebook } from '../contract/notebook-schema.ts';
import type { Logged, LoggedOf } from '../workspace/logged-events.ts';

/** The k-th query that a cell started, from 0: how a replay finds the query of the record again. */
export type QueryPlace = { readonly cell: string; readonly ordinal: number };

/** What one batch read of one source. */
export type ReplayRead = { readonly description: string; readonly items: readonly string[] | null };

/** What is done next in a replay, in the order of the record. */
export type ReplayStep =
  | { readonly kind: 'cell_start'; readonly cell: string; readonly source: string; readonly atMs: number }
  /** Whoever in the cell still waits for a query goes on; `isCutOff`: the learner stopped the cell then. */
  | { readonly kind: 'cell_end'; readonly cell: string; readonly isCutOff: boolean }
  | {
      readonly kind: 'batch';
      readonly query: QueryPlace;
      readonly batch: number;
      readonly atMs: number;
      readonly batchTimeMs: number;
      readonly starts: readonly unknown[];
      readonly ends: readonly unknown[];
      readonly reads: readonly ReplayRead[];
      /** Nothing new was read: state was closed. */
      readonly hasNewData: boolean;
    }
  | { readonly kind: 'idle'; readonly query: QueryPlace }
  | {
      readonly kind: 'items';
      readonly items: readonly string[];
      /** Folders that are there, by their path in the notebook's. */
      readonly folders: readonly string[];
    };

export type RecordedQuery = QueryPlace & { readonly name: string | null; readonly runId: string };

export type ReplayPlan = {
  readonly startMs: number;
  readonly steps: readonly ReplayStep[];
  readonly queries: readonly RecordedQuery[];
  /** Cells that were run and of which the log knows nothing. */
  readonly unknownCells: readonly string[];
};

type CellRun = {
  readonly cell: string;
  readonly start: LoggedOf<'cell_started'>;
  readonly end: number;
  readonly isCutOff: boolean;
};
type Placed = { readonly at: number; readonly rank: number; readonly step: ReplayStep };

/** At the same place of the log: what lay ready, then the cell, its batches, its end. */
const rank = { items: 0, cell: 1, batch: 2, end: 3 } as const;

/**
 * The order in which a saved notebook is run again: its cells from top to bottom, each as in its last run, and between them the batches that its queries ran.
 * `notebook` may be another one than the recorded (a reference): its cells of the same ids take the places. `events`: of this notebook alone.
 */
export function replayPlan(notebook: Notebook, events: readonly Logged[]): ReplayPlan {
  const code = notebook.cells.flatMap((cell) => (cell.cell_type === 'code' && cell.source.trim() !== '' ? [cell] : []));
  const runs = new Map(lastRuns(events).map((run) => [run.cell, run]));
  const placed: Placed[] = [];
  const queries: RecordedQuery[] = [];
  let reached = 0;
  let atMs = timeOf(events[0]);
  for (const [index, { id, source }] of code.entries()) {
    const run = runs.get(id);
    const at = Math.max(reached, run?.start.n ?? 0);
    const next = runs.get(code[index + 1]?.id ?? '')?.start.n ?? Number.POSITIVE_INFINITY;
    atMs = Math.max(atMs, timeOf(run?.start));
    placed.push({ at, rank: rank.cell, step: { kind: 'cell_start', cell: id, source, atMs } });
    const started = run === undefined ? [] : queriesOf(run, events);
    for (const [ordinal, query] of started.entries()) {
      queries.push({ cell: id, ordinal, name: query.name, runId: query.runId });
      placed.push(...batchesOf(query, { cell: id, ordinal }, events, at));
    }
    reached = Math.max(at, Math.min(run?.end ?? at, next - 1));
    placed.push({
      at: reached,
      rank: rank.end,
      step: { kind: 'cell_end', cell: id, isCutOff: run?.isCutOff ?? false },
    });
  }
  placed.push(...readyItems(events));
  return {
    startMs: timeOf(events[0]),
    steps: inOrder(placed),
    queries,
    unknownCells: code.flatMap((cell) => (cell.execution_count !== null && !runs.has(cell.id) ? [cell.id] : [])),
  };
}

const timeOf = (event: { readonly clock: string } | undefined): number => {
  const ms = Date.parse(event?.clock ?? '');
  return Number.isNaN(ms) ? 0 : ms;
};

/** Cells begin in the order of the notebook, and one ends before the next begins; the sort is stable. */
function inOrder(placed: readonly Placed[]): readonly ReplayStep[] {
  return placed
    .toSorted((a, b) => a.at - b.at || (isCell(a) && isCell(b) ? 0 : a.rank - b.rank))
    .map(({ step }) => step);
}

const isCell = ({ step }: Placed): boolean => step.kind === 'cell_start' || step.kind === 'cell_end';

function lastRuns(events: readonly Logged[]): readonly CellRun[] {
  const runs = new Map<string, CellRun>();
  for (const [index, event] of events.entries()) {
    if (event.kind !== 'cell_started') continue;
    const after = events.slice(index + 1);
    const end = after.find(
      (later) => (later.kind === 'cell_finished' || later.kind === 'cell_started') && later.cell === event.cell,
    );
    const finished = end?.kind === 'cell_finished' ? end : undefined;
    runs.set(event.cell, {
      cell: event.cell,
      start: event,
      end: end?.n ?? Number.POSITIVE_INFINITY,
      isCutOff: finished === undefined || finished.status === 'interrupted',
    });
  }
  return [...runs.values()];
}

/** A cell's queries start while it runs. */
const queriesOf = ({ cell, start, end }: CellRun, events: readonly Logged[]): readonly LoggedOf<'query_started'>[] =>
  events.filter(
    (event): event is LoggedOf<'query_started'> =>
      event.kind === 'query_started' && event.cell === cell && event.n > start.n && event.n <= end,
  );

/** The batches of a run; before them those of earlier runs that its checkpoint stands on, for a replay begins without one. */
function batchesOf(
  query: LoggedOf<'query_started'>,
  place: QueryPlace,
  events: readonly Logged[],
  from: number,
): readonly Placed[] {
  const earlier = new Set(
    query.resumedFromBatch === null
      ? []
      : events.flatMap((event) =>
          event.kind === 'query_started' && event.queryId === query.queryId && event.n < query.n ? [event.runId] : [],
        ),
  );
  const batches = events.filter((event) => event.kind === 'query_progress');
  const before = new Map(batches.filter(({ runId }) => earlier.has(runId)).map((batch) => [batch.batchId, batch]));
  const own = batches.filter(({ runId }) => runId === query.runId);
  const idles = events.filter((event) => event.kind === 'query_idle' && event.runId === query.runId);
  const resumed = [...before.values()].filter(({ batchId }) => batchId < (own[0]?.batchId ?? Number.POSITIVE_INFINITY));
  return [
    ...resumed.map((batch) => ({ at: Math.max(from, query.n), rank: rank.batch, step: batchStep(batch, place) })),
    ...idles.map(({ n }) => ({
      at: Math.max(from, n),
      rank: rank.batch,
      step: { kind: 'idle', query: place } as const,
    })),
    ...own.map((batch) => ({ at: Math.max(from, batch.n), rank: rank.batch, step: batchStep(batch, place) })),
  ];
}

function batchStep(batch: LoggedOf<'query_progress'>, query: QueryPlace): ReplayStep {
  const reads = batch.sources.map(({ description }, index) => {
    const read = batch.reads.find(({ source }) => source === index);
    return { description, items: read === undefined ? [] : read.items };
  });
  const atMs = Date.parse(batch.timestamp);
  return {
    kind: 'batch',
    query,
    batch: batch.batchId,
    atMs: Number.isNaN(atMs) ? timeOf(batch) : atMs,
    batchTimeMs: batch.batchTimeMs ?? timeOf(batch),
    starts: batch.sources.map(({ startOffset }) => startOffset ?? null),
    ends: batch.sources.map(({ endOffset }) => endOffset ?? null),
    reads,
    hasNewData: batch.reads.length > 0,
  };
}

/** Files, versions of tables and records that are no query's input. */
const readyItems = (events: readonly Logged[]): readonly Placed[] =>
  events.flatMap((event): readonly Placed[] => {
    const items =
      event.kind === 'table' ? [event.item] : event.kind === 'files' || event.kind === 'records' ? event.items : null;
    if (items === null) return [];
    const folders = event.kind === 'files' ? event.folders : [];
    return [{ at: event.n, rank: rank.items, step: { kind: 'items', items, folders } }];
  });
