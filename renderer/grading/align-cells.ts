import type { NotebookCell } from '../../main/contract/notebook-schema.ts';

export type CellPair = { readonly handedIn: NotebookCell | null; readonly reference: NotebookCell | null };

/** Cells of the same id stand side by side: both notebooks began as the same starter. What only one of them has stands alone, in its place. */
export function alignCells(handedIn: readonly NotebookCell[], reference: readonly NotebookCell[]): readonly CellPair[] {
  const pairs: CellPair[] = [];
  let next = 0;
  for (const cell of handedIn) {
    const at = reference.findIndex(({ id }, index) => index >= next && id === cell.id);
    if (at < 0) {
      pairs.push({ handedIn: cell, reference: null });
      continue;
    }
    pairs.push(...reference.slice(next, at).map(alone), { handedIn: cell, reference: reference[at] ?? null });
    next = at + 1;
  }
  return [...pairs, ...reference.slice(next).map(alone)];
}

const alone = (reference: NotebookCell): CellPair => ({ handedIn: null, reference });
