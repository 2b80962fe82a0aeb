import { PackageCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { GradedActivity } from '../../main/contract/guide-schema.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ActivityChoice } from './activity-choice.tsx';
import { ChangedCells } from './changed-cells.tsx';
import { HandInList } from './hand-in-list.tsx';
import { HandInPreparation } from './hand-in-preparation.ts';
import { SavedHandIn } from './saved-hand-in.tsx';
import './hand-in.css';

type HandInDialogProps = {
  readonly activity: GradedActivity;
  /** All of the course: they may be handed in together. */
  readonly graded: readonly GradedActivity[];
  readonly onClose: () => void;
};

/** What graded activities have and lack; one button saves their bundle, opens it again and shows it. */
export function HandInDialog({ activity, graded, onClose }: HandInDialogProps) {
  const model = useModel();
  const { captures, texts } = model;
  const words = texts.handIn;
  const student = useStore(captures.student);
  const [preparation] = useState(() => new HandInPreparation(model, activity.id));
  const state = useStore(preparation.state);
  useEffect(() => void preparation.look(), [preparation]);
  const { activities, found, saved, failure, isSaving, rerun } = state;
  const save = () => (student === null ? captures.question.set({ capture: null }) : void preparation.save());
  const canSave = activities.length > 0 && found !== null && !isSaving && rerun === null;
  return (
    <Dialog
      title={words.title(graded.filter(({ id }) => activities.includes(id)).map(({ title }) => title))}
      onClose={onClose}
      wide
      footer={
        <>
          {student === null ? null : (
            <span className="hand-in-student">{words.student(student.name, student.nia)}</span>
          )}
          <Button onClick={onClose}>{texts.app.close}</Button>
          <Button tone="primary" icon={PackageCheck} disabled={!canSave} onClick={save}>
            {isSaving ? words.saving : words.save}
          </Button>
        </>
      }
    >
      <p className="hand-in-lead">{words.lead}</p>
      {graded.length < 2 ? null : (
        <ActivityChoice
          graded={graded}
          chosen={activities}
          onChoose={(chosen) => void preparation.chooseActivities(chosen)}
        />
      )}
      {failure === null ? null : (
        <p className="hand-in-failure" role="alert">
          {failure}
        </p>
      )}
      {found === null && failure === null ? <p>{words.loading}</p> : null}
      <div aria-live="polite">{saved === null ? null : <SavedHandIn saved={saved} />}</div>
      {found === null || saved !== null || activities.length === 0 ? null : (
        <HandInList found={found} graded={graded} onFile={(unit, path) => void preparation.chooseFile(unit, path)}>
          <ChangedCells preparation={preparation} found={found} />
        </HandInList>
      )}
    </Dialog>
  );
}
