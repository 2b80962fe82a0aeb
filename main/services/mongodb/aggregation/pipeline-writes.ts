import { UUID } from 'bson';
import { compileUpdate } from '../update/apply-update.ts';
import { decodeDocument, isDocument, withIdFirst, type BsonDocument } from '../values/bson-document.ts';
import { readStored, storedFrom, type StoredDocument } from '../storage/collection.ts';
import { evaluationSettings, type CommandContext } from '../commands/command-context.ts';
import { valueAt } from '../values/document-path.ts';
import { namespaceOf, type Namespace } from '../storage/document-store.ts';
import { shellText } from '../values/shell-text.ts';
import { compileFilter } from '../query/match-filter.ts';
import { MongoError } from '../mongo-error.ts';
import { insertDocument } from '../update/write-statements.ts';

export const isWriteStage = (name: string): boolean => name === '$out' || name === '$merge';

/** Stores the result of a pipeline that ends in `$out` or `$merge`. */
export function writeResult(context: CommandContext, name: string, spec: unknown, documents: readonly Buffer[]): void {
  if (name === '$out') replaceCollection(context, targetOf(context, spec, '$out'), documents);
  else mergeInto(context, spec, documents);
}

/** `'coll'` or `{db, coll}`. */
function targetOf({ database }: CommandContext, target: unknown, stage: string): Namespace {
  if (typeof target === 'string') return namespaceOf(database, target);
  if (isDocument(target) && typeof target['coll'] === 'string')
    return namespaceOf(typeof target['db'] === 'string' ? target['db'] : database, target['coll']);
  throw new MongoError(16990, `${stage} only supports a string or object argument, but found ${shellText(target)}`);
}

/** The new documents are written beside the old ones, which go at once when all are there. */
function replaceCollection(context: CommandContext, target: Namespace, documents: readonly Buffer[]): void {
  const { store } = context;
  const existing = store.collection(target);
  const beside = namespaceOf(target.database, `tmp.agg_out.${new UUID().toHexString()}`);
  store.ensureCollection(beside, existing?.options);
  try {
    for (const { spec } of existing?.indexes.values() ?? []) if (spec.name !== '_id_') store.createIndex(beside, spec);
    for (const bytes of documents) insertDocument(context, beside, bytes);
    store.renameCollection(beside, target);
  } catch (error) {
    store.dropCollection(beside);
    throw error;
  }
}

type Merge = {
  readonly target: Namespace;
  readonly on: readonly string[];
  readonly whenMatched: unknown;
  readonly whenNotMatched: string;
};

function mergeInto(context: CommandContext, spec: unknown, documents: readonly Buffer[]): void {
  const merge = parseMerge(context, spec);
  refuseWithoutUniqueIndex(context, merge);
  for (const bytes of documents) mergeDocument(context, merge, bytes);
}

function parseMerge(context: CommandContext, spec: unknown): Merge {
  if (typeof spec === 'string') return parseMerge(context, { into: spec });
  if (!isDocument(spec))
    throw new MongoError(51182, `$merge only supports a string or object argument, not ${shellText(spec)}`);
  const on = spec['on'] ?? '_id';
  const { whenMatched = 'merge', whenNotMatched = 'insert' } = spec;
  if (!Array.isArray(whenMatched) && !['merge', 'replace', 'keepExisting', 'fail'].includes(String(whenMatched)))
    throw new MongoError(2, `Enumeration value '${String(whenMatched)}' for field 'whenMatched' is not a valid value.`);
  if (!['insert', 'discard', 'fail'].includes(String(whenNotMatched)))
    throw new MongoError(
      2,
      `Enumeration value '${String(whenNotMatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  return {
    target: targetOf(context, spec['into'], '$merge'),
    on: (Array.isArray(on) ? on : [on]).map(String),
    whenMatched,
    whenNotMatched: String(whenNotMatched),
  };
}

function refuseWithoutUniqueIndex({ store }: CommandContext, { target, on }: Merge): void {
  if (on.length === 1 && on[0] === '_id') return;
  const wanted = on.toSorted().join('\0');
  const specs = [...(store.collection(target)?.indexes.values() ?? [])].map(({ spec }) => spec);
  if (!specs.some(({ key, unique }) => unique === true && Object.keys(key).toSorted().join('\0') === wanted))
    throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

function mergeDocument(context: CommandContext, merge: Merge, bytes: Buffer): void {
  const { store } = context;
  const document = decodeDocument(bytes);
  const filter = compileFilter(
    { $and: merge.on.map((path) => ({ [path]: { $eq: valueAt(document, path) ?? null } })) },
    evaluationSettings(context),
  );
  const [existing] =
    '_id' in document || merge.on[0] !== '_id' ? [...(store.collection(merge.target)?.find(filter) ?? [])] : [];
  if (existing === undefined) {
    if (merge.whenNotMatched === 'insert') insertDocument(context, merge.target, bytes);
    else if (merge.whenNotMatched === 'fail')
      throw new MongoError(
        13113,
        '$merge could not find a matching document in the target collection for at least one document in the source collection',
      );
    return;
  }
  const next = mergedVersion(context, merge.whenMatched, existing, document);
  if (next !== undefined) store.replace(merge.target, existing, storedFrom(next));
}

/** `undefined`: the existing document stays as it is. */
function mergedVersion(
  context: CommandContext,
  whenMatched: unknown,
  existing: StoredDocument,
  document: BsonDocument,
): BsonDocument | undefined {
  const previous = readStored(existing);
  if (Array.isArray(whenMatched)) {
    const settings = evaluationSettings(context);
    const update = compileUpdate({ update: whenMatched, filter: {}, arrayFilters: undefined });
    return update({
      now: context.clock.now(),
      isInsert: false,
      document: previous,
      settings: { ...settings, variables: { ...settings.variables, new: document } },
    });
  }
  switch (whenMatched) {
    case 'merge':
      return withIdFirst({ ...previous, ...document }, previous['_id']);
    case 'replace':
      return withIdFirst(document, previous['_id']);
    case 'fail':
      throw new MongoError(11000, `$merge failed due to a DuplicateKey error: _id: ${shellText(previous['_id'])}`);
    default:
      return undefined;
  }
}
