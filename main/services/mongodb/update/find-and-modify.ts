import type { BsonDocument } from '../values/bson-document.ts';
import { readStored, type StoredDocument } from '../storage/collection.ts';
import { commandNamespace, evaluationSettings, type CommandContext } from '../commands/command-context.ts';
import type { Namespace } from '../storage/document-store.ts';
import { compileFindProjection } from '../query/find-projection.ts';
import { compileFilter } from '../query/match-filter.ts';
import { MongoError } from '../mongo-error.ts';
import { compileSort } from '../query/sort-documents.ts';
import { refuseUnsupported } from '../commands/unsupported-options.ts';
import { requireDocument, updateStatement } from './write-statements.ts';

/** `findAndModify`: changes or removes one document and answers with it, as it was or as it is. */
export function findAndModify(context: CommandContext): BsonDocument {
  const { command } = context;
  const namespace = commandNamespace(context);
  refuseUnsupported(command, ['collation']);
  const isRemove = command['remove'] === true;
  if (isRemove && command['update'] !== undefined)
    throw new MongoError(9, "Cannot specify both an 'update' and 'remove'=true");
  if (!isRemove && command['update'] === undefined)
    throw new MongoError(9, "Either an update or 'remove'=true must be specified");
  return isRemove ? removeOne(context, namespace) : updateOne(context, namespace);
}

/** The first in the command's order. */
function chooser({ command }: CommandContext): (found: readonly StoredDocument[]) => readonly StoredDocument[] {
  const compare = command['sort'] === undefined ? undefined : compileSort(command['sort']);
  return (found) =>
    compare === undefined
      ? found.slice(0, 1)
      : found.toSorted((left, right) => compare(readStored(left), readStored(right))).slice(0, 1);
}

function removeOne(context: CommandContext, namespace: Namespace): BsonDocument {
  const { command, store } = context;
  if (command['new'] === true)
    throw new MongoError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  const filter = compileFilter(requireDocument(command['query'] ?? {}, 'query'), evaluationSettings(context));
  const [removed] = chooser(context)([...(store.collection(namespace)?.find(filter) ?? [])]);
  const value = removed === undefined ? null : shown(context, readStored(removed));
  if (removed !== undefined) store.remove(namespace, [removed]);
  return { lastErrorObject: { n: removed === undefined ? 0 : 1 }, value };
}

function updateOne(context: CommandContext, namespace: Namespace): BsonDocument {
  const { command } = context;
  const result = updateStatement(context, namespace, {
    filter: command['query'] ?? {},
    update: command['update'],
    isMulti: false,
    isUpsert: command['upsert'] === true,
    arrayFilters: command['arrayFilters'],
    choose: chooser(context),
  });
  const document = command['new'] === true ? result.after : result.before;
  return {
    lastErrorObject: {
      n: result.matched,
      updatedExisting: result.matched > 0 && result.upsertedId === undefined,
      ...(result.upsertedId === undefined ? {} : { upserted: result.upsertedId }),
    },
    value: document === undefined ? null : shown(context, document),
  };
}

function shown(context: CommandContext, document: BsonDocument): BsonDocument {
  const filter = requireDocument(context.command['query'] ?? {}, 'query');
  const project = compileFindProjection(context.command['fields'], filter, evaluationSettings(context));
  return project === undefined ? document : project(document);
}
