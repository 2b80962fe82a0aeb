import { encodeDocument, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { longOf } from '../values/bson-number.ts';
import { collectionStats } from '../storage/collection-stats.ts';
import { commandNamespace, evaluationSettings, type CommandContext, type CommandTable } from './command-context.ts';
import { parseNamespace, namespaceOf } from '../storage/document-store.ts';
import { compileFilter } from '../query/match-filter.ts';
import { MongoError } from '../mongo-error.ts';
import { refuseUnsupported } from './unsupported-options.ts';
import { valueKey } from '../values/value-key.ts';

/** Options of `create` that would change how the collection works. */
const unsupportedOptions = [
  'capped',
  'viewOn',
  'timeseries',
  'clusteredIndex',
  'validator',
  'expireAfterSeconds',
  'collation',
];
/** Fields of every command, which are not options of the collection. */
const commonFields: ReadonlySet<string> = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  'writeConcern',
  'comment',
  'apiVersion',
  '$readPreference',
  'maxTimeMS',
  'readConcern',
]);

function create(context: CommandContext): BsonDocument {
  const { command, store } = context;
  const namespace = commandNamespace(context);
  refuseUnsupported(command, unsupportedOptions);
  const options: BsonDocument = {};
  for (const [name, value] of Object.entries(command).slice(1)) if (!commonFields.has(name)) options[name] = value;
  const existing = store.collection(namespace);
  if (existing !== undefined) {
    if (valueKey(existing.options) === valueKey(options)) return {};
    throw new MongoError(
      48,
      `namespace ${namespace.text} already exists, but with different options: { uuid: UUID("${existing.uuid.toHexString()}") }`,
    );
  }
  store.ensureCollection(namespace, options);
  return {};
}

function drop(context: CommandContext): BsonDocument {
  const namespace = commandNamespace(context);
  const collection = context.store.collection(namespace);
  // Since 7.0 dropping what is not there succeeds.
  if (collection === undefined) return {};
  context.store.dropCollection(namespace);
  return { nIndexesWas: collection.indexes.size, ns: namespace.text };
}

function dropDatabase({ store, database }: CommandContext): BsonDocument {
  const collections = store.collections(database);
  for (const [name] of collections) store.dropCollection(namespaceOf(database, name));
  return collections.length === 0 ? {} : { dropped: database };
}

function renameCollection({ command, store }: CommandContext): BsonDocument {
  const from = namedNamespace(command['renameCollection']);
  const to = namedNamespace(command['to']);
  if (store.collection(from) === undefined) throw new MongoError(26, `Source collection ${from.text} does not exist`);
  if (from.text === to.text) throw new MongoError(20, "Can't rename a collection to itself");
  if (store.collection(to) !== undefined && command['dropTarget'] !== true)
    throw new MongoError(48, 'target namespace exists');
  store.renameCollection(from, to);
  return {};
}

function namedNamespace(text: unknown): ReturnType<typeof parseNamespace> {
  if (typeof text !== 'string' || !text.includes('.'))
    throw new MongoError(73, `Invalid namespace specified '${String(text)}'`);
  const { database, collection } = parseNamespace(text);
  return namespaceOf(database, collection);
}

function listCollections(context: CommandContext): Buffer {
  const { command, store, database, cursors } = context;
  const listed = store.collections(database).map(([name, collection]): BsonDocument => ({
    name,
    type: 'collection',
    options: collection.options,
    info: { readOnly: false, uuid: collection.uuid },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  }));
  const { matches } = compileFilter(command['filter'], evaluationSettings(context));
  const shown = listed.filter(matches);
  const documents = command['nameOnly'] === true ? shown.map(({ name, type }) => ({ name, type })) : shown;
  return cursors.start(`${database}.$cmd.listCollections`, documents.map(encodeDocument), {
    batchSize: batchSizeOf(command),
  });
}

/** `cursor: {batchSize}`, as commands that list things take it; without it everything comes at once. */
export function batchSizeOf(command: BsonDocument): unknown {
  const cursor = command['cursor'];
  return isDocument(cursor) ? (cursor['batchSize'] ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;
}

function listDatabases(context: CommandContext): BsonDocument {
  const { command, store } = context;
  const { matches } = compileFilter(command['filter'], evaluationSettings(context));
  const sizes = store.databases().map((name): readonly [string, number] => [name, databaseBytes(context, name)]);
  const databases = sizes
    .map(([name, bytes]): BsonDocument => ({ name, sizeOnDisk: longOf(bytes), empty: false }))
    .filter(matches);
  if (command['nameOnly'] === true) return { databases: databases.map(({ name }) => ({ name })) };
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  return { databases, totalSize: longOf(total), totalSizeMb: longOf(Math.floor(total / 2 ** 20)) };
}

const databaseBytes = ({ store }: CommandContext, database: string): number =>
  store.collections(database).reduce((sum, [, { bytes }]) => sum + bytes, 0);

function dbStats({ store, database }: CommandContext): BsonDocument {
  const stats = store.collections(database).map(([, collection]) => collection);
  const sum = (of: (collection: (typeof stats)[number]) => number): number =>
    stats.reduce((total, collection) => total + of(collection), 0);
  const objects = sum(({ size }) => size);
  const dataSize = sum(({ bytes }) => bytes);
  return {
    db: database,
    collections: longOf(stats.length),
    views: longOf(0),
    objects: longOf(objects),
    avgObjSize: objects === 0 ? 0 : dataSize / objects,
    dataSize,
    storageSize: dataSize,
    indexes: longOf(sum(({ indexes }) => indexes.size)),
    indexSize: 0,
    totalSize: dataSize,
    scaleFactor: longOf(1),
  };
}

function collStats(context: CommandContext): BsonDocument {
  const namespace = commandNamespace(context);
  return { ns: namespace.text, ...collectionStats(context.store.collection(namespace)) };
}

function validate(context: CommandContext): BsonDocument {
  const namespace = commandNamespace(context);
  const collection = context.store.collection(namespace);
  if (collection === undefined) throw new MongoError(26, `Collection '${namespace.text}' does not exist to validate.`);
  return {
    ns: namespace.text,
    nInvalidDocuments: 0,
    nrecords: collection.size,
    nIndexes: collection.indexes.size,
    keysPerIndex: Object.fromEntries([...collection.indexes.keys()].map((name) => [name, collection.size])),
    valid: true,
    warnings: [],
    errors: [],
  };
}

/** Databases and collections. */
export const collectionCommands: CommandTable = {
  create,
  drop,
  dropDatabase,
  renameCollection,
  listCollections,
  listDatabases,
  dbStats,
  collStats,
  validate,
};
