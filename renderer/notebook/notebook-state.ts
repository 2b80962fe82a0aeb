import type { Notebook, NotebookCell } from '../../main/contract/notebook-schema.ts';

/** What a cell is doing right now; cells at rest have none. */
export type CellRun =
  | { readonly phase: 'queued' }
  | { readonly phase: 'running'; readonly sinceMs: number }
  /** Inside `awaitTermination()`; `query` null: waits for any query. */
  | { readonly phase: 'waiting'; readonly sinceMs: number; readonly query: string | null };

export type KernelState = 'none' | 'starting' | 'idle' | 'busy' | 'restarting' | 'dead';

export type SaveState =
  | { readonly phase: 'saved'; readonly at: string | null }
  | { readonly phase: 'dirty' }
  | { readonly phase: 'saving' }
  | { readonly phase: 'failed'; readonly message: string }
  /** Another window saved since; nothing of ours is lost, nothing of theirs is overwritten. */
  | { readonly phase: 'conflict' };

export type NotebookState = {
  readonly path: string;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: string | null;
  readonly metadata: Notebook['metadata'];
  readonly minor: number;
  readonly cells: readonly NotebookCell[];
  /** The selection reaches from `anchor` to `selected`; the latter has the focus. */
  readonly selected: string;
  readonly anchor: string;
  readonly mode: 'command' | 'edit';
  readonly runs: Readonly<Record<string, CellRun>>;
  /** Order in which cells last began to run in this life of the kernel. */
  readonly ranAs: Readonly<Record<string, number>>;
  /** Cells whose text changed since they ran. */
  readonly edited: Readonly<Record<string, true>>;
  readonly kernel: KernelState;
  readonly kernelNote: string | null;
  /** Python began anew, and why; stays until the learner has dismissed it. */
  readonly restarted: { readonly note: string | null } | null;
  readonly save: SaveState;
  readonly recovered: boolean;
};

export function loadingNotebook(path: string): NotebookState {
  return {
    path,
    status: 'loading',
    failure: null,
    metadata: {},
    minor: 5,
    cells: [],
    selected: '',
    anchor: '',
    mode: 'command',
    runs: {},
    ranAs: {},
    edited: {},
    kernel: 'none',
    kernelNote: null,
    restarted: null,
    save: { phase: 'saved', at: null },
    recovered: false,
  };
}

export const cellById = (state: NotebookState, id: string): NotebookCell | undefined =>
  state.cells.find((cell) => cell.id === id);
export const cellPosition = (state: NotebookState, id: string): number =>
  state.cells.findIndex((cell) => cell.id === id);

/** Ids of the selected cells, top to bottom. */
export function selectedIds(state: NotebookState): readonly string[] {
  const ends = [cellPosition(state, state.anchor), cellPosition(state, state.selected)].toSorted((a, b) => a - b);
  const [first = -1, last = -1] = ends;
  if (last < 0) return [];
  return state.cells.slice(Math.max(0, first), last + 1).map((cell) => cell.id);
}

export const isBusy = (state: NotebookState): boolean => Object.keys(state.runs).length > 0;
