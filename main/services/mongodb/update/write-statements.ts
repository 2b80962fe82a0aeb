import { ObjectId } from 'bson';
import { compileUpdate } from './apply-update.ts';
import {
  bsonTypeOf,
  decodeDocument,
  isDocument,
  maxDocumentBytes,
  withIdFirst,
  type BsonDocument,
} from '../values/bson-document.ts';
import { readStored, storedFrom, type StoredDocument } from '../storage/collection.ts';
import { evaluationSettings, type CommandContext } from '../commands/command-context.ts';
import { setNested } from '../values/document-path.ts';
import type { Namespace } from '../storage/document-store.ts';
import { compileFilter, type Filter } from '../query/match-filter.ts';
import { MongoError } from '../mongo-error.ts';

type UpdateRequest = {
  readonly filter: unknown;
  readonly update: unknown;
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
  readonly arrayFilters?: unknown;
  /** Which of the matching documents is updated; the first one when it is not given. */
  readonly choose?: (found: readonly StoredDocument[]) => readonly StoredDocument[];
};

type UpdateResult = {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: unknown;
  /** Before and after, for an update of one document. */
  readonly before?: BsonDocument;
  readonly after?: BsonDocument;
};

/** Stores the document as it was sent, after giving it an `_id` or moving it to the front where need be. */
export function insertDocument({ store, clock }: CommandContext, namespace: Namespace, bytes: Buffer): void {
  if (bytes.length > maxDocumentBytes)
    throw new MongoError(
      2,
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${maxDocumentBytes}`,
    );
  const document = decodeDocument(bytes);
  if (Object.keys(document)[0] === '_id') {
    checkId(document['_id']);
    // The message the bytes came in is not kept alive by one document of it.
    store.insert(namespace, { bytes: Buffer.from(bytes), document });
    return;
  }
  const id = '_id' in document ? document['_id'] : newObjectId(clock.now());
  checkId(id);
  store.insert(namespace, storedFrom(withIdFirst(document, id)));
}

/** ObjectIds carry the clock's seconds: with a virtual clock they tell the time that the learner sees. */
const newObjectId = (now: number): ObjectId => new ObjectId(ObjectId.generate(Math.floor(now / 1000)));

function checkId(id: unknown): void {
  const refused = Array.isArray(id)
    ? 'array'
    : bsonTypeOf(id) === 'BSONRegExp'
      ? 'regex'
      : id === undefined
        ? 'undefined'
        : null;
  if (refused !== null) throw new MongoError(53, `The '_id' value cannot be of type ${refused}`);
}

/**
 * Updates the first matching document or all of them, or inserts one. Throws `MongoError`; as in MongoDB, the documents of an update of many that came
 * before the one that fails stay updated.
 */
export function updateStatement(context: CommandContext, namespace: Namespace, request: UpdateRequest): UpdateResult {
  const settings = evaluationSettings(context);
  const filterDocument = requireDocument(request.filter, 'q');
  const filter = compileFilter(filterDocument, settings);
  const update = compileUpdate({ update: request.update, filter: filterDocument, arrayFilters: request.arrayFilters });
  if (update.isReplacement === true && request.isMulti)
    throw new MongoError(9, 'multi update is not supported for replacement-style update');
  const found = findTargets(context, namespace, filter, request);
  const updateContext = { now: context.clock.now(), settings };
  if (found.length === 0 && request.isUpsert) {
    const base = upsertBase(filter, update.isReplacement === true);
    return insertUpserted(context, namespace, update({ ...updateContext, isInsert: true, document: base }));
  }
  let modified = 0;
  let last: readonly [StoredDocument, StoredDocument] | undefined;
  for (const previous of found) {
    const next = checkedSize(storedFrom(update({ ...updateContext, isInsert: false, document: readStored(previous) })));
    last = [previous, next];
    if (previous.bytes.equals(next.bytes)) continue;
    context.store.replace(namespace, previous, next);
    modified += 1;
  }
  const versions = last === undefined ? {} : { before: readStored(last[0]), after: readStored(last[1]) };
  return { matched: found.length, modified, ...versions };
}

function insertUpserted({ store, clock }: CommandContext, namespace: Namespace, document: BsonDocument): UpdateResult {
  const after = '_id' in document ? document : withIdFirst(document, newObjectId(clock.now()));
  checkId(after['_id']);
  store.insert(namespace, checkedSize(storedFrom(after)));
  return { matched: 1, modified: 0, upsertedId: after['_id'], after };
}

function findTargets(
  { store }: CommandContext,
  namespace: Namespace,
  filter: Filter,
  { isMulti, choose }: Pick<UpdateRequest, 'isMulti' | 'choose'>,
): readonly StoredDocument[] {
  const matching = store.collection(namespace)?.find(filter);
  if (matching === undefined) return [];
  if (isMulti) return [...matching];
  if (choose !== undefined) return choose([...matching]);
  const first = matching.next();
  return first.done === true ? [] : [first.value];
}

function checkedSize(stored: StoredDocument): StoredDocument {
  if (stored.bytes.length > maxDocumentBytes)
    throw new MongoError(17419, `Resulting document after update is larger than ${maxDocumentBytes}`);
  return stored;
}

/** What an upsert starts from: the fields that the filter says must equal a value; for a replacement only `_id`. */
function upsertBase({ equalities }: Filter, isReplacement: boolean): BsonDocument {
  const document: BsonDocument = {};
  for (const [path, value] of equalities) if (!isReplacement || path === '_id') setNested(document, path, value);
  return '_id' in document ? withIdFirst(document, document['_id']) : document;
}

/** Answers how many documents went. */
export function deleteStatement(
  context: CommandContext,
  namespace: Namespace,
  query: unknown,
  isSingle: boolean,
): number {
  const filter = compileFilter(requireDocument(query, 'q'), evaluationSettings(context));
  const removed = findTargets(context, namespace, filter, { isMulti: !isSingle });
  context.store.remove(namespace, removed);
  return removed.length;
}

export function requireDocument(value: unknown, field: string): BsonDocument {
  if (!isDocument(value)) throw new MongoError(14, `BSON field '${field}' is the wrong type, expected type 'object'`);
  return value;
}
