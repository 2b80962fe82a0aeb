import type { Notebook } from '../contract/notebook-schema.ts';
import type { Logged, LoggedOf } from '../workspace/logged-events.ts';
import { batchesOf, idlesOf, lastRuns, queriesOf, stopOf, timeOf, type CellRun } from './recorded-runs.ts';

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
  /** The query was stopped by hand, or with its kernel. */
  | { readonly kind: 'stop'; readonly query: QueryPlace }
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

type Placed = { readonly at: number; readonly rank: number; readonly step: ReplayStep };

/** At the same place of the log: what lay ready, then the cell, its batches, its end, what was stopped in it. */
const rank = { items: 0, cell: 1, batch: 2, end: 3, stop: 4 } as const;
/** One cell begins after the one before has ended, also where the log has both at one place. */
const later = 1e-6;

/**
 * The order in which a saved notebook is run again: its cells from top to bottom, each as in its last run, and between them the batches that its queries ran.
 * Cells that never ran are left out. `notebook` may be another one than the recorded (a reference): its cells of the same ids take the places. `events`: of this
 * notebook alone.
 */
export function replayPlan(notebook: Notebook, events: readonly Logged[]): ReplayPlan {
  const code = notebook.cells.flatMap((cell) => (cell.cell_type === 'code' && cell.source.trim() !== '' ? [cell] : []));
  const runs = lastRuns(events);
  const ran = code.filter(({ id, execution_count: count }) => count !== null || runs.has(id));
  const placed: Placed[] = [];
  const queries: RecordedQuery[] = [];
  const spans: CellSpan[] = [];
  for (const [index, { id, source }] of ran.entries()) {
    const run = runs.get(id);
    const span = spanOf(run, spans.at(-1), runs.get(ran[index + 1]?.id ?? ''), timeOf(events[0]));
    spans.push(span);
    placed.push({ at: span.from, rank: rank.cell, step: { kind: 'cell_start', cell: id, source, atMs: span.atMs } });
    for (const [ordinal, query] of (run === undefined ? [] : queriesOf(run, events)).entries()) {
      const place = { cell: id, ordinal };
      queries.push({ ...place, name: query.name, runId: query.runId });
      placed.push(...turnsOf(query, place, events, span.from));
    }
    const isCutOff = run?.isCutOff ?? false;
    placed.push({ at: span.until, rank: rank.end, step: { kind: 'cell_end', cell: id, isCutOff } });
  }
  placed.push(...stops(queries, spans, events), ...readyItems(events));
  return {
    startMs: timeOf(events[0]),
    steps: placed.toSorted((a, b) => a.at - b.at || a.rank - b.rank).map(({ step }) => step),
    queries,
    unknownCells: ran.flatMap(({ id }) => (runs.has(id) ? [] : [id])),
  };
}

/** Where a cell's run stands among the steps, and the clock when it began. */
type CellSpan = { readonly from: number; readonly until: number; readonly atMs: number };

function spanOf(
  run: CellRun | undefined,
  before: CellSpan | undefined,
  next: CellRun | undefined,
  startMs: number,
): CellSpan {
  const from = Math.max(before === undefined ? 0 : before.until + later, run?.start.n ?? 0);
  const end = Math.min(run?.end ?? from, (next?.start.n ?? Number.POSITIVE_INFINITY) - later);
  return {
    from,
    until: Math.max(from, end === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : end),
    atMs: Math.max(before?.atMs ?? startMs, timeOf(run?.start)),
  };
}

function turnsOf(
  query: LoggedOf<'query_started'>,
  place: QueryPlace,
  events: readonly Logged[],
  from: number,
): readonly Placed[] {
  const { resumed, own } = batchesOf(query, events);
  const at = (n: number): number => Math.max(from, n);
  return [
    ...resumed.map((batch) => ({ at: at(query.n), rank: rank.batch, step: batchStep(batch, place) })),
    ...idlesOf(query, events).map(({ n }) => ({
      at: at(n),
      rank: rank.batch,
      step: { kind: 'idle', query: place } as const,
    })),
    ...own.map((batch) => ({ at: at(batch.n), rank: rank.batch, step: batchStep(batch, place) })),
  ];
}

/** Within a run cell the code itself may have stopped the query: then it is stopped, if it still runs, when the cell has ended. */
function stops(
  queries: readonly RecordedQuery[],
  spans: readonly CellSpan[],
  events: readonly Logged[],
): readonly Placed[] {
  return queries.flatMap(({ cell, ordinal, runId }): readonly Placed[] => {
    const n = stopOf(runId, events);
    if (n === null) return [];
    const inside = spans.find(({ from, until }) => from <= n && n <= until);
    return [{ at: inside?.until ?? n, rank: rank.stop, step: { kind: 'stop', query: { cell, ordinal } } }];
  });
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
