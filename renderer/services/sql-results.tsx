import type { SqlResult } from '../../main/contract/service-schema.ts';
import { CaptureButton } from '../capture/capture-button.tsx';
import { gridText } from '../capture/grid-text.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Empty } from '../ui/card.tsx';
import { ResultTableView } from './result-table.tsx';

/** So much of a statement names it. */
const shownLetters = 120;

/** What the statements of a script gave, one after another; the one that fails is the last. */
export function SqlResults({ path }: { readonly path: string }) {
  const { panels, texts } = useModel();
  const results = useStore(panels.sql.state, (state) => state.results);
  if (results.length === 0) return <Empty>{texts.sql.empty}</Empty>;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={texts.sql.results}>
      {results.map((result) => (
        <StatementResult key={`${result.line} ${result.statement}`} path={path} result={result} />
      ))}
    </div>
  );
}

const textOf = ({ statement, columns, rows }: SqlResult): string => {
  const grid = gridText(
    columns.map(({ name }) => name),
    rows.map((row) => row.map((value) => value ?? 'NULL')),
  );
  return `${statement.trim()}\n${grid}`;
};

/** What failed is the last, and perhaps below what is seen. */
const showAtOnce = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' });

function StatementResult({ path, result }: { readonly path: string; readonly result: SqlResult }) {
  const { sql: words, format, capture } = useTexts();
  const { statement, line, columns, rows, total, note, error, durationMs } = result;
  const hasTable = columns.length > 0;
  const counted = total > rows.length ? words.shownOf(rows.length, total) : words.rows(total);
  return (
    <section className="sql-result" aria-label={words.statement(line)}>
      <p className="panel-note">
        <b>{words.statement(line)}</b> <code>{statement.replaceAll(/\s+/g, ' ').slice(0, shownLetters)}</code>
        {hasTable || note === '' ? '' : ` · ${note}`} · {format.duration(durationMs)}
      </p>
      {error === null ? null : (
        <div role="alert" ref={showAtOnce}>
          <p className="panel-problem">{error}</p>
          <p className="panel-note">
            {words.failedAt(line)}. {words.later}
          </p>
        </div>
      )}
      {hasTable ? (
        <ResultTableView
          label={words.statement(line)}
          note={counted}
          table={{ columns: columns.map(({ name }) => name), rows }}
          tools={
            <CaptureButton
              label={capture.result(line)}
              what={() => ({ kind: 'sql', path, cell: null, query: null, runId: null, text: textOf(result) })}
            />
          }
        />
      ) : null}
    </section>
  );
}
