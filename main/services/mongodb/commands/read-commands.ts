import { encodeDocument, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { longOf, toDouble, wholeNumber, isBsonNumber } from '../values/bson-number.ts';
import { compareValues } from '../values/bson-order.ts';
import { readStored, type Collection, type StoredDocument } from '../storage/collection.ts';
import { commandNamespace, evaluationSettings, type CommandContext, type CommandTable } from './command-context.ts';
import { valuesAt, withElements } from '../values/document-path.ts';
import { compileFindProjection } from '../query/find-projection.ts';
import { compileFilter } from '../query/match-filter.ts';
import { MongoError } from '../mongo-error.ts';
import { compileSort } from '../query/sort-documents.ts';
import { valueKey } from '../values/value-key.ts';
import { refuseUnsupported } from './unsupported-options.ts';

function find(context: CommandContext): Buffer {
  const { command, store, cursors } = context;
  const namespace = commandNamespace(context);
  refuseUnsupported(command, ['collation', 'returnKey', 'showRecordId', 'min', 'max']);
  if (command['tailable'] === true)
    throw new MongoError(
      2,
      `error processing query: ns=${namespace.text} tailable cursor requested on non capped collection`,
    );
  const filter = documentOption('find', command, 'filter');
  const project = compileFindProjection(command['projection'], filter, evaluationSettings(context));
  const collection = store.collection(namespace);
  const found = matching(context, collection, filter);
  const bytes =
    project === undefined
      ? found.map((stored) => stored.bytes)
      : found.map((stored) => encodeDocument(project(readStored(stored))));
  return cursors.start(namespace.text, bytes, {
    batchSize: command['batchSize'],
    isSingleBatch: command['singleBatch'] === true,
  });
}

/** What `filter`, `sort`, `skip` and `limit` of a command leave of a collection. */
function matching(
  context: CommandContext,
  collection: Collection | undefined,
  filter: BsonDocument,
): readonly StoredDocument[] {
  const { command } = context;
  const compiled = compileFilter(filter, evaluationSettings(context));
  const compare = command['sort'] === undefined ? undefined : compileSort(command['sort']);
  const skip = countOption('skip', command['skip']);
  const limit = Math.abs(countOption('limit', command['limit'], true)) || Number.POSITIVE_INFINITY;
  if (collection === undefined) return [];
  checkHint(command['hint'], collection);
  const found: StoredDocument[] = [];
  for (const stored of collection.find(compiled)) {
    found.push(stored);
    if (compare === undefined && found.length >= skip + limit) break;
  }
  if (compare !== undefined) found.sort((left, right) => compare(readStored(left), readStored(right)));
  return found.slice(skip, skip + limit);
}

/** Only collection scans are run, so a hint is checked and otherwise has no effect. */
function checkHint(hint: unknown, collection: Collection): void {
  if (hint === undefined || (isDocument(hint) && (Object.keys(hint).length === 0 || '$natural' in hint))) return;
  const isKnown = [...collection.indexes.values()].some(({ spec }) =>
    typeof hint === 'string' ? spec.name === hint : valueKey(spec.key) === valueKey(hint),
  );
  if (!isKnown)
    throw new MongoError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
}

function documentOption(name: string, command: BsonDocument, option: string): BsonDocument {
  const value = command[option] ?? {};
  if (!isDocument(value))
    throw new MongoError(14, `BSON field '${name}.${option}' is the wrong type, expected type 'object'`);
  return value;
}

function countOption(name: string, value: unknown, mayBeNegative = false): number {
  if (value === undefined || value === null) return 0;
  const whole = isBsonNumber(value) ? wholeNumber(Math.trunc(toDouble(value))) : null;
  if (whole === null) throw new MongoError(14, `BSON field '${name}' is the wrong type, expected a number`);
  if (whole < 0 && !mayBeNegative)
    throw new MongoError(51024, `BSON field '${name}' value must be >= 0, actual value '${whole}'`);
  return whole;
}

function count(context: CommandContext): BsonDocument {
  refuseUnsupported(context.command, ['collation']);
  const collection = context.store.collection(commandNamespace(context));
  return { n: matching(context, collection, documentOption('count', context.command, 'query')).length };
}

function distinct(context: CommandContext): BsonDocument {
  const { command, store } = context;
  refuseUnsupported(command, ['collation']);
  const path = command['key'];
  if (typeof path !== 'string')
    throw new MongoError(14, `BSON field 'distinct.key' is the wrong type, expected type 'string'`);
  const filter = documentOption('distinct', command, 'query');
  const values = new Map<string, unknown>();
  for (const stored of matching(context, store.collection(commandNamespace(context)), filter)) {
    const found = valuesAt(readStored(stored), path);
    for (const value of withElements(found))
      if (value !== undefined && !(Array.isArray(value) && found.includes(value))) values.set(valueKey(value), value);
  }
  return { values: [...values.values()].toSorted(compareValues) };
}

function getMore({ command, cursors }: CommandContext): Buffer {
  return cursors.next(cursorId(command['getMore']), command['batchSize']);
}

function killCursors({ command, cursors }: CommandContext): BsonDocument {
  const ids = command['cursors'];
  if (!Array.isArray(ids))
    throw new MongoError(14, `BSON field 'killCursors.cursors' is the wrong type, expected type 'array'`);
  return cursors.kill(ids.map(cursorId));
}

function cursorId(value: unknown): bigint {
  const whole = wholeNumber(value);
  if (whole === null) throw new MongoError(43, `cursor id ${String(value)} not found`);
  return longOf(whole).toBigInt();
}

/** Queries and their cursors. */
export const readCommands: CommandTable = { find, count, distinct, getMore, killCursors };
