import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { MongoError } from '../mongo-error.ts';

/** Refuses by name what would change a result and is not implemented. `collation: {locale: 'simple'}` changes nothing. */
export function refuseUnsupported(options: BsonDocument, names: readonly string[]): void {
  for (const name of names) {
    const value = options[name];
    if (value === undefined || value === null || value === false) continue;
    if (name === 'collation' && isDocument(value) && (value['locale'] === 'simple' || Object.keys(value).length === 0))
      continue;
    throw new MongoError(238, `Marea's embedded server does not support the option '${name}'`);
  }
}
