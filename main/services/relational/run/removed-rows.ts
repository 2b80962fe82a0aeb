import type { Table } from '../catalog/catalog.ts';
import type { StatementRun } from './statement-run.ts';

/** Row numbers in one DELETE text. */
const block = 5000;

/** Takes rows out of a table, and notes how far its column that counts itself has come: the rows no longer tell. */
export function writeRemoval(table: Table, numbers: readonly bigint[], run: StatementRun): void {
  const { transaction, state } = run;
  for (let start = 0; start < numbers.length; start += block) {
    transaction.write({ kind: 'delete', table, numbers: numbers.slice(start, start + block) });
  }
  const isCounting = table.columns.some((column) => column.isAutoIncrement);
  if (isCounting && numbers.length > 0) transaction.write({ kind: 'counter', table, next: state.nextNumber(table) });
}
