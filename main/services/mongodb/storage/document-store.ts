import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UUID } from 'bson';
import { AppendLog, type LogDisk } from '../../append-log.ts';
import { readStored, Collection, type StoredDocument } from './collection.ts';
import type { IndexSpec } from './collection-index.ts';
import { duplicateKeyError } from './duplicate-key.ts';
import { MongoError } from '../mongo-error.ts';
import { decodeChange, encodeChange, type StoreChange } from './store-change.ts';
import type { BsonDocument } from '../values/bson-document.ts';

/** The log is rewritten when it is both larger than this and more than twice what it holds. */
const minBytesToCompact = 16 << 20;
/** Documents of one log record when the log is rewritten. */
const compactedBatchBytes = 1 << 20;

/**
 * All databases in memory, and the log that brings them back. Every change is written to the log before it is visible, so what a client was told is there
 * after a crash; a change that cannot be written throws and changes nothing.
 */
export class DocumentStore {
  readonly #databases = new Map<string, Map<string, Collection>>();
  readonly #log: AppendLog;
  #compactAboveBytes = minBytesToCompact;

  private constructor(open: (onRecord: (record: Buffer) => void) => AppendLog) {
    this.#log = open((record) => this.#apply(decodeChange(record)));
  }

  static open(folder: string, disk?: LogDisk): DocumentStore {
    mkdirSync(folder, { recursive: true });
    return new DocumentStore((onRecord) => AppendLog.open(join(folder, 'mongodb.log'), onRecord, disk));
  }

  get recovered(): { readonly truncatedBytes: number } | null {
    return this.#log.recovered;
  }

  /** Bytes of the log. */
  get bytes(): number {
    return this.#log.size;
  }

