import type { EvidenceTable } from '../contract/evidence-schema.ts';
import { consoleTables } from '../workspace/console-tables.ts';
import { saysRow, unsaid } from './compare-rows.ts';
import type { StoreRows } from './replay-outcome.ts';

/**
 * Whether a query's console says what the reference's says on the same input, whatever its columns are called, in whatever order, and whether it shows all
 * groups with each batch or only those that change: each shows what the other shows. Where `show` has left rows out, their last batches decide.
 */
export function compareResults(own: string, reference: string): 'same' | 'other' {
  const [given, wanted] = [consoleTables(own), consoleTables(reference)];
  if (given.every(isEmpty) || wanted.every(isEmpty))
    return given.every(isEmpty) && wanted.every(isEmpty) ? 'same' : 'other';
  const judged = [own, reference].some((text) => text.includes('only showing top')) ? lastRows : rowsOf;
  if (unsaid(rowsOf(given), judged(wanted)).length > 0) return 'other';
  // A row of more columns than the reference's says at least what that says.
  const shown = rowsOf(wanted);
  const isShown = (row: StoreRows[number]): boolean => shown.some((candidate) => saysRow(row, candidate));
  return judged(given).every(isShown) ? 'same' : 'other';
}

const isEmpty = ({ rows }: EvidenceTable): boolean => rows.length === 0;
const rowsOf = (tables: readonly EvidenceTable[]): StoreRows => tables.flatMap(({ rows }) => rows);
const lastRows = (tables: readonly EvidenceTable[]): StoreRows =>
  tables.findLast((table) => !isEmpty(table))?.rows ?? [];

/** The same rows at the end; fields may have other names and another order, and there may be more of them. */
export const sameStore = (own: StoreRows, reference: StoreRows): boolean =>
  own.length === reference.length && unsaid(own, reference).length === 0;
