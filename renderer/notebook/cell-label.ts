import type { NotebookCell } from '../../main/contract/notebook-schema.ts';

/** `[5]` where the cell has run, otherwise its place. Null when the cell is gone or nobody named one. */
export function cellLabel(cells: readonly NotebookCell[], id: string | null): string | null {
  const position = id === null ? -1 : cells.findIndex((cell) => cell.id === id);
  const cell = cells[position];
  if (cell === undefined) return null;
  return cell.cell_type === 'code' && cell.execution_count !== null
    ? `[${cell.execution_count}]`
    : String(position + 1);
}
