import { PackageCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HandInSaved, HandInState } from '../../main/contract/hand-in-schema.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { HandInList } from './hand-in-list.tsx';
import { SavedHandIn } from './saved-hand-in.tsx';
import './hand-in.css';

type HandInDialogProps = { readonly activity: string; readonly title: string; readonly onClose: () => void };

/** What a graded activity has and lacks; one button saves the bundle, opens it again and shows it. */
export function HandInDialog({ activity, title, onClose }: HandInDialogProps) {
  const model = useModel();
  const { captures, host, texts } = model;
  const student = useStore(captures.student);
  const words = texts.handIn;
  const [state, setState] = useState<HandInState | null>(null);
  const [saved, setSaved] = useState<HandInSaved | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const look = async () => {
      // What was typed or printed a moment ago is handed in too.
      await model.saveAll();
      setState(await host.request('handIn.look', { activity }));
    };
    look().catch((error: unknown) => setFailure(messageOfFailure(error)));
  }, [model, host, activity]);
  const save = async () => {
    if (student === null) return captures.question.set({ capture: null });
    setSaving(true);
    setFailure(null);
    await model.saveAll();
    await host
      .request('handIn.save', { activity })
      .then(setSaved, (error: unknown) => setFailure(messageOfFailure(error)));
    setSaving(false);
  };
  return (
    <Dialog
      title={words.title(title)}
      onClose={onClose}
      wide
      footer={
        <>
          {student === null ? null : (
            <span className="hand-in-student">{words.student(student.name, student.nia)}</span>
          )}
          <Button onClick={onClose}>{texts.app.close}</Button>
          <Button tone="primary" icon={PackageCheck} disabled={state === null || isSaving} onClick={() => void save()}>
            {isSaving ? words.saving : words.save}
          </Button>
        </>
      }
    >
      <p className="hand-in-lead">{words.lead}</p>
      {failure === null ? null : (
        <p className="hand-in-failure" role="alert">
          {failure}
        </p>
      )}
      {state === null && failure === null ? <p>{words.loading}</p> : null}
      {state === null || saved !== null ? null : <HandInList state={state} />}
      <div aria-live="polite">{saved === null ? null : <SavedHandIn saved={saved} />}</div>
    </Dialog>
  );
}
