import type { ReplayedStore, StoreRows } from '../../grading/replay-outcome.ts';
import type { EmbeddedServices } from '../../services/embedded-services.ts';
import { isCollection } from './store-rows.ts';

/** More versions of its rows than an exercise makes. */
const mostSeen = 20_000;

/** What tables and collections of a replay hold, batch after batch. A server that no program has used is not started for it. */
export class StoreWatch {
  readonly #embedded: Pick<EmbeddedServices, 'state'>;
  readonly #read: (name: string) => Promise<StoreRows | null>;
  readonly #stores: Map<string, { rows: StoreRows | null; readonly seen: Map<string, readonly string[]> }>;

  constructor(
    names: readonly string[],
    embedded: Pick<EmbeddedServices, 'state'>,
    read: (name: string) => Promise<StoreRows | null>,
  ) {
    this.#embedded = embedded;
    this.#read = read;
    this.#stores = new Map(names.map((name) => [name, { rows: null, seen: new Map() }]));
  }

  async look(): Promise<void> {
    for (const [name, store] of this.#stores) {
      const { state } = this.#embedded.state(isCollection(name) ? 'mongodb' : 'relational');
      if (state !== 'running') continue;
      store.rows = await this.#read(name);
      for (const row of store.rows ?? []) if (store.seen.size < mostSeen) store.seen.set(JSON.stringify(row), row);
    }
  }

  get found(): readonly ReplayedStore[] {
    return [...this.#stores].map(([name, { rows, seen }]) => ({ name, rows, seen: [...seen.values()] }));
  }
}
