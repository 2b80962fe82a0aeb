import { EJSON } from 'bson';
import type { MongodbRefusal } from '../connectors/calls/mongodb-calls.ts';
import { parseShellJson } from '../connectors/mongodb/shell-json.ts';
import type { MongoQuery, MongoResult } from '../contract/service-schema.ts';

type Reply = {
  readonly cursor?: {
    readonly id: unknown;
    readonly firstBatch: readonly Readonly<Record<string, unknown>>[];
  };
};
type Answer = { readonly reply?: string; readonly error?: MongodbRefusal };
type Call = (operation: string, input: unknown) => Promise<unknown>;

/** The course's server; which one answers there is chosen as for the learner's code. */
const courseUri = 'mongodb://localhost:27017';
/** The most documents that one answer brings. */
const mostDocuments = 1000;

/** The Mongo panel's queries. Filter, order and stages are written as in `mongosh`: `{a: 1}`, `ISODate("…")`. */
export async function queryMongo(call: Call, query: MongoQuery): Promise<MongoResult> {
  const began = performance.now();
  const ended = (part: Partial<MongoResult>): MongoResult => ({
    documents: [],
    hasMore: false,
    error: null,
    ...part,
    durationMs: performance.now() - began,
  });
  try {
    const command = EJSON.stringify(commandOf(query), { relaxed: false });
    const answer = (await call('mongodb.command', { uri: courseUri, database: query.database, command })) as Answer;
    if (answer.error) return ended({ error: refusalText(answer.error) });
    const { cursor } = JSON.parse(answer.reply ?? '{}') as Reply;
    const found = cursor?.firstBatch ?? [];
    const limit = query.kind === 'find' ? query.limit : mostDocuments;
    return ended({ documents: found.slice(0, limit), hasMore: found.length > limit });
  } catch (error) {
    return ended({ error: error instanceof Error ? error.message : String(error) });
  }
}

function commandOf(query: MongoQuery): object {
  const { collection } = query;
  switch (query.kind) {
    case 'find':
      return {
        find: collection,
        filter: documentOf(query.filter),
        sort: documentOf(query.sort),
        // One more than is shown tells whether there are more.
        limit: query.limit + 1,
        batchSize: query.limit + 1,
        singleBatch: true,
      };
    case 'aggregate':
      return { aggregate: collection, pipeline: stagesOf(query.pipeline), cursor: { batchSize: mostDocuments + 1 } };
  }
}

const documentOf = (text: string): unknown => (text.trim() === '' ? {} : parseShellJson(text));

/** A single stage may stand without its brackets. */
function stagesOf(text: string): readonly unknown[] {
  const value = text.trim() === '' ? [] : parseShellJson(text);
  return Array.isArray(value) ? value : [value];
}

const refusalText = ({ code, codeName, message }: MongodbRefusal): string =>
  code === null || code === -1 ? message : `${codeName} (${code}): ${message}`;
