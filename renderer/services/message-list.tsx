import { useState } from 'react';
import { useModel } from '../store/use-model.ts';
import { useFollowing } from '../ui/use-following.ts';
import type { KafkaMessage } from './kafka-tail.ts';
import './message-list.css';

/** Height of a line in CSS pixels; message-list.css has the same. */
const lineHeight = 22;
/** Lines drawn beyond what is seen, so that a quick scroll shows no gap. */
const margin = 12;
/** Before the list was measured. */
const firstHeight = 400;

/** Messages as a table of which only the lines in view are drawn: 2,000 a second must not freeze the window. */
export function MessageList({
  messages,
  label,
}: {
  readonly messages: readonly KafkaMessage[];
  readonly label: string;
}) {
  const { kafka: texts, format } = useModel().texts;
  const { scroller, onScroll: follow } = useFollowing(messages);
  const [view, setView] = useState({ top: 0, height: firstHeight });
  const onScroll = () => {
    follow();
    const element = scroller.current;
    if (element !== null) setView({ top: element.scrollTop, height: element.clientHeight });
  };
  const first = Math.max(0, Math.floor(view.top / lineHeight) - margin);
  const end = Math.min(messages.length, Math.ceil((view.top + view.height) / lineHeight) + margin);
  const { columns } = texts;
  return (
    <div className="scroll messages" ref={scroller} onScroll={onScroll} tabIndex={0} role="region" aria-label={label}>
      <table aria-label={label} aria-rowcount={messages.length + 1}>
        <thead>
          <tr>
            <th scope="col">{columns.partition}</th>
            <th scope="col">{columns.offset}</th>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.key}</th>
            <th scope="col">{columns.value}</th>
          </tr>
        </thead>
        <tbody>
          <Gap lines={first} />
          {messages.slice(first, end).map(({ partition, offset, timestampMs, key, value }, index) => (
            <tr key={`${partition} ${offset}`} aria-rowindex={first + index + 2}>
              <td>{partition}</td>
              <td>{offset}</td>
              <td>{format.clock(timestampMs)}</td>
              <td>{key ?? texts.noKey}</td>
              <td title={value ?? undefined}>{value ?? texts.noKey}</td>
            </tr>
          ))}
          <Gap lines={messages.length - end} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ lines }: { readonly lines: number }) {
  return lines <= 0 ? null : <tr aria-hidden style={{ height: lines * lineHeight }} />;
}
