import { RefreshCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { MongoResult } from '../../main/contract/service-schema.ts';
import { CaptureButton } from '../capture/capture-button.tsx';
import { gridText } from '../capture/grid-text.ts';
import { useStore } from '../store/external-store.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import { IconButton } from '../ui/button.tsx';
import { Empty } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { relaxedValue, shellText } from './document-text.ts';
import { DocumentTree } from './document-tree.tsx';
import { firstQuery, MongoQueryForm, shellQuery, type QueryPart } from './mongo-query-form.tsx';
import { ResultTableView } from './result-table.tsx';
import { ServicePanelFrame } from './service-panel-frame.tsx';
import type { ResultTable } from './table-text.ts';
import { ToWritten } from './to-written.tsx';
import { useAfterBatches } from './use-after-batches.ts';
import { useFollowedRows } from './use-followed-rows.ts';
import './panel.css';

/** The Mongo console: collections at the left, and the documents of one, which follow the micro-batches of the notebook at `path`. */
export function MongoPanel({ path }: { readonly path: string }) {
  const { panels, texts } = useModel();
  const { mongo: words, services } = texts;
  const { collections, failure } = useStore(panels.mongo.state);
  const [chosen, setChosen] = useState<string | null>(null);
  const [query, setQuery] = useState<QueryPart>(firstQuery);
  useAfterBatches(
    path,
    useCallback(() => void panels.mongo.refresh(), [panels]),
  );
  const collection = chosen ?? collections[0] ?? null;
  return (
    <ServicePanelFrame kind="mongodb">
      <div className="panel-columns">
        <nav className="panel-side" aria-label={words.collections}>
          <div className="panel-side-head">
            <h3>{words.collections}</h3>
            <IconButton icon={RefreshCw} label={services.refresh} onClick={() => void panels.mongo.refresh()} />
          </div>
          {collections.length === 0 ? <p className="panel-note">{words.noCollections}</p> : null}
          <ul className="panel-list">
            {collections.map((name) => (
              <li key={name}>
                <button type="button" aria-pressed={name === collection} onClick={() => setChosen(name)}>
                  <span>{name}</span>
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className="panel-main">
          <MongoQueryForm onRun={setQuery} />
          {failure === null ? null : <p className="panel-problem">{words.failed(failure)}</p>}
          {collection === null ? (
            <Empty>{words.pick}</Empty>
          ) : (
            <FoundDocuments key={collection} path={path} collection={collection} query={query} />
          )}
        </div>
      </div>
    </ServicePanelFrame>
  );
}

type FoundDocumentsProps = { readonly path: string; readonly collection: string; readonly query: QueryPart };

function FoundDocuments({ path, collection, query }: FoundDocumentsProps) {
  const { panels, texts } = useModel();
  const { mongo: words, services } = texts;
  const [view, setView] = useState<'tree' | 'table'>('tree');
  const look = useCallback(async () => {
    const dot = collection.indexOf('.');
    const namespace = { database: collection.slice(0, dot), collection: collection.slice(dot + 1) };
    const result = await panels.mongo.query({ ...namespace, ...query });
    return { result, rows: result.documents.map((document) => JSON.stringify(document)) };
  }, [panels, collection, query]);
  const { seen, writtenBy, writtenNote, refresh } = useFollowedRows(path, look);
  if (seen === null) return null;
  const { result } = seen;
  return (
    <>
      <div className="panel-tools">
        <span role="status">
          <ResultNote result={result} />
          {writtenNote === '' ? '' : ` · ${writtenNote}`}
        </span>
        <span className="spacer" />
        {writtenNote === '' ? null : <ToWritten />}
        {result.documents.length === 0 ? null : (
          <CaptureButton
            label={texts.capture.documents(collection)}
            what={() => ({
              kind: 'mongo',
              path,
              cell: null,
              query: collection,
              runId: null,
              text: `${shellQuery(collection, query)}\n${gridOf(result)}`,
            })}
          />
        )}
        <IconButton icon={RefreshCw} label={services.refresh} onClick={refresh} />
        <select
          className="panel-field"
          aria-label={words.view}
          value={view}
          onChange={(event) => setView(event.target.value === 'tree' ? 'tree' : 'table')}
        >
          <option value="tree">{words.tree}</option>
          <option value="table">{words.table}</option>
        </select>
        {view === 'tree' ? (
          <CopyButton text={() => relaxedText(result)} label={services.copyTable(services.formats.json)}>
            {services.formats.json}
          </CopyButton>
        ) : null}
      </div>
      {result.error === null ? null : (
        <p className="panel-problem" role="alert">
          {result.error}
        </p>
      )}
      <div className="scroll" tabIndex={0} role="region" aria-label={collection}>
        {result.documents.length === 0 && result.error === null ? <Empty>{words.none}</Empty> : null}
        {view === 'tree' ? (
          <DocumentTree documents={result.documents} label={collection} writtenBy={writtenBy} />
        ) : (
          <ResultTableView
            table={tableOf(result)}
            label={collection}
            writtenBy={writtenBy}
            copyJson={() => relaxedText(result)}
          />
        )}
      </div>
    </>
  );
}

function ResultNote({ result }: { readonly result: MongoResult }) {
  const { mongo: words, format } = useTexts();
  const shown = result.documents.length;
  const count = result.hasMore ? words.more(shown) : words.documents(shown);
  return `${count} · ${format.duration(result.durationMs)}`;
}

const relaxedText = ({ documents }: MongoResult): string => JSON.stringify(documents.map(relaxedValue), null, 2);

function gridOf(result: MongoResult): string {
  const { columns, rows } = tableOf(result);
  return gridText(
    columns,
    rows.map((row) => row.map((value) => value ?? 'null')),
  );
}

/** A column for each field that some document has; an absent field is not there, unlike one that is null. */
function tableOf({ documents }: MongoResult): ResultTable {
  const columns = [...new Set(documents.flatMap((document) => Object.keys(document)))];
  return {
    columns,
    rows: documents.map((document) => columns.map((name) => (name in document ? shellText(document[name]) : ''))),
  };
}
