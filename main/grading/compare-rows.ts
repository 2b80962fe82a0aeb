import type { EvidenceTable } from '../contract/evidence-schema.ts';

type Row = readonly string[];

/** Rows that only one of two tables has, as often as it has them more; order is free, as Spark promises none. */
export type RowsApart = { readonly onlyFirst: readonly Row[]; readonly onlySecond: readonly Row[] };

export function rowsApart(first: readonly Row[], second: readonly Row[]): RowsApart {
  const left = new Map<string, Row[]>();
  for (const row of second) left.set(keyOf(row), [...(left.get(keyOf(row)) ?? []), row]);
  const onlyFirst = first.filter((row) => left.get(keyOf(row))?.pop() === undefined);
  return { onlyFirst, onlySecond: [...left.values()].flat() };
}

const keyOf = (row: Row): string => JSON.stringify(row);

export const sameColumns = (a: EvidenceTable, b: EvidenceTable): boolean => keyOf(a.columns) === keyOf(b.columns);

/** Half a unit of the second decimal: whoever rounds a mean to cents has computed it all the same. */
const roundingError = 0.005_000_1;

/**
 * Whether two rows say the same whatever their columns are called and in whatever order they stand: each value of the wanted row is in the given one. A
 * window `{start, end}` is its two times; a text that `show` cut off is its beginning.
 */
export function saysRow(given: Row, wanted: Row): boolean {
  const left = given.flatMap(values);
  return wanted.flatMap(values).every((value) => {
    const at = left.findIndex((candidate) => sameValue(candidate, value));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function sameValue(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return Math.abs(x - y) <= roundingError;
  return isCutOf(a, b) || isCutOf(b, a);
}

const isCutOf = (cut: string, whole: string): boolean =>
  cut.length > 3 && cut.endsWith('...') && whole.startsWith(cut.slice(0, -3));

function numberOf(text: string): number | null {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

/** Times as `show` prints them, without trailing zeros of the fraction. */
function values(cell: string): readonly string[] {
  const window = /^\{(.+), (.+)\}$/.exec(cell);
  return (window ? [window[1] ?? '', window[2] ?? ''] : [cell]).map((value) => value.trim());
}

/** Rows of `wanted` that no row of `given` says. */
export const unsaid = (given: readonly Row[], wanted: readonly Row[]): readonly Row[] =>
  wanted.filter((row) => !given.some((candidate) => saysRow(candidate, row)));
