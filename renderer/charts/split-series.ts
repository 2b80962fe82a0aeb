import type { ChartSpec } from '../../main/contract/guide-schema.ts';
import type { ChartPoint, Series } from './chart-point.ts';

/** A row of a figure whose marks are told apart by a further column. */
type PartRow = Pick<ChartPoint, 'key' | 'label' | 'isNew'> & { readonly part: string; readonly value: number };

/** One point for each mark: the values of the greatest parts, in that order, and of all others together. A part that a mark lacks is a gap. */
export function splitSeries(
  rows: readonly PartRow[],
  { most, rest }: NonNullable<ChartSpec['split']>,
): { readonly points: readonly ChartPoint[]; readonly series: readonly Series[] } {
  const totals = new Map<string, number>();
  for (const { part, value } of rows) totals.set(part, (totals.get(part) ?? 0) + value);
  const ranked = [...totals]
    .toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .map(([name]) => name);
  const shown = ranked.slice(0, most);
  const labels = ranked.length > most ? [...shown, rest] : shown;
  const points = new Map<string, ChartPoint>();
  for (const { key, label, isNew, part, value } of rows) {
    const before = points.get(key);
    const values = [...(before?.values ?? labels.map(() => null))];
    const position = shown.includes(part) ? shown.indexOf(part) : most;
    values[position] = (values[position] ?? 0) + value;
    points.set(key, { key, label, values, isNew: isNew || before?.isNew === true });
  }
  return {
    points: [...points.values()],
    series: labels.map((label) => ({ label, isDerived: false, isTime: false, isPart: true })),
  };
}
