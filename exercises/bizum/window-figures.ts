import type { CheckedRecord } from '../check-context.ts';

const windowMs = 3 * 60_000;
/** A mean may have been rounded to cents. */
const tolerance = 0.01;

/** Amounts of the bizums of a topic, one list for each three-minute window, in the order in which they arrived. */
export function amountsByWindow(records: readonly CheckedRecord[]): readonly (readonly number[])[] {
  const windows = new Map<number, number[]>();
  for (const { value } of records) {
    const bizum = bizumOf(value);
    if (bizum === null) continue;
    const window = Math.floor(bizum.atMs / windowMs);
    windows.set(window, [...(windows.get(window) ?? []), bizum.amount]);
  }
  return [...windows.values()];
}

function bizumOf(value: string | null): { readonly atMs: number; readonly amount: number } | null {
  try {
    const { timestamp, cantidad } = JSON.parse(value ?? '') as Readonly<Record<string, unknown>>;
    const atMs = Date.parse(`${String(timestamp).replace(' ', 'T').slice(0, 23)}Z`);
    return Number.isNaN(atMs) || typeof cantidad !== 'number' ? null : { atMs, amount: cantidad };
  } catch {
    return null;
  }
}

/** Whether the numbers hold count, mean, greatest and least of the first bizums of a window, two or more, under whatever names. */
export const holdsFigures = (numbers: readonly number[], windows: readonly (readonly number[])[]): boolean =>
  windows.some((amounts) =>
    amounts.some((_, last) => {
      const first = amounts.slice(0, last + 1);
      const mean = first.reduce((sum, amount) => sum + amount, 0) / first.length;
      const figures = [first.length, mean, Math.max(...first), Math.min(...first)];
      return first.length >= 2 && figures.every((figure) => has(numbers, figure));
    }),
  );

const has = (numbers: readonly number[], figure: number): boolean =>
  numbers.some((number) => Math.abs(number - figure) <= tolerance);

const isoTime = /^\d{4}-\d{2}-\d{2}T/;

/** The earliest time in a document, at whatever depth: the start of its window. Null when it holds none. */
export function earliestTime(value: unknown): string | null {
  if (typeof value === 'string') return isoTime.test(value) ? value : null;
  if (typeof value !== 'object' || value === null) return null;
  return Object.values(value)
    .flatMap((each) => earliestTime(each) ?? [])
    .reduce<string | null>((earliest, time) => (earliest === null || time < earliest ? time : earliest), null);
}
