import { Send } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { messageOfFailure } from '../host/host-failure-code.ts';
import type { ActivityStore } from '../lesson/activity-store.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';

/** Types lines for a port: Enter sends, Shift+Enter or a paste makes several, the arrows bring back what was sent. */
export function LineInput({ port, activity }: { readonly port: number; readonly activity: ActivityStore | null }) {
  const model = useModel();
  const { lines: texts } = model.texts;
  const { lines } = model.panels;
  const history = useStore(lines.state, (state) => state.history);
  const [text, setText] = useState('');
  /** Steps back into the history; 0: what is being typed. */
  const [back, setBack] = useState(0);
  const send = async (what: string) => {
    try {
      await lines.send(port, what);
      return true;
    } catch (error) {
      model.notices.toast({ text: texts.failed(messageOfFailure(error)), tone: 'bad' });
      return false;
    }
  };
  const sendTyped = async () => {
    if (!(await send(text))) return;
    setText('');
    setBack(0);
  };
  const recall = (step: number) => {
    setBack(step);
    setText(step === 0 ? '' : (history.at(-step) ?? ''));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isOneLine = !text.includes('\n');
    if (event.key === 'Enter' && !event.shiftKey) void sendTyped();
    else if (event.key === 'ArrowUp' && isOneLine && back < history.length) recall(back + 1);
    else if (event.key === 'ArrowDown' && isOneLine && back > 0) recall(back - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div className="line-input">
      <textarea
        aria-label={texts.input(port)}
        value={text}
        rows={Math.min(4, text.split('\n').length)}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setBack(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Button small tone="primary" icon={Send} onClick={() => void sendTyped()}>
        {texts.send}
      </Button>
      {activity === null ? null : <ExampleButton activity={activity} onSend={send} />}
    </div>
  );
}

type ExampleButtonProps = {
  readonly activity: ActivityStore;
  readonly onSend: (line: string) => Promise<boolean>;
};

/** Sends the activity's phrases one after another, and begins again at the end. */
function ExampleButton({ activity, onSend }: ExampleButtonProps) {
  const { lines: texts } = useModel().texts;
  const inputs = useStore(activity.state, (state) => state.guide?.inputs);
  const [sent, setSent] = useState(0);
  const phrases =
    inputs
      ?.find(({ name }) => name.endsWith('.txt'))
      ?.text.split('\n')
      .filter(Boolean) ?? [];
  const next = phrases[sent % phrases.length];
  if (next === undefined) return null;
  const send = async () => {
    if (await onSend(next)) setSent(sent + 1);
  };
  return (
    <Button small title={texts.exampleHint(next)} onClick={() => void send()}>
      {texts.example}
    </Button>
  );
}
