import { useTexts } from '../store/use-model.ts';
import { fieldName, partsOf, shellText } from './document-text.ts';
import './document-tree.css';

type DocumentTreeProps = {
  readonly documents: readonly Readonly<Record<string, unknown>>[];
  readonly label: string;
  /** Who wrote a document in the newest micro-batch, by its index. */
  readonly writtenBy: ReadonlyMap<number, string>;
};

/** Documents that open and close; the ones that the newest batch wrote marked by colour and by words. */
export function DocumentTree({ documents, label, writtenBy }: DocumentTreeProps) {
  return (
    <ol className="documents" aria-label={label}>
      {documents.map((document, at) => {
        const by = writtenBy.get(at);
        return (
          <li key={shellText(document['_id'] ?? at)} data-written={by}>
            {by === undefined ? null : <small>{by}</small>}
            {Object.entries(document).map(([name, value]) => (
              <TreeField key={name} name={name} value={value} />
            ))}
          </li>
        );
      })}
    </ol>
  );
}

function TreeField({ name, value }: { readonly name: string; readonly value: unknown }) {
  const { mongo: texts } = useTexts();
  const parts = partsOf(value);
  if (parts === null || parts.length === 0)
    return (
      <p className="document-field">
        <b>{fieldName(name)}</b>: {shellText(value)}
      </p>
    );
  const size = Array.isArray(value) ? texts.items(parts.length) : texts.fields(parts.length);
  return (
    <details className="document-field" open>
      <summary>
        <b>{fieldName(name)}</b>: <span>{size}</span>
      </summary>
      {parts.map(([inner, held]) => (
        <TreeField key={inner} name={inner} value={held} />
      ))}
    </details>
  );
}
