import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Db, type Document } from 'mongodb';
import { systemClock, type Clock } from '../../../../engine/core/clock.ts';
import { MongoServer, type MongoServerOptions } from '../../../../main/services/mongodb/mongo-server.ts';

export type TestServer = {
  readonly server: MongoServer;
  readonly client: MongoClient;
  readonly db: Db;
  readonly folder: string;
  readonly stop: () => Promise<void>;
};

/** A clock that stands at the course's first event. */
export const courseClock: Clock = { ...systemClock, now: () => Date.UTC(2023, 2, 29, 7, 45, 28, 714) };

/** A server on a free port with its own folder, and a driver connected to it. */
export async function startTestServer(options: Partial<MongoServerOptions> = {}): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'mongo-'));
  const server = await MongoServer.start({ folder, port: 0, clock: systemClock, ...options });
  const client = await MongoClient.connect(`mongodb://127.0.0.1:${server.port}`);
  const stop = async (): Promise<void> => {
    await client.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, client, db: client.db('iabd'), folder, stop };
}

/** A document of any shape: the driver's own types want an ObjectId as `_id` of a literal. */
export const anyDocument = (document: Document): Document => document;

/** The refusal of a command, as the driver sees it. */
export async function refusal(action: Promise<unknown>): Promise<{ code: number; codeName: unknown; message: string }> {
  try {
    await action;
  } catch (error) {
    const { code, codeName, message } = error as { code?: unknown; codeName?: unknown; message: string };
    // A number of BSON where the driver does not promote values.
    return { code: Number(code), codeName, message };
  }
  throw new Error('the server accepted it');
}

/** The types of a document's fields, as BSON has them. */
export async function storedTypes(db: Db, collection: string, filter: Document = {}): Promise<Record<string, string>> {
  const document = await db.collection(collection).findOne(filter, { promoteValues: false, projection: { _id: 0 } });
  return Object.fromEntries(
    Object.entries(document ?? {}).map(([field, value]) => [
      field,
      (value as { _bsontype?: string } | null)?._bsontype ??
        (value === null ? 'null' : (value as object).constructor.name),
    ]),
  );
}

/** A value that was read without promotion, with its BSON type. */
export const typed = (result: unknown): string => {
  const { _bsontype: type } = (result ?? {}) as { _bsontype?: string };
  return type === undefined ? JSON.stringify(result) : `${type} ${String(result)}`;
};
