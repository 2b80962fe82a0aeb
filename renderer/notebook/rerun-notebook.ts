import type { WindowModel } from '../store/window-model.ts';
import { restartAndRunAll } from './notebook-commands.ts';
import type { NotebookSession } from './notebook-session.ts';
import { cellLabel } from './cell-label.ts';
import type { NotebookState } from './notebook-state.ts';

/** How running everything ended: every cell has begun, one failed, or it was stopped before. */
export type RerunEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'failed'; readonly cell: string }
  | { readonly kind: 'stopped' };

/**
 * Restarts Python and runs every cell in order, also of a notebook that no tab shows; resolves when it is saved. A last cell that waits for its query
 * is not waited for: it has run, and may wait for ever.
 */
export async function rerunNotebook(
  model: WindowModel,
  session: NotebookSession,
  onLeft: (left: number) => void,
): Promise<RerunEnd> {
  await until(session, ({ status }) => status !== 'loading');
  await restartAndRunAll(model, session);
  await until(session, (state) => {
    onLeft(Object.keys(state.runs).length);
    return !isRunning(state);
  });
  await session.saveNow();
  return endOf(session.state.get());
}

function isRunning({ runs }: NotebookState): boolean {
  const phases = Object.values(runs).map(({ phase }) => phase);
  return phases.length > 1 || (phases.length === 1 && phases[0] !== 'waiting');
}

function endOf({ cells, ranAs }: NotebookState): RerunEnd {
  const code = cells.filter((cell) => cell.cell_type === 'code').filter(({ source }) => source.trim() !== '');
  const failed = code.find(
    ({ id, outputs }) =>
      ranAs[id] !== undefined &&
      outputs.some((output) => output.output_type === 'error' && output.ename !== 'KeyboardInterrupt'),
  );
  if (failed !== undefined) return { kind: 'failed', cell: cellLabel(cells, failed.id) ?? '' };
  return { kind: code.every(({ id }) => ranAs[id] !== undefined) ? 'complete' : 'stopped' };
}

function until(session: NotebookSession, fits: (state: NotebookState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      if (!fits(session.state.get())) return false;
      end();
      resolve();
      return true;
    };
    const end = session.state.subscribe(look);
    look();
  });
}
