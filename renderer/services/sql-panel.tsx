import { RefreshCw, RotateCcw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ResultTableView } from './result-table.tsx';
import { ServicePanelFrame } from './service-panel-frame.tsx';
import { SqlResults } from './sql-results.tsx';
import { SqlScript } from './sql-script.tsx';
import { ToWritten } from './to-written.tsx';
import { useAfterBatches } from './use-after-batches.ts';
import { useFollowedRows } from './use-followed-rows.ts';
import './panel.css';

/** The SQL console: tables at the left; a script with what its statements gave, or one table that follows the micro-batches of the notebook at `path`. */
export function SqlPanel({ path }: { readonly path: string }) {
  const { panels, notices, texts } = useModel();
  const { sql: words, services } = texts;
  const { tables, failure } = useStore(panels.sql.state);
  const [table, setTable] = useState<string | null>(null);
  useAfterBatches(
    path,
    useCallback(() => void panels.sql.refresh(), [panels]),
  );
  const restore = () =>
    panels.sql.restore().then(
      () => notices.toast({ text: words.restored, tone: 'ok' }),
      (error: unknown) => notices.toast({ text: words.failed(messageOfFailure(error)), tone: 'bad' }),
    );
  return (
    <ServicePanelFrame kind="relational">
      <div className="panel-columns">
        <nav className="panel-side" aria-label={words.tables}>
          <div className="panel-side-head">
            <h3>{words.tables}</h3>
            <IconButton icon={RefreshCw} label={services.refresh} onClick={() => void panels.sql.refresh()} />
          </div>
          {tables.length === 0 ? <p className="panel-note">{words.noTables}</p> : null}
          <ul className="panel-list">
            {tables.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  aria-pressed={name === table}
                  title={words.showTable(name)}
                  onClick={() => setTable(name === table ? null : name)}
                >
                  <span>{name}</span>
                </button>
              </li>
            ))}
          </ul>
          <Button small tone="quiet" icon={RotateCcw} className="panel-side-foot" onClick={() => void restore()}>
            {words.restore}
          </Button>
        </nav>
        <div className="panel-main">
          <SqlScript onRun={() => setTable(null)} />
          {failure === null ? null : <p className="panel-problem">{words.failed(failure)}</p>}
          {table === null ? <SqlResults path={path} /> : <FollowedTable key={table} path={path} table={table} />}
        </div>
      </div>
    </ServicePanelFrame>
  );
}

/** A table read anew after each micro-batch; what the batch wrote stands out. */
function FollowedTable({ path, table }: { readonly path: string; readonly table: string }) {
  const { panels, texts } = useModel();
  const { sql: words, services } = texts;
  const look = useCallback(async () => {
    const result = await panels.sql.look(table);
    return result === null ? null : { result, rows: result.rows.map((row) => JSON.stringify(row)) };
  }, [panels, table]);
  const { seen, writtenBy, writtenNote, refresh } = useFollowedRows(path, look);
  if (seen === null) return null;
  const { columns, rows, error, total } = seen.result;
  if (error !== null)
    return (
      <p className="panel-problem" role="alert">
        {error}
      </p>
    );
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={table}>
      <ResultTableView
        label={table}
        note={`${words.rows(total)}${writtenNote === '' ? '' : ` · ${writtenNote}`}`}
        tools={
          <>
            {writtenNote === '' ? null : <ToWritten />}
            <IconButton icon={RefreshCw} label={services.refresh} onClick={refresh} />
          </>
        }
        table={{ columns: columns.map(({ name }) => name), rows }}
        writtenBy={writtenBy}
      />
    </div>
  );
}
