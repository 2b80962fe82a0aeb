import { useId, useState } from 'react';
import type { NotebookCell } from '../../main/contract/notebook-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CellLock } from './cell-lock.tsx';
import { diffLines, type DiffLine } from './line-diff.ts';
import type { NotebookSession } from './notebook-session.ts';
import { starterFaults, type StarterFault } from './starter-repair.ts';
import './repair-dialog.css';

type RepairDialogProps = {
  readonly session: NotebookSession;
  readonly starter: readonly NotebookCell[];
  /** Id of the one cell that is offered; null: all that differ. */
  readonly only: string | null;
  readonly onClose: () => void;
};

/** What differs from the hand-out, line by line, and which of it to put back. */
export function RepairDialog({ session, starter, only, onClose }: RepairDialogProps) {
  const { texts, notices } = useModel();
  const { protection, app } = texts;
  const cells = useStore(session.state, (state) => state.cells);
  const faults = starterFaults(starter, cells).filter(({ original }) => only === null || original.id === only);
  const [touched, setTouched] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isChosen = ({ original, isAdvised }: StarterFault) =>
    touched.get(original.id) ?? (isAdvised || original.id === only);
  const chosen = faults.filter(isChosen).map(({ original }) => original.id);
  const repair = () => {
    session.editing.repair(starter, chosen);
    notices.toast({
      text: protection.restored(chosen.length),
      tone: 'plain',
      actions: [{ label: app.undo, run: () => session.editing.undo() }],
    });
    onClose();
    // Behind the dialog's own giving back: where the focus came from may be gone, and Z wants a cell.
    setTimeout(() => document.querySelector<HTMLElement>(`[data-cell="${chosen[0]}"]`)?.focus());
  };
  return (
    <Dialog
      title={only === null ? protection.repairTitle : protection.restoreTitle}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button tone="primary" disabled={chosen.length === 0} onClick={repair}>
            {protection.restore(chosen.length)}
          </Button>
        </>
      }
    >
      <p>{only === null ? protection.repairIntro : protection.restoreIntro}</p>
      <ul className="repair-list">
        {faults.map((fault) => (
          <FaultItem
            key={fault.original.id}
            fault={fault}
            isChosen={isChosen(fault)}
            onChoose={(isOn) => setTouched((before) => new Map([...before, [fault.original.id, isOn]]))}
          />
        ))}
      </ul>
    </Dialog>
  );
}

type FaultItemProps = {
  readonly fault: StarterFault;
  readonly isChosen: boolean;
  readonly onChoose: (isOn: boolean) => void;
};

function FaultItem({ fault, isChosen, onChoose }: FaultItemProps) {
  const { protection } = useTexts();
  const { original, kind, mine } = fault;
  const id = useId();
  const name = (original.source.split('\n')[0] ?? '').replace(/^#+\s*/, '');
  return (
    <li className="repair-cell">
      <div className="repair-head">
        <input id={id} type="checkbox" checked={isChosen} onChange={(event) => onChoose(event.target.checked)} />
        <label htmlFor={id} className={original.cell_type === 'code' ? 'repair-name mono' : 'repair-name'}>
          {name}
        </label>
        <CellLock cell={original} />
        <em>{protection[kind]}</em>
      </div>
      {kind === 'retyped' ? (
        <p className="repair-note">{protection.sameText}</p>
      ) : (
        <LineDiff label={protection.differences(name)} lines={diffLines(mine, original.source)} />
      )}
    </li>
  );
}

const signs = { same: '', mine: '−', original: '+' };

function LineDiff({ label, lines }: { readonly label: string; readonly lines: readonly DiffLine[] }) {
  const { protection } = useTexts();
  return (
    <ol className="diff" aria-label={label}>
      {lines.map(({ kind, text }, position) => {
        // The word stands at the first line of each run; readers of screens hear it at every line.
        const isFirst = lines[position - 1]?.kind !== kind;
        return (
          <li key={position} className={`diff-${kind}`}>
            <span className="diff-sign">
              {signs[kind]}{' '}
              {kind === 'same' ? null : (
                <span className={isFirst ? undefined : 'visually-hidden'}>{protection[kind]}</span>
              )}
            </span>
            <code>{text}</code>
          </li>
        );
      })}
    </ol>
  );
}
