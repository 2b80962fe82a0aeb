import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import type { Store } from '../store/external-store.ts';
import * as operations from './cell-operations.ts';
import type { CellType } from './cell-operations.ts';
import { CellHistory } from './cell-history.ts';
import { isEditable, isFree, type RefusedAction } from './cell-protection.ts';
import { cellById, cellPosition, selectedIds, type NotebookState } from './notebook-state.ts';
import { restoreCells } from './starter-repair.ts';

type Cells = readonly NotebookCell[];

/** Cells on the clipboard travel between the notebooks of a window. */
let clipboard: Cells = [];

export type EditingPorts = {
  readonly touch: () => void;
  /** Tells that protected cells, so many of them, were left as they are. */
  readonly refuse: (action: RefusedAction, cells: number) => void;
};

/** The code of a locked cell can be read and copied in its editor; a locked text is all on the screen as it is. */
const opens = (cell: NotebookCell | undefined): boolean =>
  cell === undefined || cell.cell_type !== 'markdown' || isEditable(cell);

/** Selecting and changing cells of one notebook. Everything that changes the order or kind of cells can be taken back. */
export class NotebookEditing {
  readonly #state: Store<NotebookState>;
  readonly #ports: EditingPorts;
  readonly #history = new CellHistory();

  constructor(state: Store<NotebookState>, ports: EditingPorts) {
    this.#state = state;
    this.#ports = ports;
  }

