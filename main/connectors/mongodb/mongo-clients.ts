import type { MongoClient } from 'mongodb';
import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { driverConnectionString, parseConnectionString } from './connection-string.ts';

/** A client nobody has used for this long is closed: Spark's connector keeps its clients as long. */
const idleMs = 5_000;

type Kept = { readonly client: Promise<MongoClient>; users: number; idle: NodeJS.Timeout | undefined };

/**
 * One client of the driver for each server in use, shared by reads, writes and running queries. Values arrive with their BSON types
 * (`Int32`, `Long`, `Double` …), as Spark's schema depends on them.
 */
export class MongoClients {
  readonly #endpoints: Pick<Endpoints, 'mongodb'>;
  readonly #kept = new Map<string, Kept>();

  constructor(endpoints: Pick<Endpoints, 'mongodb'>) {
    this.#endpoints = endpoints;
  }

  /** Lends the client for the learner's connection string while `work` runs. Rejects with the driver's errors. */
  async use<Answer>(uri: string, work: (client: MongoClient) => Promise<Answer>): Promise<Answer> {
    const kept = await this.#take(uri);
    try {
      return await work(await kept.client);
    } finally {
      this.#giveBack(kept);
    }
  }

  /** As `use`, for work that answers little by little. */
  async *stream<Item>(uri: string, work: (client: MongoClient) => AsyncIterable<Item>): AsyncIterable<Item> {
    const kept = await this.#take(uri);
    try {
      yield* work(await kept.client);
    } finally {
      this.#giveBack(kept);
    }
  }

  async #take(uri: string): Promise<Kept> {
    const address = await driverAddress(this.#endpoints, uri);
    const known = this.#kept.get(address);
    const kept = known ?? { client: openClient(address), users: 0, idle: undefined };
    if (!known) this.#kept.set(address, kept);
    kept.users += 1;
    clearTimeout(kept.idle);
    return kept;
  }

  #giveBack(kept: Kept): void {
    kept.users -= 1;
    if (kept.users > 0) return;
    kept.idle = setTimeout(() => this.#drop(kept), idleMs);
    kept.idle.unref();
  }

  #drop(kept: Kept): void {
    for (const [address, each] of this.#kept) if (each === kept) this.#kept.delete(address);
    void kept.client.then((client) => client.close()).catch(() => undefined);
  }
}

/** Where the server behind a learner's connection string is, as Node's driver takes it. */
export async function driverAddress(endpoints: Pick<Endpoints, 'mongodb'>, uri: string): Promise<string> {
  const resolved = await endpoints.mongodb(uri);
  return driverConnectionString(parseConnectionString(resolved.uri));
}

/** The client connects with its first command, so that a server that is away fails that command and nothing else. */
export async function openClient(address: string): Promise<MongoClient> {
  const { MongoClient: Client } = await import('mongodb');
  return new Client(address, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
}
