import type { BsonDocument } from '../values/bson-document.ts';
import type { StoredDocument } from './collection.ts';
import { valuesAt } from '../values/document-path.ts';
import { EqualityIndex } from './equality-index.ts';

/** An index as `createIndexes` describes it and `listIndexes` shows it. */
export type IndexSpec = {
  readonly v: number;
  readonly key: BsonDocument;
  readonly name: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
};

/** An index of a collection. Only unique ones hold anything: filters make their own equality indexes. */
export class CollectionIndex {
  readonly spec: IndexSpec;
  readonly #entries: EqualityIndex | undefined;

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.#entries = spec.unique === true ? new EqualityIndex(Object.keys(spec.key)) : undefined;
  }

  add(stored: StoredDocument, document: BsonDocument): void {
    if (this.#holds(document)) this.#entries?.add(stored, document);
  }

  remove(stored: StoredDocument, document: BsonDocument): void {
    if (this.#holds(document)) this.#entries?.remove(stored, document);
  }

  /** Whether a document other than `replaced` has one of the new document's keys. */
  isTaken(document: BsonDocument, replaced: StoredDocument | undefined): boolean {
    const entries = this.#entries;
    if (entries === undefined || !this.#holds(document)) return false;
    return entries.keysOf(document).some((key) => [...entries.holders(key)].some((holder) => holder !== replaced));
  }

  /** A sparse index leaves out documents without any of its fields. */
  #holds(document: BsonDocument): boolean {
    if (this.spec.sparse !== true) return true;
    return Object.keys(this.spec.key).some((path) => valuesAt(document, path).some((value) => value !== undefined));
  }
}
