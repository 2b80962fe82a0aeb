import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';

/** `[5]` where the cell has run, otherwise its place. Null when the cell is gone or nobody named one. */
export function useCellLabel(path: string): (cell: string | null) => string | null {
  const session = useModel().session(path);
  const cells = useStore(session.state, (state) => state.cells);
  return (id) => {
    const position = id === null ? -1 : cells.findIndex((cell) => cell.id === id);
    const cell = cells[position];
    if (cell === undefined) return null;
    return cell.cell_type === 'code' && cell.execution_count !== null
      ? `[${cell.execution_count}]`
      : String(position + 1);
  };
}
