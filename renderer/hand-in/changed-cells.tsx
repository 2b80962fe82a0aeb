import { RotateCcw, Square } from 'lucide-react';
import type { HandInState } from '../../main/contract/hand-in-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import type { HandInPreparation, Preparation } from './hand-in-preparation.ts';

type ChangedCellsProps = { readonly preparation: HandInPreparation; readonly found: HandInState };

/** Cells that are not what their outputs or captures show, unit by unit, and the way to run everything again. */
export function ChangedCells({ preparation, found }: ChangedCellsProps) {
  const { handIn: words } = useTexts();
  const { rerun, ended } = useStore(preparation.state);
  const units = found.notebooks.filter(({ unit }) =>
    [...found.changes.map((it) => it.unit), rerun?.unit, ended?.unit].includes(unit),
  );
  if (units.length === 0) return null;
  return (
    <section className="hand-in-part">
      <h3>{words.changes}</h3>
      {units.map(({ unit, title }) => {
        const isRunning = rerun?.unit === unit;
        const messages = found.changes.filter((it) => it.unit === unit).map(({ message }) => message);
        return (
          <div
            key={unit}
            className={messages.length === 0 ? 'hand-in-rerunnable' : 'hand-in-rerunnable hand-in-changed'}
            role="group"
            aria-label={title}
          >
            <b>{title}</b>
            {messages.length === 0 ? null : (
              <ul>
                {messages.map((message) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            )}
            <p className="hand-in-rerun">
              <span role="status">
                {isRunning ? words.running(rerun.left) : ended?.unit === unit ? endText(words, ended.end) : ''}
              </span>
              {/* One button for both: the focus stays on it. */}
              <Button
                small
                icon={isRunning ? Square : RotateCcw}
                aria-label={`${isRunning ? words.stop : words.rerun}: ${title}`}
                disabled={rerun !== null && !isRunning}
                onClick={() => void (isRunning ? preparation.stopRerun() : preparation.rerun(unit))}
              >
                {isRunning ? words.stop : words.rerun}
              </Button>
            </p>
          </div>
        );
      })}
      {found.changes.length === 0 ? null : <p className="hand-in-lead">{words.changesHint}</p>}
    </section>
  );
}

type Words = ReturnType<typeof useTexts>['handIn'];

function endText(words: Words, end: NonNullable<Preparation['ended']>['end']): string {
  if (end.kind === 'failed') return words.rerunFailed(end.cell);
  return end.kind === 'stopped' ? words.rerunStopped : words.rerunComplete;
}
