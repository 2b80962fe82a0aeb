import { CircleX, Square } from 'lucide-react';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';
import type { WindowModel } from '../store/window-model.ts';
import { FailureCard } from '../notebook/error-output.tsx';
import { nameOfQuery } from './query-store.ts';
import type { QueryView } from './query-view.ts';
import { useCellLabel } from './use-cell-labels.ts';
import { watermarkClock } from './watermark-clock.ts';
import './queries.css';

export function stopQuery(model: WindowModel, path: string, query: QueryView): void {
  model.host
    .request('query.stop', { path, queryId: query.queryId })
    .catch(() => model.notices.toast({ text: model.texts.queries.stopFailed, tone: 'bad' }));
}

/** One line under the cell that started the query: what it does now, and its own stop. */
export function InlineQueryStrip({ path, cell }: { readonly path: string; readonly cell: string }) {
  const store = useModel().queries(path);
  const queries = useStore(store.state, (state) => state.queries);
  const own = queries.filter((query) => query.cell === cell);
  const shown = own.filter((query) => query.status === 'running');
  const last = own.at(-1);
  if (shown.length === 0 && last?.status === 'failed') shown.push(last);
  return shown.map((query) => <StripLine key={query.runId} path={path} query={query} />);
}

function StripLine({ path, query }: { readonly path: string; readonly query: QueryView }) {
  const model = useModel();
  const { queries } = model.texts;
  if (query.status === 'failed') {
    return (
      <div className="cell-foot query-line">
        <span className="cell-failed">
          <CircleX size={13} aria-hidden /> {queries.failedTitle(nameOfQuery(query))}
        </span>
      </div>
    );
  }
  return (
    <div className="cell-foot query-line">
      <span className="cell-run">
        <i className="pulse" />
        {queries.running} · {query.batchId === null ? queries.firstBatch : queries.batch(query.batchId)}
      </span>
      <StripFacts query={query} />
      <span className="spacer" />
      <Button
        small
        icon={Square}
        aria-label={queries.stop(nameOfQuery(query))}
        onClick={() => stopQuery(model, path, query)}
      >
        {queries.stopShort}
      </Button>
    </div>
  );
}

function StripFacts({ query }: { readonly query: QueryView }) {
  const { queries } = useTexts();
  return (
    <>
      {query.rowsPerSecond === null ? null : <span>{queries.rate(query.rowsPerSecond)}</span>}
      {query.watermark === null ? null : <span>{queries.watermark(watermarkClock(query.watermark))}</span>}
      {query.stateRows === null ? null : <span>{queries.state(query.stateRows)}</span>}
      {query.resumedFromBatch === null ? null : (
        <b title={queries.resumedDetail}>{queries.resumedShort(query.resumedFromBatch)}</b>
      )}
    </>
  );
}

type QueryListProps = { readonly path: string; readonly onStartOver: (() => void) | null };

/** All queries of the notebook, the newest first. */
export function QueryList({ path, onStartOver }: QueryListProps) {
  const model = useModel();
  const cellLabel = useCellLabel(path);
  const queries = useStore(model.queries(path).state, (state) => state.queries);
  const { queries: texts } = model.texts;
  const running = queries.filter((query) => query.status === 'running').length;
  if (queries.length === 0) return <p className="panel-empty">{texts.empty}</p>;
  return (
    <div className="query-list scroll">
      <p className="panel-sentence">
        <b>{running === 0 ? texts.noneRunning : texts.summary(running)}</b>
      </p>
      {queries.toReversed().map((query) => (
        <QueryCard
          key={query.runId}
          path={path}
          query={query}
          cellLabel={query.name === null ? null : cellLabel(query.cell)}
          onStartOver={onStartOver}
        />
      ))}
    </div>
  );
}

type QueryCardProps = {
  readonly path: string;
  readonly query: QueryView;
  /** Null: the card is called after its cell already. */
  readonly cellLabel: string | null;
  readonly onStartOver: (() => void) | null;
};

function QueryCard({ path, query, cellLabel, onStartOver }: QueryCardProps) {
  const model = useModel();
  const { queries: texts } = model.texts;
  const name = nameOfQuery(query);
  const dot = { running: 'dot-tide', stopped: '', failed: 'dot-dropped' }[query.status];
  return (
    <article className="query-card">
      <header>
        <i className={`dot ${dot}`} />
        <h3>{name}</h3>
        <span className="card-note">
          {texts[query.status]}
          {cellLabel === null ? '' : ` · ${texts.fromCell(cellLabel)}`}
        </span>
        <span className="spacer" />
        {query.status === 'running' ? (
          <Button small icon={Square} aria-label={texts.stop(name)} onClick={() => stopQuery(model, path, query)}>
            {texts.stopShort}
          </Button>
        ) : null}
      </header>
      <QueryFacts query={query} />
      {query.droppedRows === 0 ? null : <p className="query-dropped">✕ {texts.dropped(query.droppedRows)}</p>}
      {query.resumedFromBatch === null ? null : (
        <div className="query-resumed">
          <p>
            <b>{texts.resumed(query.resumedFromBatch)}.</b> {texts.resumedDetail}
          </p>
          {onStartOver === null ? null : (
            <Button small onClick={onStartOver}>
              {texts.startOver}
            </Button>
          )}
        </div>
      )}
      {query.status === 'failed' ? <QueryFailure query={query} /> : null}
    </article>
  );
}

function QueryFacts({ query }: { readonly query: QueryView }) {
  const { queries: texts, format } = useTexts();
  const facts: readonly (readonly [string, string])[] = [
    [texts.labels.batch, query.batchId === null ? texts.none : String(query.batchId)],
    [
      texts.labels.rate,
      query.rowsPerSecond === null ? texts.none : format.number(query.rowsPerSecond, query.rowsPerSecond < 10 ? 1 : 0),
    ],
    [texts.labels.watermark, query.watermark === null ? texts.none : watermarkClock(query.watermark)],
    [texts.labels.state, query.stateRows === null ? texts.none : format.number(query.stateRows)],
    [texts.labels.mode, query.outputMode],
    [texts.labels.sink, query.sink],
  ];
  return (
    <dl className="query-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={label === texts.labels.watermark && query.watermark !== null ? 'query-watermark' : ''}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function QueryFailure({ query }: { readonly query: QueryView }) {
  const { queries: texts } = useTexts();
  const original = query.error ?? query.errorClass ?? '';
  if (query.card !== null) return <FailureCard card={query.card} original={original} />;
  return (
    <div className="failure">
      <div className="failure-head">
        <CircleX size={15} aria-hidden />
        <b>{texts.failedTitle(nameOfQuery(query))}</b>
      </div>
      <pre className="failure-original" lang="en">
        {original}
      </pre>
    </div>
  );
}