  /** Databases with at least one collection, by name. */
  databases(): readonly string[] {
    return [...this.#databases]
      .filter(([, collections]) => collections.size > 0)
      .map(([name]) => name)
      .toSorted();
  }

  /** Collections of a database, by name. */
  collections(database: string): readonly (readonly [string, Collection])[] {
    return [...(this.#databases.get(database) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  collection(namespace: Namespace): Collection | undefined {
    return this.#databases.get(namespace.database)?.get(namespace.collection);
  }

  /** The collection, made when it is not there. */
  ensureCollection(namespace: Namespace, options: BsonDocument = {}): Collection {
    if (this.collection(namespace) === undefined)
      this.#commit({
        kind: 'create-collection',
        namespace: namespace.text,
        options: { uuid: new UUID(), options },
      });
    const made = this.collection(namespace);
    if (made === undefined) throw new Error(`the collection ${namespace.text} was not made`);
    return made;
  }

  dropCollection(namespace: Namespace): void {
    this.#commit({ kind: 'drop-collection', namespace: namespace.text });
  }

  renameCollection(namespace: Namespace, to: Namespace): void {
    this.#commit({ kind: 'rename-collection', namespace: namespace.text, to: to.text });
  }

  createIndex(namespace: Namespace, spec: IndexSpec): void {
    this.#commit({ kind: 'create-index', namespace: namespace.text, spec: { ...spec } });
  }

  dropIndex(namespace: Namespace, name: string): void {
    this.#commit({ kind: 'drop-index', namespace: namespace.text, name });
  }

  /** Throws E11000 when `_id` or a unique index says so; then nothing is stored. */
  insert(namespace: Namespace, stored: StoredDocument): void {
    const collection = this.ensureCollection(namespace);
    const document = readStored(stored);
    if (collection.byId(document['_id']) !== undefined)
      throw duplicateKeyError(namespace.text, { v: 2, key: { _id: 1 }, name: '_id_' }, document);
    this.#refuseDuplicates(namespace, collection, stored, undefined);
    this.#put(namespace, collection, stored);
  }

  /** `next` is a new version of the stored document `previous`, with the same `_id`. Throws E11000 when a unique index says so. */
  replace(namespace: Namespace, previous: StoredDocument, next: StoredDocument): void {
    const collection = this.ensureCollection(namespace);
    this.#refuseDuplicates(namespace, collection, next, previous);
    this.#put(namespace, collection, next);
  }

  remove(namespace: Namespace, removed: readonly StoredDocument[]): void {
    if (removed.length === 0) return;
    this.#commit({
      kind: 'remove',
      namespace: namespace.text,
      ids: removed.map((stored) => ({ _id: readStored(stored)['_id'] })),
    });
  }

  /** Hands to the disk what the operating system still holds. */
  sync(): Promise<void> {
    return this.#log.sync();
  }

  close(): void {
    this.#log.close();
  }

  #put(namespace: Namespace, collection: Collection, stored: StoredDocument): void {
    this.#log.append(encodeChange({ kind: 'put', namespace: namespace.text, documents: [stored.bytes] }));
    collection.put(stored);
    this.#compactWhenWorthIt();
  }

  #commit(change: StoreChange): void {
    this.#log.append(encodeChange(change));
    this.#apply(change);
    this.#compactWhenWorthIt();
  }

  #refuseDuplicates(
    namespace: Namespace,
    collection: Collection,
    next: StoredDocument,
    previous: StoredDocument | undefined,
  ): void {
    for (const index of collection.indexes.values())
      if (index.isTaken(readStored(next), previous))
        throw duplicateKeyError(namespace.text, index.spec, readStored(next));
  }

  #apply(change: StoreChange): void {
    const namespace = parseNamespace(change.namespace);
    const collection = this.collection(namespace);
    switch (change.kind) {
      case 'create-collection':
        this.#place(namespace, new Collection(change.options as ConstructorParameters<typeof Collection>[0]));
        return;
      case 'drop-collection':
        this.#databases.get(namespace.database)?.delete(namespace.collection);
        return;
      case 'rename-collection':
        this.#databases.get(namespace.database)?.delete(namespace.collection);
        if (collection !== undefined) this.#place(parseNamespace(change.to), collection);
        return;
      case 'create-index':
        collection?.addIndex(change.spec as IndexSpec);
        return;
      case 'drop-index':
        collection?.indexes.delete(change.name);
        return;
      case 'put':
        for (const bytes of change.documents) collection?.put({ bytes, document: undefined });
        return;
      case 'remove':
        for (const { _id } of change.ids) collection?.remove(_id);
    }
  }

  #place(namespace: Namespace, collection: Collection): void {
    const collections = this.#databases.get(namespace.database);
    if (collections === undefined)
      this.#databases.set(namespace.database, new Map([[namespace.collection, collection]]));
    else collections.set(namespace.collection, collection);
  }

  #compactWhenWorthIt(): void {
    if (this.#log.size < this.#compactAboveBytes) return;
    let live = 0;
    for (const collections of this.#databases.values())
      for (const collection of collections.values()) live += collection.bytes;
    if (this.#log.size <= 2 * live) return;
    try {
      this.#log.rewrite(this.#liveChanges());
      this.#compactAboveBytes = minBytesToCompact;
    } catch {
      // No room for a second file: the log goes on as it is, and it is tried again when it has doubled.
      this.#compactAboveBytes = 2 * this.#log.size;
    }
  }

  *#liveChanges(): Generator<Buffer> {
    for (const [database, collections] of this.#databases)
      for (const [name, collection] of collections) yield* collectionChanges(`${database}.${name}`, collection);
  }
}

/** The log records that bring one collection back. */
function* collectionChanges(namespace: string, collection: Collection): Generator<Buffer> {
  const { uuid, options, indexes } = collection;
  yield encodeChange({ kind: 'create-collection', namespace, options: { uuid, options } });
  for (const { spec } of indexes.values())
    if (spec.name !== '_id_') yield encodeChange({ kind: 'create-index', namespace, spec: { ...spec } });
  let documents: Buffer[] = [];
  let bytes = 0;
  for (const stored of collection.stored()) {
    documents.push(stored.bytes);
    bytes += stored.bytes.length;
    if (bytes < compactedBatchBytes) continue;
    yield encodeChange({ kind: 'put', namespace, documents });
    documents = [];
    bytes = 0;
  }
  if (documents.length > 0) yield encodeChange({ kind: 'put', namespace, documents });
}

export type Namespace = { readonly database: string; readonly collection: string; readonly text: string };

/** `database.collection`: the first dot separates. */
export function parseNamespace(text: string): Namespace {
  const dot = text.indexOf('.');
  return { database: text.slice(0, dot), collection: text.slice(dot + 1), text };
}

export function namespaceOf(database: string, collection: unknown): Namespace {
  if (typeof collection !== 'string') throw new MongoError(73, `collection name has invalid type`);
  const text = `${database}.${collection}`;
  if (collection === '' || collection.startsWith('.') || collection.includes('\0'))
    throw new MongoError(73, `Invalid namespace specified '${text}'`);
  return { database, collection, text };
}
