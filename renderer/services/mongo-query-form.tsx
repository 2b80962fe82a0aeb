import { Play } from 'lucide-react';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import type { MongoQuery } from '../../main/contract/service-schema.ts';
import { useTexts } from '../store/use-model.ts';
import { Button } from '../ui/button.tsx';

type WithoutName<Query> = Query extends MongoQuery ? Omit<Query, 'database' | 'collection'> : never;
/** A query before it is said of which collection. */
export type QueryPart = WithoutName<MongoQuery>;

const mostDocuments = 1_000;
const firstLimit = 100;
/** The query as one would write it in `mongosh`. */
export function shellQuery(collection: string, query: QueryPart): string {
  const dot = collection.indexOf('.');
  const target = `db.getSiblingDB('${collection.slice(0, dot)}').getCollection('${collection.slice(dot + 1)}')`;
  if (query.kind === 'aggregate') return `${target}.aggregate(${query.pipeline})`;
  const sort = query.sort === '' ? '' : `.sort(${query.sort})`;
  return `${target}.find(${query.filter})${sort}.limit(${query.limit})`;
}

export const firstQuery: QueryPart = { kind: 'find', filter: '', sort: '', limit: firstLimit };

/** What to ask of a collection: a filter with order and limit, or the stages of an aggregation, as `mongosh` writes them. */
export function MongoQueryForm({ onRun }: { readonly onRun: (query: QueryPart) => void }) {
  const { mongo: texts } = useTexts();
  const [kind, setKind] = useState<'find' | 'aggregate'>('find');
  const [filter, setFilter] = useState('');
  const [sort, setSort] = useState('');
  const [limit, setLimit] = useState(String(firstLimit));
  const [pipeline, setPipeline] = useState('');
  const run = () => {
    const most = Math.min(mostDocuments, Math.max(1, Math.trunc(Number(limit)) || firstLimit));
    onRun(kind === 'find' ? { kind, filter, sort, limit: most } : { kind, pipeline });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  };
  return (
    <form className="panel-tools" onSubmit={submit}>
      <select
        className="panel-field"
        aria-label={texts.kind}
        value={kind}
        onChange={(event) => setKind(event.target.value === 'find' ? 'find' : 'aggregate')}
      >
        <option value="find">{texts.find}</option>
        <option value="aggregate">{texts.aggregate}</option>
      </select>
      {kind === 'find' ? (
        <>
          <TextPart label={texts.filter} value={filter} example="{ bizum: { $gt: 50 } }" onChange={setFilter} wide />
          <TextPart label={texts.sort} value={sort} example="{ _id: -1 }" onChange={setSort} />
          <label className="panel-tools-group">
            {texts.limit}
            <input
              className="panel-field panel-number"
              inputMode="numeric"
              value={limit}
              onChange={(event) => setLimit(event.target.value)}
            />
          </label>
        </>
      ) : (
        <textarea
          className="panel-field panel-code"
          aria-label={texts.pipeline}
          placeholder="[{ $group: { _id: '$usuario', total: { $sum: '$bizum' } } }]"
          rows={2}
          spellCheck={false}
          value={pipeline}
          onChange={(event) => setPipeline(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      <Button small tone="primary" type="submit" icon={Play}>
        {texts.run}
      </Button>
    </form>
  );
}

type TextPartProps = {
  readonly label: string;
  readonly value: string;
  readonly example: string;
  readonly wide?: boolean;
  readonly onChange: (text: string) => void;
};

function TextPart({ label, value, example, wide = false, onChange }: TextPartProps) {
  return (
    <label className={`panel-tools-group${wide ? ' panel-wide' : ''}`}>
      {label}
      <input
        className="panel-field panel-code"
        value={value}
        placeholder={example}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
