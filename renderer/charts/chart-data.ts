import type { ResultRows } from '../../engine/api/engine-events.ts';
import type { ChartSpec } from '../../main/contract/guide-schema.ts';
import { nameOfQuery, type LiveState } from '../queries/query-store.ts';
import { mostPoints } from '../queries/query-view.ts';

/** One mark on the x axis. `label` for people, `values` by series in the order of the chart. */
export type ChartPoint = {
  readonly key: string;
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly isNew: boolean;
};

export type ChartData = {
  readonly points: readonly ChartPoint[];
  /** Rows of the result, of which at most 1,000 are drawn. */
  readonly total: number;
  /** Null: a batch action's result. */
  readonly query: { readonly name: string; readonly batchId: number } | null;
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
  const points = pointsOf(spec, newest);
  return { points, total: newest.rows.total, query: newest.query };
}

function candidates(spec: ChartSpec, live: LiveState): readonly Candidate[] {
  const streaming = live.queries.flatMap((query): Candidate[] =>
    query.rows === null
      ? []
      : [
          {
            rows: query.rows.rows,
            order: query.rows.order,
            query: { name: nameOfQuery(query), batchId: query.rows.batchId },
            fresh: query.outputMode === 'complete' ? 0 : query.rows.lastBatchRows,
            replacesByKey: query.outputMode === 'update',
          },
        ],
  );
  const batch = live.results.map(({ rows, order }): Candidate => ({
    rows,
    order,
    query: null,
    fresh: 0,
    replacesByKey: false,
  }));
  return [...(spec.from === 'batch' ? [] : streaming), ...(spec.from === 'query' ? [] : batch)];
}

const hasColumns = (rows: ResultRows, needs: readonly string[]): boolean =>
  needs.every((name) => readerFor(rows, name) !== null);

type Reader = (row: readonly unknown[]) => unknown;

/** Reads a column, or a field of a struct column (`window.start`), by name without case, as Spark resolves names. */
function readerFor(rows: ResultRows, name: string): Reader | null {
  const find = (wanted: string) =>
    rows.columns.findIndex((column) => column.name.toLowerCase() === wanted.toLowerCase());
  const whole = find(name);
  if (whole >= 0) return (row) => row[whole];
  const [outer = '', ...fields] = name.split('.');
  const at = find(outer);
  if (at < 0 || fields.length === 0) return null;
  return (row) => fields.reduce<unknown>((value, field) => fieldOf(value, field), row[at]);
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const entry = Object.entries(value).find(([key]) => key.toLowerCase() === field.toLowerCase());
  return entry?.[1] ?? null;
}

const nothing: Reader = () => null;

function pointsOf(spec: ChartSpec, { rows, fresh, replacesByKey }: Candidate): readonly ChartPoint[] {
  const x = readerFor(rows, spec.x.column) ?? nothing;
  const end = spec.x.end === undefined ? null : readerFor(rows, spec.x.end);
  const series = spec.series.map((one) => seriesReader(rows, one));
  const firstFresh = rows.rows.length - fresh;
  const points = rows.rows.map((row, position): ChartPoint => {
    const start = timeText(x(row));
    const label = end === null ? start : `${start}–${timeText(end(row))}`;
    return {
      key: String(x(row)),
      label,
      values: series.map((read) => read(row)),
      isNew: fresh > 0 && position >= firstFresh,
    };
  });
  // In update mode a window is written again each time it changes: its last row counts.
  const kept = replacesByKey ? [...new Map(points.map((point) => [point.key, point])).values()] : points;
  return kept.toSorted((a, b) => compareKeys(a.key, b.key)).slice(-mostPoints);
}

function seriesReader(
  rows: ResultRows,
  { column, derived }: ChartSpec['series'][number],
): (row: readonly unknown[]) => number | null {
  if (derived === undefined) {
    const read = readerFor(rows, column) ?? nothing;
    return (row) => asNumber(read(row));
  }
  const left = readerFor(rows, derived.left) ?? nothing;
  const right = readerFor(rows, derived.right) ?? nothing;
  return (row) => {
    const [minuend, subtrahend] = [asNumber(left(row)), asNumber(right(row))];
    return minuend === null || subtrahend === null ? null : minuend - subtrahend;
  };
}

/** Decimals and longs may travel as text. */
function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

const dateTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?/;

/** `10:15` for a time, seconds only where they are not zero; anything else as it is. */
function timeText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(text) && dateTime.test(text) ? localText(new Date(text)) : text;
  const parts = dateTime.exec(zoned);
  if (parts === null) return text;
  const seconds = parts[3] === undefined || parts[3] === ':00' ? '' : parts[3];
  return `${parts[2] ?? ''}${seconds}`;
}

function localText(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

function compareKeys(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a < b ? -1 : a > b ? 1 : 0;
}
