import { useState, type FormEvent } from 'react';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { StudentQuestion } from './capture-store.ts';

/** Asks once, before the first capture, whose captures they are; open when there is a question. */
export function StudentDialog() {
  const { captures } = useModel();
  const question = useStore(captures.question);
  return question === null ? null : <StudentForm question={question} />;
}

function StudentForm({ question }: { readonly question: StudentQuestion }) {
  const { captures, notices, texts } = useModel();
  const { student: words, app } = texts;
  const known = captures.student.get();
  const [name, setName] = useState(known?.name ?? '');
  const [nia, setNia] = useState(known?.nia ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const close = () => captures.question.set(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const given = { name: name.trim(), nia: nia.trim() };
    if (given.name === '') setProblem(words.nameProblem);
    else if (!/^[\p{L}\d]{1,20}$/u.test(given.nia)) setProblem(words.niaProblem);
    else
      await captures
        .answer(given)
        .catch((error: unknown) => notices.toast({ text: messageOfFailure(error), tone: 'bad' }));
  };
  return (
    <Dialog title={words.title} onClose={close}>
      <form className="dialog-form" onSubmit={(event) => void save(event)}>
        <p>{words.intro}</p>
        <label className="field">
          {words.name}
          <input value={name} maxLength={80} autoComplete="name" onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          {words.nia}
          <input
            value={nia}
            maxLength={20}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setNia(event.target.value)}
          />
        </label>
        {problem === null ? null : (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="form-actions">
          <Button onClick={close}>{app.cancel}</Button>
          <Button tone="primary" type="submit">
            {question.capture === null ? words.save : words.saveAndCapture}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
