import { Play } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';

/** So much of a script names it in the history. */
const shownLetters = 60;
const mostLines = 5;

/** The script: Ctrl+Enter runs it. */
export function SqlScript({ onRun }: { readonly onRun: () => void }) {
  const { panels, notices, settings, texts } = useModel();
  const { sql: words } = texts;
  const { sql } = panels;
  const isRunning = useStore(sql.state, (state) => state.isRunning);
  const script = useStore(sql.script);
  const history = useStore(settings.store, (all) => all.sqlHistory);
  const run = () => {
    if (script.trim() === '' || isRunning) return;
    onRun();
    sql
      .run(script)
      .catch((error: unknown) => notices.toast({ text: words.failed(messageOfFailure(error)), tone: 'bad' }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  };
  return (
    <div className="panel-tools">
      <textarea
        className="panel-field panel-code"
        rows={Math.min(mostLines, Math.max(2, script.split('\n').length))}
        spellCheck={false}
        aria-label={words.script}
        placeholder={words.placeholder}
        value={script}
        onChange={(event) => sql.script.set(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button small tone="primary" icon={Play} title={words.runHint} disabled={isRunning} onClick={run}>
        {isRunning ? words.running : words.run}
      </Button>
      {history.length === 0 ? null : (
        <select
          className="panel-field sql-history"
          aria-label={words.history}
          value=""
          onChange={(event) => sql.script.set(event.target.value)}
        >
          <option value="" hidden>
            {words.history}
          </option>
          {history.toReversed().map((old) => (
            <option key={old} value={old}>
              {old.replaceAll(/\s+/g, ' ').slice(0, shownLetters)}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
