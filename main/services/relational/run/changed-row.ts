import type { Column, Table } from '../catalog/catalog.ts';
import { ColumnCells } from './column-cells.ts';
import type { StatementRun } from './statement-run.ts';
import type { SourceValue } from './stored-rows.ts';
import { cellText, type StoredRow } from './stored-form.ts';

export type CellChange = { readonly column: Column; readonly source: SourceValue };

/** A row after its assignments, with the columns that follow each update; undefined when no cell is another than before. */
export async function changedRow(
  table: Table,
  old: StoredRow,
  changes: readonly CellChange[],
  statementRow: number,
  run: StatementRun,
  isIgnore: boolean,
): Promise<StoredRow | undefined> {
  const cells = new ColumnCells(table, run, isIgnore);
  const values = [...old.values];
  for (const { column, source } of changes) {
    values[table.columns.indexOf(column)] = cells.fit(source, column, statementRow);
  }
  if (values.every((value, i) => cellText(value) === cellText(old.values[i] ?? null))) return undefined;
  for (const [index, column] of table.columns.entries()) {
    if (column.onUpdate === undefined || changes.some((change) => change.column === column)) continue;
    values[index] = await cells.updateCell(column, statementRow);
  }
  return { number: old.number, values };
}
