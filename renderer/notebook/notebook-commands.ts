import type { WindowModel } from '../store/window-model.ts';
import type { NotebookSession } from './notebook-session.ts';
import { cellById, selectedIds } from './notebook-state.ts';
import type { Matched } from './shortcuts.ts';

/** A cell that does not stop in this time gets the offer to restart Python. */
const slowStopMs = 2_500;

/** Commands that need more than the notebook itself. */
export type CommandPorts = { readonly caret: () => number | null; readonly showHelp: () => void };

/** Runs the selected cells; afterwards the selection stands on the next cell, which is made when there is none. */
export function runAndAdvance(session: NotebookSession): void {
  const ids = selectedIds(session.state.get());
  session.running.run(ids);
  const { cells } = session.state.get();
  const last = cells.findIndex((cell) => cell.id === ids.at(-1));
  const next = cells[last + 1];
  session.editing.setMode('command');
  if (next !== undefined) session.editing.select(next.id);
  else {
    session.editing.insert('code', 'below');
    session.editing.setMode('edit');
  }
}

/** Stops the running cell. Queries go on, as on Spark. */
export async function stopCell(model: WindowModel, session: NotebookSession): Promise<void> {
  await session.running.interrupt();
  setTimeout(() => {
    const { runs } = session.state.get();
    if (!Object.values(runs).some((run) => run.phase === 'running' && Date.now() - run.sinceMs > slowStopMs)) return;
    const { kernel } = model.texts;
    model.notices.toast({ text: kernel.slowStop, tone: 'bad', action: { label: kernel.restart, run: () => void restartKernel(model, session) } });
  }, slowStopMs);
}

export async function restartKernel(model: WindowModel, session: NotebookSession): Promise<void> {
  await session.running.restart();
  model.notices.announce(model.texts.kernel.restarted);
}

/** Deleting asks nothing: it can be undone. */
export function removeCells(model: WindowModel, session: NotebookSession): void {
  tellRemoved(model, session, session.editing.remove());
}

function tellRemoved(model: WindowModel, session: NotebookSession, removed: number): void {
  if (removed === 0) return;
  model.notices.toast({ text: model.texts.notebook.removed(removed), tone: 'plain', action: { label: model.texts.app.undo, run: () => session.editing.undo() } });
}

export function doCommand({ command, key }: Matched, model: WindowModel, session: NotebookSession, ports: CommandPorts): void {
  const { editing, running } = session;
  const state = session.state.get();
  switch (command) {
    case 'runAndNext':
      return runAndAdvance(session);
    case 'run':
      running.run(selectedIds(state));
      return editing.setMode('command');
    case 'runAndInsert':
      running.run(selectedIds(state));
      editing.insert('code', 'below');
      return editing.setMode('edit');
    case 'toCommand':
      return editing.setMode('command');
    case 'toEdit':
      return editing.setMode('edit');
    case 'split':
      return editing.split(ports.caret() ?? cellById(state, state.selected)?.source.length ?? 0);
    case 'save':
      return void session.saveNow();
    case 'moveUp':
      return editing.move(-1);
    case 'moveDown':
      return editing.move(1);
    case 'insertAbove':
      return editing.insert('code', 'above');
    case 'insertBelow':
      return editing.insert('code', 'below');
    case 'remove':
      return removeCells(model, session);
    case 'undo':
      return editing.undo();
    case 'redo':
      return editing.redo();
    case 'cut':
      return tellRemoved(model, session, editing.cut());
    case 'copy':
      return editing.copy();
    case 'paste':
      return editing.paste('below');
    case 'pasteAbove':
      return editing.paste('above');
    case 'toText':
      return editing.retype('markdown');
    case 'toCode':
      return editing.retype('code');
    case 'toRaw':
      return editing.retype('raw');
    case 'heading':
      return editing.asHeading(Number(key));
    case 'previous':
      return editing.selectNeighbour(-1);
    case 'next':
      return editing.selectNeighbour(1);
    case 'extendUp':
      return editing.selectNeighbour(-1, true);
    case 'extendDown':
      return editing.selectNeighbour(1, true);
    case 'merge':
      return editing.merge();
    case 'lineNumbers':
      return model.settings.change({ lineNumbers: !model.settings.store.get().lineNumbers });
    case 'interrupt':
      return void stopCell(model, session);
    case 'restart':
      return void restartKernel(model, session);
    case 'help':
      return ports.showHelp();
    case 'panels':
      return undefined;
  }
}