  select(id: string, extend = false): void {
    this.#state.update((state) => ({
      ...state,
      selected: id,
      anchor: extend ? state.anchor : id,
      mode: extend ? 'command' : state.mode,
    }));
  }

  /** A cell that does not open for editing is only chosen: the caret that walks into it goes no further. */
  setMode(wanted: 'command' | 'edit'): void {
    this.#state.update((state) => {
      const mode = wanted === 'edit' && !opens(cellById(state, state.selected)) ? 'command' : wanted;
      return state.mode === mode ? state : { ...state, mode, anchor: mode === 'edit' ? state.selected : state.anchor };
    });
  }

  /** Editing a cell: selected and in edit mode at once. */
  enter(id: string): void {
    const isOpened = opens(cellById(this.#state.get(), id));
    this.#state.update((state) => ({ ...state, selected: id, anchor: id, mode: isOpened ? 'edit' : 'command' }));
    if (!isOpened) this.#ports.refuse('edit', 1);
  }

  selectNeighbour(step: -1 | 1, extend = false): void {
    const state = this.#state.get();
    const neighbour = state.cells[cellPosition(state, state.selected) + step];
    if (neighbour !== undefined) this.select(neighbour.id, extend);
  }

  setSource(id: string, source: string): void {
    const cell = cellById(this.#state.get(), id);
    if (cell === undefined || cell.source === source || !isEditable(cell)) return;
    this.#state.update((state) => ({
      ...state,
      cells: state.cells.map((other) => (other.id === id ? { ...other, source } : other)),
      edited:
        cell.cell_type === 'code' && state.ranAs[id] !== undefined ? { ...state.edited, [id]: true } : state.edited,
    }));
    this.#ports.touch();
  }

  insert(type: CellType, where: 'above' | 'below'): void {
    const state = this.#state.get();
    const cell = operations.newCell(type);
    const at = cellPosition(state, state.selected) + (where === 'below' ? 1 : 0);
    this.#change(operations.insertCells(state.cells, Math.max(0, at), [cell]), cell.id);
  }

  /** Removes the selected cells and answers how many went. Protected cells stay. */
  remove(): number {
    const state = this.#state.get();
    const ids = this.#freeOf('remove', selectedIds(state));
    if (ids.length === 0) return 0;
    const at = state.cells.findIndex((cell) => ids.includes(cell.id));
    const left = operations.removeCells(state.cells, ids);
    this.#change(left, (left[at] ?? left.at(-1))?.id);
    return ids.length;
  }

  /** Takes what can go; what stays is not on the clipboard either. */
  cut(): number {
    const before = this.#state.get().cells;
    const removed = this.remove();
    const left = new Set(this.#state.get().cells);
    if (removed > 0) clipboard = before.filter((cell) => !left.has(cell));
    return removed;
  }

  copy(): void {
    const state = this.#state.get();
    clipboard = state.cells.filter((cell) => selectedIds(state).includes(cell.id));
  }

  paste(where: 'above' | 'below'): void {
    if (clipboard.length === 0) return;
    const state = this.#state.get();
    const copies = operations.copyOfCells(clipboard);
    const at = cellPosition(state, state.selected) + (where === 'below' ? 1 : 0);
    this.#change(operations.insertCells(state.cells, at, copies), copies.at(-1)?.id);
  }

  move(step: -1 | 1): void {
    const state = this.#state.get();
    this.#change(operations.moveCells(state.cells, selectedIds(state), step), state.selected, state.anchor);
  }

  split(position: number): void {
    const state = this.#state.get();
    if (this.#freeOf('split', [state.selected]).length === 0) return;
    const at = cellPosition(state, state.selected);
    const cells = operations.splitCell(state.cells, state.selected, position);
    this.#change(cells, cells[at + 1]?.id);
  }

  /** Joins the selected cells; with one selected, it and the one below. */
  merge(): void {
    const state = this.#state.get();
    const below = state.cells[cellPosition(state, state.selected) + 1];
    const selected = selectedIds(state);
    const ids = selected.length > 1 ? selected : [state.selected, ...(below === undefined ? [] : [below.id])];
    if (this.#freeOf('merge', ids).length < ids.length) return;
    this.#change(operations.mergeCells(state.cells, ids), ids[0]);
  }

  /** Puts cells of the hand-out back; what was there returns with one undo. */
  repair(starter: Cells, ids: readonly string[]): void {
    const state = this.#state.get();
    const ran = ids.filter((id) => state.ranAs[id] !== undefined).map((id) => [id, true] as const);
    this.#change(restoreCells(starter, state.cells, ids), ids[0]);
    this.#state.update((now) => ({ ...now, edited: { ...now.edited, ...Object.fromEntries(ran) } }));
  }

  retype(type: CellType): void {
    this.#changeSelected((cell) => operations.retypeCell(cell, type));
  }

  asHeading(level: number): void {
    this.#changeSelected((cell) => operations.asHeading(cell, level));
  }

  undo(): void {
    this.#restore(this.#history.undo(this.#state.get().cells));
  }

  redo(): void {
    this.#restore(this.#history.redo(this.#state.get().cells));
  }

  #changeSelected(change: (cell: NotebookCell) => NotebookCell): void {
    const state = this.#state.get();
    const ids = this.#freeOf('retype', selectedIds(state));
    if (ids.length === 0) return;
    const cells = state.cells.map((cell) => (ids.includes(cell.id) ? change(cell) : cell));
    this.#change(cells, state.selected, state.anchor);
  }

  /** Those of the cells that nothing protects; the others are told. */
  #freeOf(action: RefusedAction, ids: readonly string[]): readonly string[] {
    const state = this.#state.get();
    const free = ids.filter((id) => {
      const cell = cellById(state, id);
      return cell !== undefined && isFree(cell);
    });
    if (free.length < ids.length) this.#ports.refuse(action, ids.length - free.length);
    return free;
  }

  #restore(cells: Cells | null): void {
    if (cells === null) return;
    const before = this.#state.get();
    const known = new Set(before.cells.map((cell) => cell.id));
    const returned = cells.find((cell) => !known.has(cell.id))?.id;
    const stillThere = cells.some((cell) => cell.id === before.selected) ? before.selected : cells[0]?.id;
    this.#show(cells, returned ?? stillThere);
  }

  #change(cells: Cells, selected: string | undefined, anchor = selected): void {
    this.#history.record(this.#state.get().cells, cells);
    this.#show(cells, selected, anchor);
  }

  #show(cells: Cells, selected = '', anchor = selected): void {
    if (cells === this.#state.get().cells) return;
    this.#state.update((state) => ({ ...state, cells, selected, anchor }));
    this.#ports.touch();
  }
}
