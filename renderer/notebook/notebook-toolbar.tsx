import { CopyPlus, Ellipsis, Eraser, FastForward, FileCheck, Play, Plus, RotateCcw, Square } from 'lucide-react';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { caretOf } from '../editor/code-editor.tsx';
import { removeCells, restartAndRunAll, restartKernel, runAndAdvance, stopCell } from './notebook-commands.ts';
import { duplicateNotebook } from './notebook-files.ts';
import type { NotebookSession } from './notebook-session.ts';
import { cellById, isBusy } from './notebook-state.ts';

type NotebookToolbarProps = {
  readonly session: NotebookSession;
  /** Offers cells of the hand-out again, one or all; null where nothing was handed out. */
  readonly onRepair: ((only: string | null) => void) | null;
};

/** Actions on the selected cells and on the whole notebook. */
export function NotebookToolbar({ session, onRepair }: NotebookToolbarProps) {
  const model = useModel();
  const { notebook, protection } = model.texts;
  const isRunning = useStore(session.state, isBusy);
  const { editing, running } = session;
  const split = () => {
    const state = session.state.get();
    const editor = document.querySelector(`[data-cell="${state.selected}"] .cm-content`);
    editing.split((editor === null ? null : caretOf(editor)) ?? cellById(state, state.selected)?.source.length ?? 0);
  };
  return (
    <div className="toolbar" role="toolbar" aria-label={notebook.toolbar}>
      <IconButton icon={Play} label={notebook.run} onClick={() => runAndAdvance(session)} />
      <IconButton
        icon={Square}
        label={notebook.stop}
        disabled={!isRunning}
        onClick={() => void stopCell(model, session)}
      />
      <IconButton icon={RotateCcw} label={notebook.restart} onClick={() => void restartKernel(model, session)} />
      <IconButton icon={FastForward} label={notebook.runAll} onClick={() => running.runAll()}>
        <span className="toolbar-word">{notebook.runAll}</span>
      </IconButton>
      <span className="toolbar-gap" />
      <IconButton icon={Plus} label={notebook.addCodeHint} onClick={() => editing.insert('code', 'below')}>
        <span>{notebook.addCode}</span>
      </IconButton>
      <IconButton icon={Plus} label={notebook.addTextHint} onClick={() => editing.insert('markdown', 'below')}>
        <span>{notebook.addText}</span>
      </IconButton>
      <Menu
        icon={Ellipsis}
        label={notebook.more}
        items={[
          { label: notebook.moveUp, run: () => editing.move(-1) },
          { label: notebook.moveDown, run: () => editing.move(1) },
          { label: notebook.split, run: split },
          { label: notebook.merge, run: () => editing.merge() },
          { label: notebook.toCode, run: () => editing.retype('code') },
          { label: notebook.toText, run: () => editing.retype('markdown') },
          { label: notebook.remove, run: () => removeCells(model, session) },
          { label: notebook.undoCells, run: () => editing.undo() },
          ...(onRepair === null
            ? []
            : [
                { label: protection.restoreOne, run: () => onRepair(session.state.get().selected) },
                { label: protection.repairAll, icon: FileCheck, run: () => onRepair(null) },
              ]),
          { label: notebook.restartAndRunAll, icon: RotateCcw, run: () => void restartAndRunAll(model, session) },
          { label: notebook.clearOutputs, icon: Eraser, run: () => running.clearOutputs() },
          { label: notebook.duplicate, icon: CopyPlus, run: () => void duplicateNotebook(model, session.path) },
        ]}
      />
    </div>
  );
}
