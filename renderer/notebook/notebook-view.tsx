import { useMemo, useRef, type KeyboardEvent } from 'react';
import { caretOf, isCompleting } from '../editor/code-editor.tsx';
import { kernelCompletion } from '../editor/kernel-completion.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/card.tsx';
import { staleCells } from './cell-dependencies.ts';
import { CellView } from './cell-view.tsx';
import { doCommand } from './notebook-commands.ts';
import type { NotebookSession } from './notebook-session.ts';
import { selectedIds } from './notebook-state.ts';
import { ShortcutReader } from './shortcuts.ts';
import './notebook.css';

/** The cells of one notebook, in Jupyter's two modes. */
export function NotebookView({ session, onHelp }: { readonly session: NotebookSession; readonly onHelp: () => void }) {
  const model = useModel();
  const state = useStore(session.state);
  const { singleKeys, lineNumbers } = useStore(model.settings.store);
  const reader = useRef(new ShortcutReader());
  const complete = useMemo(() => kernelCompletion(model.host, session.path), [model.host, session.path]);
  const { cells, ranAs, edited } = state;
  const stale = useMemo(() => staleCells({ cells, ranAs, edited }), [cells, ranAs, edited]);

  if (state.status === 'loading') return <Empty>{model.texts.app.loading}</Empty>;
  if (state.status === 'failed') {
    return (
      <Empty action={<Button onClick={() => void session.open()}>{model.texts.app.retry}</Button>}>
        {model.texts.notebook.failed} {state.failure}
      </Empty>
    );
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const isInEditor = target.closest('.cm-editor') !== null;
    // Buttons and outputs keep Enter and the space bar; the letters of command mode belong to the cell itself.
    if (!isInEditor && target.closest('button, a, summary, input, select') !== null) return;
    if (isInEditor && isCompleting(target)) return;
    const matched = reader.current.read(event, isInEditor ? 'edit' : 'command', singleKeys, performance.now());
    if (matched === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (matched !== 'half') doCommand(matched, model, session, { caret: () => caretOf(target), showHelp: onHelp });
  };

  const selected = selectedIds(state);
  const lastRunAbove = highestRunAbove(state.cells.map((cell) => state.ranAs[cell.id] ?? 0));
  return (
    <div className="notebook scroll" onKeyDownCapture={onKeyDown}>
      {state.cells.map((cell, position) => (
        <CellView
          key={cell.id}
          session={session}
          cell={cell}
          position={position}
          run={state.runs[cell.id]}
          isSelected={selected.includes(cell.id)}
          hasFocus={cell.id === state.selected}
          isEditing={state.mode === 'edit' && cell.id === state.selected}
          isStale={stale.has(cell.id)}
          isOutOfOrder={(state.ranAs[cell.id] ?? Number.POSITIVE_INFINITY) < (lastRunAbove[position] ?? 0)}
          isOfThisKernel={state.ranAs[cell.id] !== undefined}
          lineNumbers={lineNumbers}
          complete={complete}
        />
      ))}
    </div>
  );
}

/** For each cell, the latest run among the cells above it. */
function highestRunAbove(runs: readonly number[]): readonly number[] {
  let highest = 0;
  return runs.map((run) => {
    const above = highest;
    highest = Math.max(highest, run);
    return above;
  });
}
