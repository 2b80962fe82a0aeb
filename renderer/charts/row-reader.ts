import type { ResultRows } from '../../engine/api/engine-events.ts';

export type Reader = (row: readonly unknown[]) => unknown;

/** Reads a column, or an end of a window column (`window.start`), by name without case, as Spark resolves names. */
export function readerFor(rows: ResultRows, name: string): Reader | null {
  const find = (wanted: string) =>
    rows.columns.findIndex((column) => column.name.toLowerCase() === wanted.toLowerCase());
  const whole = find(name);
  if (whole >= 0) return (row) => row[whole];
  const [outer = '', end = '', ...deeper] = name.toLowerCase().split('.');
  const at = find(outer);
  if (rows.columns[at]?.type !== windowType || deeper.length > 0 || !isEnd(end)) return null;
  return (row) => endOfWindow(String(row[at]), end);
}

export const hasColumns = (rows: ResultRows, needs: readonly string[]): boolean =>
  needs.every((name) => readerFor(rows, name) !== null);

type End = 'start' | 'end';
const windowType = 'struct<start:timestamp,end:timestamp>';
/** A struct travels as `show` prints it. */
const windowText = /^\{(?<start>.+), (?<end>.+)\}$/;

const isEnd = (name: string): name is End => name === 'start' || name === 'end';

const endOfWindow = (text: string, end: End): string | null => windowText.exec(text)?.groups?.[end] ?? null;

/** Decimals and longs may travel as text. */
export function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** An ISO time as milliseconds since 1970. */
export function asTime(value: unknown): number | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
