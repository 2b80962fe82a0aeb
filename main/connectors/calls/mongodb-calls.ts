import type { ClientSession, MongoClient, MongoServerError, MongoServerSelectionError } from 'mongodb';
import * as z from 'zod';
import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { driverAddress, openClient } from '../mongodb/mongo-clients.ts';
import { operation, serviceOperations, type ServiceOperations } from './service-operations.ts';

const commandSchema = z.object({
  uri: z.string(),
  database: z.string().min(1),
  /** Canonical extended JSON, the command's name first. */
  command: z.string(),
});

type Connected = { readonly client: MongoClient; readonly session: ClientSession };

/** A refusal of the server has its code; `reply` is the whole of it. Without a code: no server was found, or the way to it broke. */
export type MongodbRefusal = {
  readonly code: number | null;
  readonly codeName: string;
  readonly message: string;
  readonly errorLabels: readonly string[];
  readonly reply?: string;
};

/**
 * What `pymongo` and the Mongo console ask: `mongodb.command` runs one database command and answers `{ reply }` or `{ error }`. All commands of one kernel to one
 * server share a session, as cursors belong to the session that opened them.
 */
export function mongodbCalls(endpoints: Pick<Endpoints, 'mongodb'>): ServiceOperations {
  const open = new Map<string, Promise<Connected>>();

  const connect = async (uri: string): Promise<Connected> => {
    const address = await driverAddress(endpoints, uri);
    const connected = open.get(address) ?? connectTo(address);
    open.set(address, connected);
    return connected;
  };

  const run = async ({ uri, database, command }: z.output<typeof commandSchema>): Promise<unknown> => {
    const { EJSON } = await import('bson');
    try {
      const { client, session } = await connect(uri);
      const reply = await client
        .db(database)
        .command(EJSON.parse(command, { relaxed: false }), { session, promoteValues: false, bsonRegExp: true });
      return { reply: EJSON.stringify(reply, { relaxed: false }) };
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      const { reply, ...rest } = refusal;
      return { error: { ...rest, ...(reply ? { reply: EJSON.stringify(reply, { relaxed: false }) } : {}) } };
    }
  };

  return serviceOperations({ 'mongodb.command': operation(commandSchema, run) }, async () => {
    const all = [...open.values()];
    open.clear();
    await Promise.allSettled(all.map(async (connected) => (await connected).client.close()));
  });
}

async function connectTo(address: string): Promise<Connected> {
  const client = await openClient(address);
  return { client, session: client.startSession() };
}

type Refused = Omit<MongodbRefusal, 'reply'> & { readonly reply?: object };

function refusalOf(error: unknown): Refused | undefined {
  if (!(error instanceof Error)) return undefined;
  switch (error.name) {
    case 'MongoServerError':
    case 'MongoWriteConcernError': {
      const { code, codeName, errmsg, errorLabels, errorResponse, message } = error as MongoServerError;
      return {
        // A number of BSON, as the driver promotes no value here.
        code: code === undefined ? -1 : Number(code),
        codeName: codeName ?? '',
        message: errmsg ?? message,
        errorLabels: [...errorLabels],
        reply: errorResponse,
      };
    }
    case 'MongoServerSelectionError':
      return {
        code: null,
        codeName: 'ServerSelection',
        message: reasonOf(error as MongoServerSelectionError),
        errorLabels: [],
      };
    case 'MongoNetworkError':
    case 'MongoNetworkTimeoutError':
    case 'PoolClearedOnNetworkError':
      return { code: null, codeName: 'Network', message: 'connection closed', errorLabels: [] };
    default:
      return undefined;
  }
}

/** Why no server was found, in the operating system's words as Python gives them. */
function reasonOf(error: MongoServerSelectionError): string {
  const [server] = [...(error.reason?.servers.values() ?? [])];
  const text = server?.error?.message ?? error.message;
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return '[Errno -2] Name or service not known';
  return /ETIMEDOUT/.test(text) ? 'timed out' : '[Errno 111] Connection refused';
}
