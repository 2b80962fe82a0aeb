import { useState, type FormEvent } from 'react';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

const mostPartitions = 100;

/** `kafka-topics.sh --create`. */
export function TopicDialog({ onClose }: { readonly onClose: () => void }) {
  const { panels, notices, texts } = useModel();
  const { kafka: words, app } = texts;
  const [topic, setTopic] = useState('');
  const [partitions, setPartitions] = useState(1);
  const [problem, setProblem] = useState<string | null>(null);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await panels.kafka.create(topic.trim(), partitions);
      notices.toast({ text: words.created(topic.trim()), tone: 'ok' });
      onClose();
    } catch (error) {
      setProblem(messageOfFailure(error));
    }
  };
  return (
    <Dialog title={words.newTopic} onClose={onClose}>
      <form className="dialog-form" onSubmit={(event) => void create(event)}>
        <label className="field">
          {words.topicName}
          <input value={topic} required spellCheck={false} onChange={(event) => setTopic(event.target.value)} />
        </label>
        <label className="field">
          {words.partitionCount}
          <input
            type="number"
            min={1}
            max={mostPartitions}
            value={partitions}
            onChange={(event) => setPartitions(Number(event.target.value))}
          />
        </label>
        {problem === null ? null : (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="form-actions">
          <Button onClick={onClose}>{app.cancel}</Button>
          <Button tone="primary" type="submit">
            {words.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
