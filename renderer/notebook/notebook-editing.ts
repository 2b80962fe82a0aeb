import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import type { Store } from '../store/external-store.ts';
import * as operations from './cell-operations.ts';
import type { CellType } from './cell-operations.ts';
import { CellHistory } from './cell-history.ts';
import { cellById, cellPosition, selectedIds, type NotebookState } from './notebook-state.ts';

type Cells = readonly NotebookCell[];

/** Cells on the clipboard travel between the notebooks of a window. */
let clipboard: Cells = [];

/** Selecting and changing cells of one notebook. Everything that changes the order or kind of cells can be taken back. */
export class NotebookEditing {
  readonly #state: Store<NotebookState>;
  readonly #touch: () => void;
  readonly #history = new CellHistory();

  constructor(state: Store<NotebookState>, touch: () => void) {
    this.#state = state;
    this.#touch = touch;
  }

  select(id: string, extend = false): void {
    this.#state.update((state) => ({
      ...state,
      selected: id,
      anchor: extend ? state.anchor : id,
      mode: extend ? 'command' : state.mode,
    }));
  }

  setMode(mode: 'command' | 'edit'): void {
    this.#state.update((state) =>
      state.mode === mode ? state : { ...state, mode, anchor: mode === 'edit' ? state.selected : state.anchor },
    );
  }

  /** Editing a cell: selected and in edit mode at once. */
  enter(id: string): void {
    this.#state.update((state) => ({ ...state, selected: id, anchor: id, mode: 'edit' }));
  }

  selectNeighbour(step: -1 | 1, extend = false): void {
    const state = this.#state.get();
    const neighbour = state.cells[cellPosition(state, state.selected) + step];
    if (neighbour !== undefined) this.select(neighbour.id, extend);
  }

  setSource(id: string, source: string): void {
    const cell = cellById(this.#state.get(), id);
    if (cell === undefined || cell.source === source) return;
    this.#state.update((state) => ({
      ...state,
      cells: state.cells.map((other) => (other.id === id ? { ...other, source } : other)),
      edited:
        cell.cell_type === 'code' && state.ranAs[id] !== undefined ? { ...state.edited, [id]: true } : state.edited,
    }));
    this.#touch();
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
    const ids = selectedIds(state).filter((id) => {
      const cell = cellById(state, id);
      return cell !== undefined && operations.isDeletable(cell);
    });
    if (ids.length === 0) return 0;
    const at = state.cells.findIndex((cell) => ids.includes(cell.id));
    const left = operations.removeCells(state.cells, ids);
    this.#change(left, (left[at] ?? left.at(-1))?.id);
    return ids.length;
  }

  cut(): number {
    this.copy();
    return this.remove();
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
    const cells = ids.map((id) => cellById(state, id));
    if (!cells.every((cell) => cell !== undefined && operations.isEditable(cell) && operations.isDeletable(cell)))
      return;
    this.#change(operations.mergeCells(state.cells, ids), ids[0]);
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
    const ids = selectedIds(state);
    const cells = state.cells.map((cell) =>
      ids.includes(cell.id) && operations.isEditable(cell) ? change(cell) : cell,
    );
    this.#change(cells, state.selected, state.anchor);
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
    this.#touch();
  }
}
