import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { withoutProtection } from './cell-protection.ts';

export type CellType = NotebookCell['cell_type'];
type Cells = readonly NotebookCell[];

/** nbformat wants 1 to 64 of `[a-zA-Z0-9-_]`, unique in the notebook. */
export const newCellId = (): string => crypto.randomUUID().slice(0, 8);

export function newCell(type: CellType, source = ''): NotebookCell {
  const base = { id: newCellId(), source, metadata: {} };
  return type === 'code'
    ? { ...base, cell_type: 'code', execution_count: null, outputs: [] }
    : { ...base, cell_type: type };
}

export const insertCells = (cells: Cells, at: number, added: Cells): Cells => [
  ...cells.slice(0, at),
  ...added,
  ...cells.slice(at),
];

/** A notebook keeps at least one cell. */
export function removeCells(cells: Cells, ids: readonly string[]): Cells {
  const left = cells.filter((cell) => !ids.includes(cell.id));
  return left.length > 0 ? left : [newCell('code')];
}

/** Moves a block of cells one place; at an end it stays. */
export function moveCells(cells: Cells, ids: readonly string[], step: -1 | 1): Cells {
  const first = cells.findIndex((cell) => ids.includes(cell.id));
  const last = cells.findLastIndex((cell) => ids.includes(cell.id));
  const neighbour = step === -1 ? first - 1 : last + 1;
  const passed = cells[neighbour];
  if (first < 0 || passed === undefined) return cells;
  const rest = cells.filter((_, position) => position !== neighbour);
  return insertCells(rest, step === -1 ? last : first, [passed]);
}

/** The part before `position` keeps the id, as Jupyter does; the lower part gets the rest and loses outputs. */
export function splitCell(cells: Cells, id: string, position: number): Cells {
  const at = cells.findIndex((cell) => cell.id === id);
  const cell = cells[at];
  if (cell === undefined) return cells;
  const upper = { ...cell, source: cell.source.slice(0, position).replace(/\n$/, '') };
  const lower = newCell(cell.cell_type, cell.source.slice(position).replace(/^\n/, ''));
  return [...cells.slice(0, at), upper, lower, ...cells.slice(at + 1)];
}

/** Joins the cells into the first of them. Its outputs go: they belong to another text. */
export function mergeCells(cells: Cells, ids: readonly string[]): Cells {
  const parts = cells.filter((cell) => ids.includes(cell.id));
  const [first] = parts;
  if (first === undefined || parts.length < 2) return cells;
  const source = parts.map((part) => part.source).join('\n\n');
  const merged: NotebookCell =
    first.cell_type === 'code' ? { ...first, source, outputs: [], execution_count: null } : { ...first, source };
  return cells.flatMap((cell) => (cell.id === first.id ? [merged] : ids.includes(cell.id) ? [] : [cell]));
}

export function retypeCell(cell: NotebookCell, type: CellType): NotebookCell {
  if (cell.cell_type === type) return cell;
  const base = { id: cell.id, source: cell.source, metadata: cell.metadata };
  return type === 'code'
    ? { ...base, cell_type: 'code', execution_count: null, outputs: [] }
    : { ...base, cell_type: type };
}

/** Keys 1 to 6: a Markdown cell whose first line is a heading of that level. */
export function asHeading(cell: NotebookCell, level: number): NotebookCell {
  const text = retypeCell(cell, 'markdown');
  return { ...text, source: `${'#'.repeat(level)} ${text.source.replace(/^#{1,6}\s*/, '')}` };
}

/** Copies for pasting: new ids, same content, none of the protection. */
export const copyOfCells = (cells: Cells): Cells =>
  cells.map((cell) => ({ ...cell, id: newCellId(), metadata: withoutProtection(cell.metadata) }));
