import type { ResultRows } from '../../engine/api/engine-events.ts';
import type { ChartSpec } from '../../main/contract/guide-schema.ts';
import { nameOfQuery, type LiveState } from '../queries/query-store.ts';
import { mostPoints } from '../queries/query-view.ts';
import type { ChartPoint, Series } from './chart-point.ts';
import { progressRows } from './progress-rows.ts';
import { asNumber, asTime, hasColumns, readerFor, type Reader } from './row-reader.ts';
import { splitSeries } from './split-series.ts';
import { timeText } from './time-text.ts';

/** The query that a figure shows, with the last batch in it. */
export type ChartOrigin = { readonly name: string; readonly batchId: number; readonly runId: string };

export type ChartData = {
  readonly points: readonly ChartPoint[];
  readonly series: readonly Series[];
  /** Rows of the result, of which at most 1,000 are drawn. */
  readonly total: number;
  /** Null: a batch action's result. */
  readonly query: ChartOrigin | null;
};

type Candidate = {
  readonly rows: ResultRows;
  readonly order: number;
  readonly query: ChartData['query'];
  readonly fresh: number;
  readonly replacesByKey: boolean;
};

/** Rows for a chart: of the newest result, streaming or batch as the chart asks, that has all the columns it needs. Null while there is none. */
export function chartData(spec: ChartSpec, live: LiveState): ChartData | null {
  const newest = candidates(spec, live)
    .filter((candidate) => hasColumns(candidate.rows, spec.needs))
    .reduce<Candidate | null>(
      (best, candidate) => (best === null || candidate.order > best.order ? candidate : best),
      null,
    );
  if (newest === null) return null;
  const { rows, query } = newest;
  return { ...figureOf(spec, newest), total: rows.total, query };
}

function candidates(spec: ChartSpec, live: LiveState): readonly Candidate[] {
  switch (spec.from) {
    case 'query':
      return streaming(live);
    case 'batch':
      return batchResults(live);
    case 'any':
      return [...streaming(live), ...batchResults(live)];
    case 'progress':
      return progress(live);
  }
}

const streaming = ({ queries }: LiveState): readonly Candidate[] =>
  queries.flatMap((query): Candidate[] =>
    query.rows === null
      ? []
      : [
          {
            rows: query.rows.rows,
            order: query.rows.order,
            query: { name: nameOfQuery(query), batchId: query.rows.batchId, runId: query.runId },
            fresh: query.outputMode === 'complete' ? 0 : query.rows.lastBatchRows,
            replacesByKey: query.outputMode === 'update',
          },
        ],
  );

const batchResults = ({ results }: LiveState): readonly Candidate[] =>
  results.map(({ rows, order }): Candidate => ({ rows, order, query: null, fresh: 0, replacesByKey: false }));

/** The query that started last counts: it is the one being watched. */
const progress = ({ queries }: LiveState): readonly Candidate[] =>
  queries.flatMap((query, order): Candidate[] => {
    const last = query.batches.at(-1);
    if (last === undefined) return [];
    const origin = { name: nameOfQuery(query), batchId: last.batchId, runId: query.runId };
    return [{ rows: progressRows(query), order, query: origin, fresh: 1, replacesByKey: false }];
  });

type Figure = Pick<ChartData, 'points' | 'series'>;
type DrawnRow = { readonly row: readonly unknown[]; readonly isNew: boolean };

function figureOf(spec: ChartSpec, candidate: Candidate): Figure {
  const { rows } = candidate;
  const values = spec.series.map((one) => numberReader(rows, one));
  const mark = markReader(spec, rows);
  const part = spec.split === undefined ? null : (readerFor(rows, spec.split.column) ?? nothing);
  const drawn = drawnRows(candidate, (row) => `${mark(row).key}\n${part === null ? '' : String(part(row))}`);
  const figure =
    spec.split === undefined || part === null
      ? {
          series: spec.series.map(({ label, derived, time }): Series => ({
            label,
            isDerived: derived !== undefined,
            isTime: time === true,
            isPart: false,
          })),
          points: drawn.map(({ row, isNew }) => ({ ...mark(row), isNew, values: values.map((read) => read(row)) })),
        }
      : splitSeries(
          drawn.map(({ row, isNew }) => ({
            ...mark(row),
            isNew,
            part: String(part(row)),
            value: values[0]?.(row) ?? 0,
          })),
          spec.split,
        );
  return { ...figure, points: figure.points.toSorted((a, b) => compareKeys(a.key, b.key)).slice(-mostPoints) };
}

/** In update mode a row is written again each time it changes: its last version counts. */
function drawnRows(candidate: Candidate, keyOf: (row: readonly unknown[]) => string): readonly DrawnRow[] {
  const { rows, fresh, replacesByKey } = candidate;
  const firstFresh = rows.rows.length - fresh;
  const all = rows.rows.map((row, position) => ({ row, isNew: fresh > 0 && position >= firstFresh }));
  return replacesByKey ? [...new Map(all.map((one) => [keyOf(one.row), one])).values()] : all;
}

const nothing: Reader = () => null;

/** Where a row stands on the x axis. */
function markReader(spec: ChartSpec, rows: ResultRows): (row: readonly unknown[]) => Pick<ChartPoint, 'key' | 'label'> {
  const x = readerFor(rows, spec.x.column) ?? nothing;
  const end = spec.x.end === undefined ? null : (readerFor(rows, spec.x.end) ?? nothing);
  return (row) => ({
    key: String(x(row)),
    label: end === null ? timeText(x(row)) : `${timeText(x(row))}–${timeText(end(row))}`,
  });
}

function numberReader(
  rows: ResultRows,
  { column, derived, time }: ChartSpec['series'][number],
): (row: readonly unknown[]) => number | null {
  if (derived === undefined) {
    const read = readerFor(rows, column) ?? nothing;
    return (row) => (time === true ? asTime(read(row)) : asNumber(read(row)));
  }
  const left = readerFor(rows, derived.left) ?? nothing;
  const right = readerFor(rows, derived.right) ?? nothing;
  return (row) => {
    const [minuend, subtrahend] = [asNumber(left(row)), asNumber(right(row))];
    return minuend === null || subtrahend === null ? null : minuend - subtrahend;
  };
}

function compareKeys(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}
