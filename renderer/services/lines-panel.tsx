import { Eraser, Plug, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messageOfFailure } from '../host/host-failure-code.ts';
import type { ActivityStore } from '../lesson/activity-store.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Empty } from '../ui/card.tsx';
import { LineInput } from './line-input.tsx';
import { useFollowing } from '../ui/use-following.ts';
import './panel.css';
import './lines-panel.css';

/** `nc -lk 9999`, the port of the course. */
const coursePort = 9999;

/** `nc -lk PORT` in the window: what is typed goes to every program that reads from the port. */
export function LinesPanel({ activity }: { readonly activity: ActivityStore | null }) {
  const model = useModel();
  const { lines: texts } = model.texts;
  const { lines } = model.panels;
  const servers = useStore(lines.state, (state) => state.servers);
  const [chosen, setChosen] = useState(coursePort);
  const [typed, setTyped] = useState(String(coursePort));
  useEffect(() => void lines.refresh(), [lines]);
  const server = servers.find(({ port }) => port === chosen) ?? servers[0];
  const fail = (error: unknown) => model.notices.toast({ text: messageOfFailure(error), tone: 'bad' });
  const open = async () => {
    const port = Number(typed);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) return fail(new Error(texts.badPort));
    await lines.open(port).then(() => setChosen(port), fail);
  };
  return (
    <div className="service-panel">
      <div className="panel-tools" role="group" aria-label={texts.port}>
        {servers.length === 0 ? null : (
          <select
            className="panel-field"
            aria-label={texts.port}
            value={server?.port}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {servers.map(({ port }) => (
              <option key={port} value={port}>
                {texts.command(port)}
              </option>
            ))}
          </select>
        )}
        {server === undefined ? null : (
          <>
            <span className="card-note">{texts.clients(server.clients)}</span>
            {server.waiting === 0 ? null : <span className="card-note">{texts.waiting(server.waiting)}</span>}
            <IconButton
              icon={Unplug}
              label={texts.close(server.port)}
              onClick={() => void lines.close(server.port).catch(fail)}
            />
          </>
        )}
        <span className="spacer" />
        <form
          className="panel-tools-group"
          onSubmit={(event) => {
            event.preventDefault();
            void open();
          }}
        >
          <input
            className="panel-field panel-number"
            aria-label={texts.port}
            inputMode="numeric"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button small type="submit" icon={Plug} tone={server === undefined ? 'primary' : 'plain'}>
            {texts.open}
          </Button>
        </form>
      </div>
      {server === undefined ? (
        <Empty>{texts.closed}</Empty>
      ) : (
        <>
          <Transcript port={server.port} />
          <LineInput port={server.port} activity={activity} />
        </>
      )}
    </div>
  );
}

function Transcript({ port }: { readonly port: number }) {
  const model = useModel();
  const { lines: texts, format } = model.texts;
  const transcript = useStore(model.panels.lines.state, (state) => state.transcript);
  const shown = transcript.filter((line) => line.port === port);
  const { scroller, onScroll } = useFollowing(shown);
  if (shown.length === 0) return <Empty>{texts.nothingYet}</Empty>;
  return (
    <div className="transcript">
      <div className="scroll" ref={scroller} onScroll={onScroll} role="log" aria-label={texts.transcript} tabIndex={0}>
        <ol>
          {shown.map((line) => (
            <li key={line.id} data-direction={line.direction}>
              <time>{format.clock(line.atMs)}</time>
              <span aria-hidden>{line.direction === 'sent' ? '›' : '‹'}</span>
              <span className="visually-hidden">{line.direction === 'sent' ? texts.sent : texts.received}</span>
              <code>{line.text}</code>
            </li>
          ))}
        </ol>
      </div>
      <div className="transcript-tools">
        <CopyButton text={() => shown.map((line) => `${line.text}\n`).join('')} label={texts.copy} />
        <IconButton icon={Eraser} label={texts.clear} onClick={() => model.panels.lines.clear(port)} />
      </div>
    </div>
  );
}
