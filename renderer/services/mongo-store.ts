import type { Host } from '../../main/contract/host-api.ts';
import type { MongoQuery, MongoResult } from '../../main/contract/service-schema.ts';
import { createStore, type Store } from '../store/external-store.ts';

export type MongoState = {
  /** `database.collection`. */
  readonly collections: readonly string[];
  readonly failure: string | null;
};

type Answer = { readonly reply?: string; readonly error?: { readonly message: string } };
type Named = { readonly name: string };

const server = 'mongodb://localhost:27017';
/** The server keeps its own accounts in these. */
const ownDatabases: ReadonlySet<string> = new Set(['admin', 'config', 'local']);

/** Which collections there are, and queries on one of them. */
export class MongoStore {
  readonly state: Store<MongoState> = createStore<MongoState>({ collections: [], failure: null });
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async refresh(): Promise<void> {
    try {
      const { databases } = await this.#command<{ databases: readonly Named[] }>('admin', { listDatabases: 1 });
      const own = databases.map(({ name }) => name).filter((name) => !ownDatabases.has(name));
      const found = await Promise.all(own.map((database) => this.#collectionsOf(database)));
      this.#set({ collections: found.flat().toSorted(), failure: null });
    } catch (error) {
      this.#set({ ...this.state.get(), failure: error instanceof Error ? error.message : String(error) });
    }
  }

  /** A refusal of the server is a result with `error`. */
  async query(query: MongoQuery): Promise<MongoResult> {
    return this.#host.request('mongo.query', query);
  }

  async #collectionsOf(database: string): Promise<readonly string[]> {
    const { cursor } = await this.#command<{ cursor: { firstBatch: readonly Named[] } }>(database, {
      listCollections: 1,
      nameOnly: true,
    });
    return cursor.firstBatch.map(({ name }) => `${database}.${name}`).filter((name) => !name.includes('.system.'));
  }

  async #command<Reply>(database: string, command: object): Promise<Reply> {
    const input = { uri: server, database, command: JSON.stringify(command) };
    const { output } = await this.#host.request('services.call', { operation: 'mongodb.command', input });
    const { reply, error } = output as Answer;
    if (error !== undefined) throw new Error(error.message);
    return JSON.parse(reply ?? '{}') as Reply;
  }

  /** The same list again draws nothing anew. */
  #set(next: MongoState): void {
    const { collections, failure } = this.state.get();
    const isSame = failure === next.failure && collections.join() === next.collections.join();
    if (!isSame) this.state.set(next);
  }
}
