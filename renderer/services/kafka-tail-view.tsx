import { FileDown, Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { CaptureButton } from '../capture/capture-button.tsx';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Empty } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { useFollowing } from '../ui/use-following.ts';
import type { TopicView } from './kafka-store.ts';
import { mostMessages, type KafkaMessage, type TailStart } from './kafka-tail.ts';
import { MessageList } from './message-list.tsx';
import { consoleTextOf, jsonLinesOf, messageGrid } from './message-lines.ts';
import { saveTextFile } from './save-text-file.ts';

/** The newest: as many as a picture shows. */
const mostCaptured = 40;

/** The messages of a topic, as a table or as `kafka-console-consumer` prints them. */
export function KafkaTailView({ path, topic }: { readonly path: string; readonly topic: TopicView }) {
  const { panels, texts } = useModel();
  const { kafka: words, format } = texts;
  const { tail } = panels.kafka;
  const { messages, read, isFollowing, failure } = useStore(tail.state);
  const [view, setView] = useState<'table' | 'console'>('table');
  return (
    <>
      <div className="panel-tools">
        <StartChoice topic={topic} />
        {isFollowing ? (
          <Button small icon={Pause} onClick={() => tail.stop()}>
            {words.pause}
          </Button>
        ) : (
          <Button small icon={Play} onClick={() => void tail.resume()}>
            {words.follow}
          </Button>
        )}
        <span className="spacer" />
        <select
          className="panel-field"
          aria-label={texts.mongo.view}
          value={view}
          onChange={(event) => setView(event.target.value === 'console' ? 'console' : 'table')}
        >
          <option value="table">{words.tableView}</option>
          <option value="console">{words.consoleView}</option>
        </select>
        <CopyButton text={() => consoleTextOf(messages)} label={words.copyConsole} />
        {messages.length === 0 ? null : (
          <CaptureButton
            label={texts.capture.messages(topic.topic)}
            what={() => ({
              kind: 'kafka',
              path,
              cell: null,
              query: topic.topic,
              runId: null,
              text: messageGrid(messages.slice(-mostCaptured), words.columns, format.clock),
            })}
          />
        )}
        <IconButton
          icon={FileDown}
          label={words.exportFile}
          title={words.exportHint}
          onClick={() => saveTextFile(`${topic.topic}.jsonl`, jsonLinesOf(messages))}
        />
      </div>
      <ul className="partition-ranges">
        {topic.partitions.map(({ partition, first, end }) => (
          <li key={partition}>
            {words.partition(partition)}: {words.range(String(first), String(end))}
          </li>
        ))}
        <li>
          {words.read(read)}
          {read > messages.length ? ` · ${words.hidden(mostMessages)}` : ''}
          {isFollowing ? '' : ` · ${words.paused}`}
        </li>
      </ul>
      {failure === null ? null : (
        <p className="panel-problem" role="alert">
          {words.failed(failure)}
        </p>
      )}
      {messages.length === 0 ? (
        <Empty>{words.empty(topic.topic)}</Empty>
      ) : view === 'table' ? (
        <MessageList messages={messages} label={words.messages(messages.length)} />
      ) : (
        <ConsoleValues topic={topic.topic} messages={messages} />
      )}
    </>
  );
}

/** Begins to read again from the first message, from now, or from a time. */
function StartChoice({ topic }: { readonly topic: TopicView }) {
  const { panels, clock, texts } = useModel();
  const { kafka: words } = texts;
  const [choice, setChoice] = useState('earliest');
  const [time, setTime] = useState('');
  const start = (from: TailStart) => {
    const partitions = topic.partitions.map(({ partition }) => partition);
    void panels.kafka.tail.start(topic.topic, partitions, from);
  };
  const startAt = (local: string) => {
    setTime(local);
    const atMs = new Date(local).getTime();
    if (!Number.isNaN(atMs)) start(atMs);
  };
  return (
    <>
      <select
        className="panel-field"
        aria-label={words.time}
        value={choice}
        onChange={(event) => {
          setChoice(event.target.value);
          if (event.target.value === 'time') startAt(localTime(clock.state.get()?.state.nowMs ?? Date.now()));
          else start(event.target.value === 'latest' ? 'latest' : 'earliest');
        }}
      >
        <option value="earliest">{words.fromBeginning}</option>
        <option value="latest">{words.fromNow}</option>
        <option value="time">{words.fromTime}</option>
      </select>
      {choice === 'time' ? (
        <input
          className="panel-field"
          type="datetime-local"
          step={1}
          aria-label={words.fromTime}
          value={time}
          onChange={(event) => startAt(event.target.value)}
        />
      ) : null}
    </>
  );
}

/** `2026-03-14T17:34:00` on the clock of this machine, as a field of the form wants it. */
function localTime(atMs: number): string {
  const date = new Date(atMs);
  return new Date(atMs - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

type ConsoleValuesProps = { readonly topic: string; readonly messages: readonly KafkaMessage[] };

function ConsoleValues({ topic, messages }: ConsoleValuesProps) {
  const { kafka: words } = useModel().texts;
  const { scroller, onScroll } = useFollowing(messages);
  return (
    <div
      className="scroll"
      ref={scroller}
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={words.consoleLabel(topic)}
    >
      <pre className="console-values">{consoleTextOf(messages)}</pre>
    </div>
  );
}
