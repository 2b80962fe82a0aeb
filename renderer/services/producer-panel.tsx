import { Play, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ProducerState } from '../../main/contract/service-schema.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { folderOfNotebook } from '../notebook/notebook-files.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/card.tsx';
import { useFollowing } from '../ui/use-following.ts';
import './panel.css';
import './producer-panel.css';

/** Runs a producer's script in a Python of its own, and counts what it sends. `path`: the notebook beside whose folder the scripts lie. */
export function ProducerPanel({ path }: { readonly path: string }) {
  const { panels, texts } = useModel();
  const { producer: words } = texts;
  const state = useStore(panels.producer.state);
  const scripts = useScripts(folderOfNotebook(path));
  useEffect(() => void panels.producer.refresh(), [panels]);
  if (state === null) return null;
  if (scripts.length === 0 && state.script === null) return <Empty>{words.noScripts}</Empty>;
  return (
    <div className="service-panel">
      <ProducerTools state={state} scripts={scripts} />
      <div className="panel-columns">
        <section className="panel-main" aria-label={words.last}>
          <h3 className="panel-note">{words.last}</h3>
          <LastRecords last={state.last} />
        </section>
        <section className="panel-main producer-output" aria-label={words.output}>
          <h3 className="panel-note">{words.output}</h3>
          <ProducerOutput output={state.output} />
        </section>
      </div>
    </div>
  );
}

type ProducerToolsProps = { readonly state: ProducerState; readonly scripts: readonly string[] };

function ProducerTools({ state, scripts }: ProducerToolsProps) {
  const { panels, notices, texts } = useModel();
  const { producer: words, format } = texts;
  const [chosen, setChosen] = useState('');
  const isRunning = state.state !== 'stopped';
  const running = isRunning ? state.script : null;
  const script = running ?? (scripts.includes(chosen) ? chosen : (scripts[0] ?? ''));
  const start = () =>
    panels.producer
      .start(script)
      .catch((error: unknown) => notices.toast({ text: words.failed(messageOfFailure(error)), tone: 'bad' }));
  return (
    <div className="panel-tools">
      <label className="panel-tools-group">
        {words.script}
        <select
          className="panel-field"
          value={script}
          disabled={isRunning}
          onChange={(event) => setChosen(event.target.value)}
        >
          {(running === null || scripts.includes(running) ? scripts : [running, ...scripts]).map((each) => (
            <option key={each} value={each}>
              {each.split('/').slice(1).join('/')}
            </option>
          ))}
        </select>
      </label>
      {isRunning ? (
        <Button small icon={Square} disabled={state.state === 'stopping'} onClick={() => void panels.producer.stop()}>
          {words.stop}
        </Button>
      ) : (
        <Button small tone="primary" icon={Play} disabled={script === ''} onClick={() => void start()}>
          {words.start}
        </Button>
      )}
      <span role="status" className="panel-tools-group">
        <i className={`dot ${isRunning ? 'dot-ok' : ''}`} aria-hidden />
        <StateWords state={state} />
      </span>
      <span className="spacer" />
      <dl className="producer-figures">
        <dt>{words.sent}</dt>
        <dd>{format.number(state.sent)}</dd>
        <dt>{words.rate}</dt>
        <dd>{format.number(state.perSecond, 1)}</dd>
      </dl>
    </div>
  );
}

/** What a shell answers to a program that Ctrl-C stopped. */
const interruptedCode = 130;

function StateWords({ state: { state, exitCode } }: { readonly state: ProducerState }) {
  const { producer: words } = useModel().texts;
  if (state !== 'stopped' || exitCode === null) return words.states[state];
  return exitCode === interruptedCode ? words.interrupted : words.exit(exitCode);
}

function LastRecords({ last }: Pick<ProducerState, 'last'>) {
  const { producer: words, kafka, format } = useModel().texts;
  const { scroller, onScroll } = useFollowing(last);
  if (last.length === 0) return <p className="panel-note">{words.noneSent}</p>;
  return (
    <div className="scroll" ref={scroller} onScroll={onScroll} tabIndex={0} role="region" aria-label={words.last}>
      <ol className="producer-records">
        {last.map((record) => (
          <li key={`${record.topic} ${record.partition} ${record.offset}`}>
            <time>{format.clock(record.timestamp)}</time> {record.topic} {record.partition}:{record.offset}{' '}
            <code>{record.value ?? kafka.noKey}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}

function ProducerOutput({ output }: { readonly output: string }) {
  const { producer: words } = useModel().texts;
  const { scroller, onScroll } = useFollowing(output);
  if (output === '') return <p className="panel-note">{words.noOutput}</p>;
  return (
    <div className="scroll" ref={scroller} onScroll={onScroll} tabIndex={0} role="region" aria-label={words.output}>
      <pre className="console-values">{output}</pre>
    </div>
  );
}

/** Python programs of a folder; asked again when a file of the folder changed. */
function useScripts(folder: string): readonly string[] {
  const { host, panels } = useModel();
  const [scripts, setScripts] = useState<readonly string[]>([]);
  useEffect(() => {
    const look = () => void panels.producer.scripts(folder).then(setScripts);
    look();
    return host.on('files.changed', (event) => {
      if (event.folder === folder) look();
    });
  }, [host, panels, folder]);
  return scripts;
}
