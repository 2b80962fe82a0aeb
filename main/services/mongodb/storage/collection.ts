import type { UUID } from 'bson';
import { decodeDocument, encodeDocument, type BsonDocument } from '../values/bson-document.ts';
import { CollectionIndex, type IndexSpec } from './collection-index.ts';
import { EqualityIndex } from './equality-index.ts';
import type { Filter } from '../query/match-filter.ts';
import { valueKey } from '../values/value-key.ts';

/** A document as it is stored: its bytes, and what they say, read on first use. */
export type StoredDocument = {
  readonly bytes: Buffer;
  document: BsonDocument | undefined;
  /** Its place in insertion order, which a new version keeps; given by the collection. */
  place?: number;
};

export const readStored = (stored: StoredDocument): BsonDocument => (stored.document ??= decodeDocument(stored.bytes));

export const storedFrom = (document: BsonDocument): StoredDocument => ({ bytes: encodeDocument(document), document });

type CollectionOptions = { readonly uuid: UUID; readonly options: BsonDocument };

const idIndex: IndexSpec = { v: 2, key: { _id: 1 }, name: '_id_' };
/** Of larger collections only the bytes stay in memory: what has been read of a document costs several times as much. */
const maxDecodedDocuments = 200_000;
/** A scan of so few is as fast as an index. */
const minDocumentsForIndex = 64;
/** Indexes made for filters; the one unused for longest goes first. */
const maxFilterIndexes = 4;

/** The documents of one collection in memory, in insertion order. Changes come from `DocumentStore`, which has written them to the log before. */
export class Collection {
  readonly uuid: UUID;
  readonly options: BsonDocument;
  readonly indexes = new Map<string, CollectionIndex>([['_id_', new CollectionIndex(idIndex)]]);
  readonly #documents = new Map<string, StoredDocument>();
  /** By their paths. Made when a filter asks for equality on them, so that an upsert by a key that is not `_id` needs no scan. */
  readonly #filterIndexes = new Map<string, EqualityIndex>();
  #bytes = 0;
  #nextPlace = 0;

  constructor({ uuid, options }: CollectionOptions) {
    this.uuid = uuid;
    this.options = options;
  }

  get size(): number {
    return this.#documents.size;
  }

  /** Bytes of the documents. */
  get bytes(): number {
    return this.#bytes;
  }

  stored(): IterableIterator<StoredDocument> {
    return this.#documents.values();
  }

  byId(id: unknown): StoredDocument | undefined {
    return this.#documents.get(valueKey(id));
  }

  /** In insertion order, those that match. */
  *find(filter: Filter): Generator<StoredDocument> {
    for (const stored of this.#candidates(filter.equalities)) {
      const isMatch = filter.matches(readStored(stored));
      this.#forgetWhenLarge(stored);
      if (isMatch) yield stored;
    }
  }

  put(stored: StoredDocument): void {
    const document = readStored(stored);
    const key = valueKey(document['_id']);
    const previous = this.#documents.get(key);
    if (previous !== undefined) this.#unindex(previous);
    stored.place = previous?.place ?? (this.#nextPlace += 1);
    this.#documents.set(key, stored);
    this.#bytes += stored.bytes.length;
    for (const index of this.indexes.values()) index.add(stored, document);
    for (const index of this.#filterIndexes.values()) index.add(stored, document);
    this.#forgetWhenLarge(stored);
  }

  remove(id: unknown): void {
    const key = valueKey(id);
    const stored = this.#documents.get(key);
    if (stored === undefined) return;
    this.#unindex(stored);
    this.#documents.delete(key);
  }

  addIndex(spec: IndexSpec): void {
    const index = new CollectionIndex(spec);
    for (const stored of this.#documents.values()) index.add(stored, readStored(stored));
    this.indexes.set(spec.name, index);
  }

  #forgetWhenLarge(stored: StoredDocument): void {
    if (this.size > maxDecodedDocuments) stored.document = undefined;
  }

  #unindex(stored: StoredDocument): void {
    const document = readStored(stored);
    this.#bytes -= stored.bytes.length;
    for (const index of this.indexes.values()) index.remove(stored, document);
    for (const index of this.#filterIndexes.values()) index.remove(stored, document);
  }

  #candidates(equalities: ReadonlyMap<string, unknown>): Iterable<StoredDocument> {
    if (equalities.has('_id') && !(equalities.get('_id') instanceof RegExp)) {
      const stored = this.byId(equalities.get('_id'));
      return stored === undefined ? [] : [stored];
    }
    // A missing field equals null in more ways than an index knows.
    const paths = [...equalities.keys()].filter((path) => (equalities.get(path) ?? null) !== null);
    if (paths.length === 0 || this.size < minDocumentsForIndex) return this.#documents.values();
    const found = this.#indexOn(paths).find(paths.map((path) => equalities.get(path)));
    return found.size < 2 ? found : [...found].toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0));
  }

  #indexOn(paths: readonly string[]): EqualityIndex {
    const name = paths.join('\0');
    let index = this.#filterIndexes.get(name);
    if (index === undefined) {
      index = new EqualityIndex(paths);
      for (const stored of this.#documents.values()) index.add(stored, readStored(stored));
    }
    // Set again, so that the first of the map is the one unused for longest.
    this.#filterIndexes.delete(name);
    this.#filterIndexes.set(name, index);
    const [oldest] = this.#filterIndexes.keys();
    if (this.#filterIndexes.size > maxFilterIndexes && oldest !== undefined) this.#filterIndexes.delete(oldest);
    return index;
  }
}
