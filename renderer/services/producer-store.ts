import type { Host } from '../../main/contract/host-api.ts';
import type { ProducerState } from '../../main/contract/service-schema.ts';
import { createStore, type Store } from '../store/external-store.ts';

/** The script that runs beside the notebook. */
export class ProducerStore {
  readonly state: Store<ProducerState | null> = createStore<ProducerState | null>(null);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    host.on('producer.changed', (state) => this.state.set(state));
    host.onLink((link) => {
      if (link === 'open') void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    const state = await this.#host.request('producer.get', {}).catch(() => null);
    if (state !== null) this.state.set(state);
  }

  /** `path` relative to the data folder. Rejects with the reason. */
  async start(path: string): Promise<void> {
    this.state.set(await this.#host.request('producer.start', { path }));
  }

  async stop(): Promise<void> {
    this.state.set(await this.#host.request('producer.stop', {}));
  }

  /** Python programs in a folder of the data folder. */
  async scripts(folder: string): Promise<readonly string[]> {
    const listed = await this.#host.request('files.list', { folder }).catch(() => null);
    return listed?.entries.filter((entry) => entry.name.endsWith('.py')).map((entry) => entry.path) ?? [];
  }
}
