import type { ResultRows } from '../engine/api/engine-events.ts';
import type { CheckContext, CheckedQuery } from './check-context.ts';

const lower = (names: readonly string[]): readonly string[] => names.map((name) => name.toLowerCase());

/** Columns compare without case and in any order; further ones are allowed. */
export const hasColumns = (rows: ResultRows, wanted: readonly string[]): boolean => {
  const found = lower(rows.columns.map((column) => column.name));
  return lower(wanted).every((name) => found.includes(name));
};

export const columnValues = (rows: ResultRows, name: string): readonly unknown[] => {
  const index = rows.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  return index < 0 ? [] : rows.rows.map((row) => row[index]);
};

/** Queries whose rows have these columns, oldest first. */
export const queriesWith = (context: CheckContext, columns: readonly string[]): readonly CheckedQuery[] =>
  context.queries.filter((query) => query.rows !== null && hasColumns(query.rows, columns));

/** Batches that read rows. */
export const dataBatches = (query: CheckedQuery): number =>
  query.batches.filter((batch) => batch.numInputRows > 0).length;

/** Widths, in minutes, of the windows between two timestamp columns. */
export function windowMinutes(rows: ResultRows, start: string, end: string): readonly number[] {
  const ends = columnValues(rows, end);
  return columnValues(rows, start).flatMap((from, row) => {
    const width = (Date.parse(String(ends[row])) - Date.parse(String(from))) / 60_000;
    return Number.isFinite(width) ? [width] : [];
  });
}

/** By how many milliseconds a query's watermark stays behind its latest event, seen where it moved; null: it has not moved yet. */
export function watermarkDelayMs({ batches }: CheckedQuery): number | null {
  for (const [position, batch] of batches.entries()) {
    const before = batches[position - 1]?.eventTime;
    const moved = batch.eventTime;
    if (before?.max === undefined || moved === undefined) continue;
    if (Date.parse(moved.watermark) > Date.parse(before.watermark))
      return Date.parse(before.max) - Date.parse(moved.watermark);
  }
  return null;
}

/** Words the learner wrote in the answer cell: the Markdown cell under the given heading, without the heading itself. */
export function answerWords(context: CheckContext, cellId: string): number {
  const cell = context.cells.find((candidate) => candidate.id === cellId);
  if (!cell) return 0;
  const answer = cell.source.replaceAll(/^#.*$/gm, '').replaceAll(/_[^_]*_/g, ' ');
  return answer.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** Start and end, in minutes since 1970, of the windows in rows that have a `window` column, or `start` and `end`. Each once, in order. */
export function windowSpans(rows: ResultRows): readonly { readonly start: number; readonly end: number }[] {
  const minutes = (text: string): number => Date.parse(text.replace(' ', 'T')) / 60_000;
  const texts = hasColumns(rows, ['window'])
    ? columnValues(rows, 'window').flatMap((text) => {
        const [, start, end] = /^\{(.+), (.+)\}$/.exec(String(text)) ?? [];
        return start === undefined || end === undefined ? [] : [[start, end] as const];
      })
    : columnValues(rows, 'start').map((start, row) => [String(start), String(columnValues(rows, 'end')[row])] as const);
  const spans = new Map(
    texts.map(([start, end]) => [`${start} ${end}`, { start: minutes(start), end: minutes(end) }] as const),
  );
  return [...spans.values()].toSorted((a, b) => a.start - b.start);
}

/** Whether the windows are `size` minutes long and begin every `slide` minutes; two of them at least, or one could be either kind. */
export function slides(rows: ResultRows, size: number, slide: number): boolean {
  const spans = windowSpans(rows);
  const fits = spans.every(({ start, end }) => end - start === size && start % slide === 0);
  const isSliding = spans.some(({ start }) => start % size !== 0) || slide === size;
  return spans.length >= 2 && fits && isSliding;
}
