import { encodeDocument, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { isBsonNumber } from '../values/bson-number.ts';
import { readStored, type Collection } from '../storage/collection.ts';
import { CollectionIndex, type IndexSpec } from '../storage/collection-index.ts';
import { commandNamespace, type CommandContext, type CommandTable } from './command-context.ts';
import type { Namespace } from '../storage/document-store.ts';
import { duplicateKeyError } from '../storage/duplicate-key.ts';
import { MongoError } from '../mongo-error.ts';
import { refuseUnsupported } from './unsupported-options.ts';
import { valueKey } from '../values/value-key.ts';
import { batchSizeOf } from './collection-commands.ts';

/** They would change which documents the index refuses or how long documents live. */
const unsupportedOptions = ['partialFilterExpression', 'expireAfterSeconds', 'collation', 'wildcardProjection'];

function createIndexes(context: CommandContext): BsonDocument {
  const { command, store } = context;
  const namespace = commandNamespace(context);
  const requested = command['indexes'];
  if (!Array.isArray(requested) || requested.length === 0)
    throw new MongoError(2, 'Must specify at least one index to create');
  const specs = requested.map(parseSpec);
  const isNew = store.collection(namespace) === undefined;
  const collection = store.ensureCollection(namespace);
  const before = collection.indexes.size;
  for (const spec of specs) {
    if (isThere(collection, spec)) continue;
    refuseExistingDuplicates(namespace, collection, spec);
    store.createIndex(namespace, spec);
  }
  return {
    numIndexesBefore: before,
    numIndexesAfter: collection.indexes.size,
    createdCollectionAutomatically: isNew,
    ...(collection.indexes.size === before ? { note: 'all indexes already exist' } : {}),
  };
}

function parseSpec(requested: unknown): IndexSpec {
  if (!isDocument(requested)) throw new MongoError(14, 'The elements of the indexes array must be objects');
  refuseUnsupported(requested, unsupportedOptions);
  const { key, name } = requested;
  if (!isDocument(key) || Object.keys(key).length === 0)
    throw new MongoError(67, 'Index keys cannot be an empty object');
  if (typeof name !== 'string')
    throw new MongoError(
      9,
      `The 'name' field is a required property of an index specification: ${JSON.stringify(requested)}`,
    );
  for (const [path, kind] of Object.entries(key)) checkKey(path, kind);
  const isId = valueKey(key) === valueKey({ _id: 1 });
  const { key: _key, name: _name, v: _version, ...options } = requested;
  return { v: 2, key, name: isId ? '_id_' : name, ...options };
}

function checkKey(path: string, kind: unknown): void {
  if (path.includes('$**') || (typeof kind === 'string' && kind !== 'hashed'))
    throw new MongoError(
      67,
      `Marea's embedded server does not support indexes of type '${String(path.includes('$**') ? 'wildcard' : kind)}'`,
    );
  if (typeof kind !== 'string' && (!isBsonNumber(kind) || Number(kind) === 0))
    throw new MongoError(
      67,
      `Values in v:2 index key pattern cannot be of type ${typeof kind}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    );
}

/** Whether the index exists already; throws when another one has its name or its keys. */
function isThere(collection: Collection, spec: IndexSpec): boolean {
  const byName = collection.indexes.get(spec.name)?.spec;
  const byKey = [...collection.indexes.values()].find((index) => valueKey(index.spec.key) === valueKey(spec.key))?.spec;
  if (byName === undefined && byKey === undefined) return false;
  const existing = byName ?? byKey;
  const isSame = existing !== undefined && (existing.unique === true) === (spec.unique === true);
  if (byName !== undefined && valueKey(byName.key) !== valueKey(spec.key))
    throw new MongoError(
      86,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(byName)}`,
    );
  if (byName === undefined && byKey !== undefined)
    throw new MongoError(85, `Index already exists with a different name: ${byKey.name}`);
  if (!isSame && spec.name !== '_id_')
    throw new MongoError(
      86,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(existing)}`,
    );
  return true;
}

function refuseExistingDuplicates(namespace: Namespace, collection: Collection, spec: IndexSpec): void {
  const index = new CollectionIndex(spec);
  for (const stored of collection.stored()) {
    const document = readStored(stored);
    if (index.isTaken(document, undefined)) throw duplicateKeyError(namespace.text, spec, document);
    index.add(stored, document);
  }
}

function listIndexes(context: CommandContext): Buffer {
  const { cursors, command } = context;
  const namespace = commandNamespace(context);
  const collection = requireCollection(context, namespace, `ns does not exist: ${namespace.text}`);
  const documents = [...collection.indexes.values()].map(({ spec }) => encodeDocument({ ...spec }));
  return cursors.start(namespace.text, documents, { batchSize: batchSizeOf(command) });
}

function requireCollection({ store }: CommandContext, namespace: Namespace, message: string): Collection {
  const collection = store.collection(namespace);
  if (collection === undefined) throw new MongoError(26, message);
  return collection;
}

function dropIndexes(context: CommandContext): BsonDocument {
  const { command, store } = context;
  const namespace = commandNamespace(context);
  const collection = requireCollection(context, namespace, `ns not found ${namespace.text}`);
  const before = collection.indexes.size;
  for (const name of namesToDrop(collection, command['index'])) store.dropIndex(namespace, name);
  return { nIndexesWas: before };
}

/** `*`, a name, several names, or the keys of one index. */
function namesToDrop(collection: Collection, wanted: unknown): readonly string[] {
  if (wanted === '*') return [...collection.indexes.keys()].filter((name) => name !== '_id_');
  if (isDocument(wanted)) {
    const found = [...collection.indexes.values()].find(({ spec }) => valueKey(spec.key) === valueKey(wanted));
    if (found === undefined) throw new MongoError(27, `can't find index with key: ${JSON.stringify(wanted)}`);
    return [droppable(found.spec.name)];
  }
  return (Array.isArray(wanted) ? wanted : [wanted]).map((name: unknown) => {
    if (typeof name !== 'string' || !collection.indexes.has(name))
      throw new MongoError(27, `index not found with name [${String(name)}]`);
    return droppable(name);
  });
}

function droppable(name: string): string {
  if (name === '_id_') throw new MongoError(72, 'cannot drop _id index');
  return name;
}

/** Indexes: unique ones are enforced, the others are kept for what lists them. */
export const indexCommands: CommandTable = { createIndexes, listIndexes, dropIndexes };
