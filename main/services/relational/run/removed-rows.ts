import type { Table } from '../catalog/catalog.ts';
import type { StatementRun } from './statement-run.ts';
import type { StoredRow } from './stored-form.ts';

/** Row numbers in one DELETE text. */
const block = 5000;

export function writeRemoval(table: Table, numbers: readonly bigint[], run: StatementRun): void {
  for (let start = 0; start < numbers.length; start += block) {
    run.transaction.write({ kind: 'delete', table, numbers: numbers.slice(start, start + block) });
  }
}

/**
 * Notes how far the column that counts itself has come, when the row with its last number goes: the rows no longer tell,
 * and a number must not come back after a restart.
 */
export async function writeCounter(table: Table, removed: readonly StoredRow[], run: StatementRun): Promise<void> {
  const index = table.columns.findIndex((column) => column.isAutoIncrement);
  if (index < 0 || removed.length === 0) return;
  await run.state.loadCounter(table, run.transaction.connection);
  const next = run.state.nextNumber(table);
  const isLast = removed.some(({ values }) => Number(values[index] ?? 0n) + 1 >= Number(next));
  if (isLast) run.transaction.write({ kind: 'counter', table, next });
}
