import type { GradingRow } from '../../main/contract/grading-schema.ts';
import { rowName } from './row-name.ts';

export const sortKeys = ['student', 'nia', 'activity', 'missing', 'integrity', 'verdict', 'points'] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sorting = { readonly key: SortKey; readonly isDescending: boolean };

/** What needs a look comes first. */
const integrityOrder = { unreadable: 0, altered: 1, whole: 2 } as const;
const verdictOrder = { cannot_run: 0, differs: 1, reproduces: 2 } as const;

/** What a column sorts by; null: there is nothing to sort by yet. */
const values: Readonly<Record<SortKey, (row: GradingRow) => string | number | null>> = {
  student: ({ check }) => rowName(check),
  nia: ({ check }) => check.student?.nia ?? null,
  activity: ({ check }) => check.activities.map(({ title }) => title).join(', ') || null,
  missing: ({ check }) => (check.verdict === 'unreadable' ? null : check.missing.length),
  integrity: ({ check }) => integrityOrder[check.verdict],
  verdict: ({ comparison }) => (comparison === null ? null : verdictOrder[comparison.verdict]),
  points: ({ proposed }) => proposed,
};

/** Rows without a value stay at the end, whichever way is sorted; equal ones keep their order. */
export function sortedRows(rows: readonly GradingRow[], { key, isDescending }: Sorting): readonly GradingRow[] {
  const valueOf = values[key];
  return rows.toSorted((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return (isDescending ? -1 : 1) * compared(a, b);
  });
}

/** Numbers in a text count as numbers: NIA 9 before NIA 10. */
const compared = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'es', { numeric: true });
