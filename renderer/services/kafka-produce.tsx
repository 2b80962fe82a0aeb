import { FileUp, Send } from 'lucide-react';
import { useRef, useState } from 'react';
import type { PanelRecord } from '../../main/contract/service-schema.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useModel } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { recordsOfJsonLines, valuesOf } from './message-lines.ts';

/** Sends what is typed or pasted, or a file of JSON lines, to a topic. */
export function KafkaProduce({ topic }: { readonly topic: string }) {
  const { panels, notices, texts } = useModel();
  const { kafka: words } = texts;
  const [text, setText] = useState('');
  const [key, setKey] = useState('');
  const [format, setFormat] = useState<'plain' | 'jsonl'>('plain');
  const file = useRef<HTMLInputElement>(null);
  const produce = async (records: readonly PanelRecord[]): Promise<boolean> => {
    if (records.length === 0) return false;
    try {
      await panels.kafka.produce(topic, records);
      notices.announce(words.sent(records.length));
      return true;
    } catch (error) {
      notices.toast({ text: words.failed(messageOfFailure(error)), tone: 'bad' });
      return false;
    }
  };
  const produceJsonLines = async (lines: string): Promise<boolean> => {
    const parsed = recordsOfJsonLines(lines);
    if (parsed.kind === 'records') return produce(parsed.records);
    notices.toast({ text: words.badLine(parsed.line), tone: 'bad' });
    return false;
  };
  const sendTyped = async () => {
    const isSent =
      format === 'jsonl' ? await produceJsonLines(text) : await produce(valuesOf(text, key === '' ? null : key));
    if (isSent) setText('');
  };
  return (
    <div className="line-input">
      <select
        className="panel-field"
        aria-label={words.produce}
        title={words.produceHint}
        value={format}
        onChange={(event) => setFormat(event.target.value === 'jsonl' ? 'jsonl' : 'plain')}
      >
        <option value="plain">{words.plain}</option>
        <option value="jsonl">{words.jsonl}</option>
      </select>
      {format === 'plain' ? (
        <input
          className="panel-field kafka-key"
          aria-label={words.key}
          placeholder={words.key}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
      ) : null}
      <textarea
        aria-label={words.produceLabel(topic)}
        rows={Math.min(4, text.split('\n').length)}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          void sendTyped();
        }}
      />
      <Button small tone="primary" icon={Send} onClick={() => void sendTyped()}>
        {words.send}
      </Button>
      <IconButton icon={FileUp} label={words.importFile} onClick={() => file.current?.click()} />
      <input
        ref={file}
        type="file"
        accept=".jsonl,.ndjson,.json"
        hidden
        onChange={(event) => {
          const [picked] = event.target.files ?? [];
          event.target.value = '';
          if (picked !== undefined) void picked.text().then(produceJsonLines);
        }}
      />
    </div>
  );
}
