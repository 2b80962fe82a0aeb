import type { BsonDocument } from '../values/bson-document.ts';
import { valuesAt, withElements } from '../values/document-path.ts';
import type { StoredDocument } from './collection.ts';
import { valueKey } from '../values/value-key.ts';

/**
 * Finds the documents whose fields at `paths` equal given values. An array counts with each of its elements and as a whole, a missing field as null, as in
 * MongoDB's indexes. Candidates only: the filter still decides.
 */
export class EqualityIndex {
  readonly #paths: readonly string[];
  readonly #documents = new Map<string, Set<StoredDocument>>();

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  add(stored: StoredDocument, document: BsonDocument): void {
    for (const key of this.keysOf(document)) {
      const holders = this.#documents.get(key);
      if (holders === undefined) this.#documents.set(key, new Set([stored]));
      else holders.add(stored);
    }
  }

  remove(stored: StoredDocument, document: BsonDocument): void {
    for (const key of this.keysOf(document)) {
      const holders = this.#documents.get(key);
      if (holders?.delete(stored) && holders.size === 0) this.#documents.delete(key);
    }
  }

  /** `values`: one for each path, in their order. */
  find(values: readonly unknown[]): ReadonlySet<StoredDocument> {
    return this.holders(values.map(valueKey).join(''));
  }

  holders(key: string): ReadonlySet<StoredDocument> {
    return this.#documents.get(key) ?? nobody;
  }

  /** The keys under which a document is found: more than one when there is an array at a path. */
  keysOf(document: BsonDocument): readonly string[] {
    let keys: readonly string[] = [''];
    for (const path of this.#paths) {
      const values = withElements(valuesAt(document, path));
      const own = values.length === 0 ? [valueKey(null)] : [...new Set(values.map(valueKey))];
      keys =
        keys.length === 1 && own.length === 1
          ? [`${keys[0]}${own[0]}`]
          : keys.flatMap((key) => own.map((part) => key + part));
    }
    return keys;
  }
}

const nobody: ReadonlySet<StoredDocument> = new Set();
