import { hostname } from 'node:os';
import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { collectionStats } from '../storage/collection-stats.ts';
import type { CommandContext } from '../commands/command-context.ts';
import { longOf } from '../values/bson-number.ts';
import type { Namespace } from '../storage/document-store.ts';
import { MongoError } from '../mongo-error.ts';

type Source = (context: CommandContext, namespace: Namespace | undefined, spec: unknown) => readonly BsonDocument[];

const collStats: Source = ({ store, clock, server }, namespace, spec) => {
  const collection = namespace === undefined ? undefined : store.collection(namespace);
  if (namespace === undefined || collection === undefined)
    throw new MongoError(26, `Collection [${namespace?.text ?? ''}] not found.`);
  const asked = isDocument(spec) ? spec : {};
  return [
    {
      ns: namespace.text,
      host: `${hostname()}:${server.port}`,
      localTime: new Date(clock.now()),
      ...('storageStats' in asked ? { storageStats: collectionStats(collection) } : {}),
      ...('count' in asked ? { count: collection.size } : {}),
    },
  ];
};

const indexStats: Source = ({ store, clock, server }, namespace) => {
  const indexes = namespace === undefined ? undefined : store.collection(namespace)?.indexes.values();
  return [...(indexes ?? [])].map(({ spec }) => ({
    name: spec.name,
    key: spec.key,
    host: `${hostname()}:${server.port}`,
    accesses: { ops: longOf(0), since: new Date(clock.now()) },
    spec: { ...spec },
  }));
};

const documents: Source = (_context, _namespace, spec) => {
  if (!Array.isArray(spec) || !spec.every(isDocument)) throw new MongoError(5858203, 'an array is expected');
  return spec;
};

/** Stages that are not fed by a collection's documents. */
const sources: Readonly<Record<string, Source>> = {
  $collStats: collStats,
  $indexStats: indexStats,
  $documents: documents,
  $currentOp: () => [],
  $listLocalSessions: () => [],
  $listSessions: () => [],
};

export const isSourceStage = (name: string): boolean => name in sources;

export function sourceDocuments(
  context: CommandContext,
  namespace: Namespace | undefined,
  name: string,
  spec: unknown,
): readonly BsonDocument[] {
  return sources[name]?.(context, namespace, spec) ?? [];
}
