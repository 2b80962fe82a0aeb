import { cellLabel } from '../notebook/cell-label.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';

/** Labels of this notebook's cells, as they are now. */
export function useCellLabel(path: string): (cell: string | null) => string | null {
  const cells = useStore(useModel().session(path).state, (state) => state.cells);
  return (id) => cellLabel(cells, id);
}
