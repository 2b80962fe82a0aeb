import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { wholeNumber } from '../values/bson-number.ts';
import { compareValues } from '../values/bson-order.ts';
import { valuesAt, withElements } from '../values/document-path.ts';
import { MongoError } from '../mongo-error.ts';

type SortKey = { readonly path: string; readonly direction: 1 | -1 };

/** A comparison of documents for `{field: 1 | -1, …}`. Throws `MongoError` for anything else. */
export function compileSort(spec: unknown): (left: BsonDocument, right: BsonDocument) => number {
  if (!isDocument(spec)) throw new MongoError(15973, 'the $sort key specification must be an object');
  const keys = Object.entries(spec).map(([path, direction]) => sortKey(path, direction));
  return (left, right) => {
    for (const key of keys) {
      const order = compareValues(sortValue(left, key), sortValue(right, key));
      if (order !== 0) return order * key.direction;
    }
    return 0;
  };
}

function sortKey(path: string, direction: unknown): SortKey {
  if (isDocument(direction)) throw new MongoError(238, "Marea's embedded server does not sort by $meta");
  const whole = wholeNumber(direction);
  if (whole !== 1 && whole !== -1)
    throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  return { path, direction: whole };
}

/** An array sorts by its least element, or by its greatest in descending order; a missing field as null. */
function sortValue(document: BsonDocument, { path, direction }: SortKey): unknown {
  const values = valuesAt(document, path);
  if (values.length === 1 && !Array.isArray(values[0])) return values[0] ?? null;
  const elements = withElements(values).filter((value) => !Array.isArray(value) || value.length === 0);
  // An empty array comes before null.
  const candidates = elements.map((value) => (Array.isArray(value) ? undefined : (value ?? null)));
  if (candidates.length === 0) return null;
  return candidates.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best));
}
