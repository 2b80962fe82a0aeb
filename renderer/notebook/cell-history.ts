import type { NotebookCell } from '../../main/contract/notebook-schema.ts';

type Cells = readonly NotebookCell[];

/** One change of the order or kind of cells, in a form that can be taken back after later edits of the text of other cells. */
type StructuralChange = { readonly before: Side; readonly after: Side };
/** `kept` holds only the cells that the other side lacks or has changed. */
type Side = { readonly order: readonly string[]; readonly kept: ReadonlyMap<string, NotebookCell> };

const sideOf = (cells: Cells, other: Cells): Side => {
  const others = new Map(other.map((cell) => [cell.id, cell]));
  return {
    order: cells.map((cell) => cell.id),
    kept: new Map(cells.filter((cell) => others.get(cell.id) !== cell).map((cell) => [cell.id, cell])),
  };
};

/** Cells added since by other means stay, after the cell they followed. */
function restore(current: Cells, side: Side, other: Side): Cells {
  const now = new Map(current.map((cell) => [cell.id, cell]));
  const restored = side.order.flatMap((id) => side.kept.get(id) ?? now.get(id) ?? []);
  const known = new Set([...side.order, ...other.order]);
  const strangers = current.filter((cell) => !known.has(cell.id));
  return [...restored, ...strangers];
}

const longest = 100;

/** Undo and redo of cells (Z and Shift+Z); the text inside a cell has its own history in the editor. */
export class CellHistory {
  #done: StructuralChange[] = [];
  #undone: StructuralChange[] = [];

  record(before: Cells, after: Cells): void {
    if (before === after) return;
    this.#done = [...this.#done.slice(1 - longest), { before: sideOf(before, after), after: sideOf(after, before) }];
    this.#undone = [];
  }

  undo(current: Cells): Cells | null {
    const change = this.#done.pop();
    if (change === undefined) return null;
    this.#undone.push(change);
    return restore(current, change.before, change.after);
  }

  redo(current: Cells): Cells | null {
    const change = this.#undone.pop();
    if (change === undefined) return null;
    this.#done.push(change);
    return restore(current, change.after, change.before);
  }
}
