import type { WindowModel } from '../store/window-model.ts';
import type { NotebookSession } from './notebook-session.ts';
import { cellById, selectedIds } from './notebook-state.ts';
import type { CommandName, Matched } from './shortcuts.ts';

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
    model.notices.toast({
      text: kernel.slowStop,
      tone: 'bad',
      actions: [{ label: kernel.restart, run: () => void restartKernel(model, session) }],
    });
  }, slowStopMs);
}

export async function restartKernel(model: WindowModel, session: NotebookSession): Promise<void> {
  await session.running.restart();
  model.notices.announce(model.texts.kernel.restarted);
}

export async function restartAndRunAll(model: WindowModel, session: NotebookSession): Promise<void> {
  await restartKernel(model, session);
  session.running.runAll();
}

/** Deleting asks nothing: it can be undone. */
export function removeCells(model: WindowModel, session: NotebookSession): void {
  tellRemoved(model, session, session.editing.remove());
}

function tellRemoved(model: WindowModel, session: NotebookSession, removed: number): void {
  if (removed === 0) return;
  model.notices.toast({
    text: model.texts.notebook.removed(removed),
    tone: 'plain',
    actions: [{ label: model.texts.app.undo, run: () => session.editing.undo() }],
  });
}

type Context = {
  readonly model: WindowModel;
  readonly session: NotebookSession;
  readonly ports: CommandPorts;
  readonly key: string;
};

/** What each shortcut does. */
const actions: Readonly<Record<CommandName, (context: Context) => void>> = {
  runAndNext: ({ session }) => runAndAdvance(session),
  run: ({ session }) => {
    session.running.run(selectedIds(session.state.get()));
    session.editing.setMode('command');
  },
  runAndInsert: ({ session }) => {
    session.running.run(selectedIds(session.state.get()));
    session.editing.insert('code', 'below');
    session.editing.setMode('edit');
  },
  toCommand: ({ session }) => session.editing.setMode('command'),
  toEdit: ({ session }) => session.editing.enter(session.state.get().selected),
  split: ({ session, ports }) => {
    const state = session.state.get();
    session.editing.split(ports.caret() ?? cellById(state, state.selected)?.source.length ?? 0);
  },
  save: ({ session }) => void session.saveNow(),
  moveUp: ({ session }) => session.editing.move(-1),
  moveDown: ({ session }) => session.editing.move(1),
  insertAbove: ({ session }) => session.editing.insert('code', 'above'),
  insertBelow: ({ session }) => session.editing.insert('code', 'below'),
  remove: ({ model, session }) => removeCells(model, session),
  undo: ({ session }) => session.editing.undo(),
  redo: ({ session }) => session.editing.redo(),
  cut: ({ model, session }) => tellRemoved(model, session, session.editing.cut()),
  copy: ({ session }) => session.editing.copy(),
  paste: ({ session }) => session.editing.paste('below'),
  pasteAbove: ({ session }) => session.editing.paste('above'),
  toText: ({ session }) => session.editing.retype('markdown'),
  toCode: ({ session }) => session.editing.retype('code'),
  toRaw: ({ session }) => session.editing.retype('raw'),
  heading: ({ session, key }) => session.editing.asHeading(Number(key)),
  previous: ({ session }) => session.editing.selectNeighbour(-1),
  next: ({ session }) => session.editing.selectNeighbour(1),
  extendUp: ({ session }) => session.editing.selectNeighbour(-1, true),
  extendDown: ({ session }) => session.editing.selectNeighbour(1, true),
  merge: ({ session }) => session.editing.merge(),
  lineNumbers: ({ model }) => model.settings.change({ lineNumbers: !model.settings.store.get().lineNumbers }),
  interrupt: ({ model, session }) => void stopCell(model, session),
  restart: ({ model, session }) => void restartKernel(model, session),
  help: ({ ports }) => ports.showHelp(),
  // The window itself listens for F6 and for Ctrl+Shift+E.
  panels: () => undefined,
  capture: () => undefined,
};

export function doCommand(
  { command, key }: Matched,
  model: WindowModel,
  session: NotebookSession,
  ports: CommandPorts,
): void {
  actions[command]({ model, session, ports, key });
}
