import type { BsonDocument } from '../values/bson-document.ts';
import type { IndexSpec } from './collection-index.ts';
import { valuesAt } from '../values/document-path.ts';
import { MongoError } from '../mongo-error.ts';
import { shellText } from '../values/shell-text.ts';

/** `E11000 …` as MongoDB words it, with `keyPattern` and `keyValue`. */
export function duplicateKeyError(namespace: string, spec: IndexSpec, document: BsonDocument): MongoError {
  const keyValue: BsonDocument = {};
  for (const path of Object.keys(spec.key)) keyValue[path] = valuesAt(document, path)[0] ?? null;
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: ${shellText(keyValue)}`,
    { keyPattern: spec.key, keyValue },
  );
}
