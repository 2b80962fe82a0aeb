import type { Logged, LoggedOf } from '../workspace/logged-events.ts';

/** The last run of a cell. `end`: place in the log; infinite for one that had not ended. `isCutOff`: the learner, or the end of the session, stopped it. */
export type CellRun = {
  readonly cell: string;
  readonly start: LoggedOf<'cell_started'>;
  readonly end: number;
  readonly isCutOff: boolean;
};

/** Milliseconds of the learner's clock; 0 where the event does not say. */
export function timeOf(event: { readonly clock: string } | undefined): number {
  const ms = Date.parse(event?.clock ?? '');
  return Number.isNaN(ms) ? 0 : ms;
}

/** By cell. */
export function lastRuns(events: readonly Logged[]): ReadonlyMap<string, CellRun> {
  const runs = new Map<string, CellRun>();
  for (const event of events) {
    if (event.kind === 'cell_started') {
      const { cell } = event;
      runs.set(cell, { cell, start: event, end: Number.POSITIVE_INFINITY, isCutOff: true });
    }
    if (event.kind !== 'cell_finished') continue;
    const run = runs.get(event.cell);
    if (run?.end === Number.POSITIVE_INFINITY)
      runs.set(event.cell, { ...run, end: event.n, isCutOff: event.status === 'interrupted' });
  }
  return runs;
}

/** A cell's queries start while it runs. */
export const queriesOf = (
  { cell, start, end }: CellRun,
  events: readonly Logged[],
): readonly LoggedOf<'query_started'>[] =>
  events.filter(
    (event): event is LoggedOf<'query_started'> =>
      event.kind === 'query_started' && event.cell === cell && event.n > start.n && event.n <= end,
  );

type Batch = LoggedOf<'query_progress'>;

/** The batches of a run, and before them those of earlier runs that its checkpoint stands on: a replay begins without one. */
export function batchesOf(
  query: LoggedOf<'query_started'>,
  events: readonly Logged[],
): { readonly resumed: readonly Batch[]; readonly own: readonly Batch[] } {
  const batches = events.filter((event) => event.kind === 'query_progress');
  const own = batches.filter(({ runId }) => runId === query.runId);
  if (query.resumedFromBatch === null) return { resumed: [], own };
  const earlier = new Set(
    events.flatMap((event) =>
      event.kind === 'query_started' && event.queryId === query.queryId && event.n < query.n ? [event.runId] : [],
    ),
  );
  const first = own[0]?.batchId ?? Number.POSITIVE_INFINITY;
  // A batch that was run again counts as it was run last.
  const before = new Map(batches.filter(({ runId }) => earlier.has(runId)).map((batch) => [batch.batchId, batch]));
  return { resumed: [...before.values()].filter(({ batchId }) => batchId < first), own };
}

export const idlesOf = ({ runId }: LoggedOf<'query_started'>, events: readonly Logged[]): readonly Logged[] =>
  events.filter((event) => event.kind === 'query_idle' && event.runId === runId);

/** Where in the log a run ended without failing; null: it had not, or it failed. */
export const stopOf = (runId: string, events: readonly Logged[]): number | null =>
  events.find((event) => event.kind === 'query_terminated' && event.runId === runId && event.error === null)?.n ?? null;
