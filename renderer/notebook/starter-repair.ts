import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { protectionOf } from './cell-protection.ts';

type Cells = readonly NotebookCell[];

/** A cell of the hand-out that is not in the notebook as it was handed out. */
export type StarterFault = {
  readonly kind: 'missing' | 'changed' | 'retyped';
  readonly original: NotebookCell;
  /** What stands there now; empty for a missing cell. */
  readonly mine: string;
  /** Nothing of the learner's work would go: the statement, and places for answers that are gone. */
  readonly isAdvised: boolean;
};

/** In the order of the hand-out. */
export function starterFaults(starter: Cells, cells: Cells): readonly StarterFault[] {
  const present = presentCells(starter, cells);
  return starter.flatMap((original): StarterFault[] => {
    const protection = protectionOf(original);
    const found = present.get(original.id);
    if (found === undefined) return [{ kind: 'missing', original, mine: '', isAdvised: protection !== 'none' }];
    const kind = found.source !== original.source ? 'changed' : 'retyped';
    if (kind === 'retyped' && found.cell_type === original.cell_type) return [];
    return [{ kind, original, mine: found.source, isAdvised: protection === 'locked' }];
  });
}

/** Puts the chosen cells of the hand-out back: in their place, or behind the cell they followed. Everything else stays as it is. */
export function restoreCells(starter: Cells, cells: Cells, ids: readonly string[]): Cells {
  const present = presentCells(starter, cells);
  let restored = cells;
  let before: string | null = null;
  for (const original of starter) {
    const found = present.get(original.id);
    if (ids.includes(original.id)) {
      const again = asHandedOut(original, found);
      const at = restored.findIndex((cell) => cell.id === (found === undefined ? before : found.id));
      restored = restored.toSpliced(found === undefined ? at + 1 : at, found === undefined ? 0 : 1, again);
      before = again.id;
    } else before = found?.id ?? before;
  }
  return restored;
}

/** By id; some programs give cells new ids, and then the same text of the same type is the same cell. */
function presentCells(starter: Cells, cells: Cells): ReadonlyMap<string, NotebookCell> {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const known = new Set(starter.map(({ id }) => id));
  const strangers = cells.filter(({ id }) => !known.has(id));
  const present = new Map<string, NotebookCell>();
  for (const original of starter) {
    const { cell_type: type, source } = original;
    const position = strangers.findIndex((cell) => cell.cell_type === type && cell.source === source);
    const found = byId.get(original.id) ?? strangers[position];
    if (found === undefined) continue;
    if (found.id !== original.id) strangers.splice(position, 1);
    present.set(original.id, found);
  }
  return present;
}

/** What the hand-out does not say of a cell (its grading, its tags) is kept; what its last run left is not, since it ran another text. */
function asHandedOut(original: NotebookCell, found: NotebookCell | undefined): NotebookCell {
  const {
    execution: _execution,
    marea: _marea,
    deletable: _deletable,
    editable: _editable,
    ...kept
  } = found?.metadata ?? {};
  return { ...original, metadata: { ...kept, ...original.metadata } };
}
