import { join } from 'node:path';
import type { Clock } from '../../engine/core/clock.ts';
import type { RelationalAddress, RelationalClient } from '../../engine/api/relational-client.ts';
import type { EmbeddedKind } from './embedded-messages.ts';
import { EmbeddedProcess } from './embedded-process.ts';
import { takeFolder, type OwnFolder } from './own-folder.ts';
import type { RelationalStore } from './relational/relational-store.ts';

/** The ports of the course's code, then those that are free on most machines. */
const preferredPorts: Readonly<Record<EmbeddedKind, number>> = { kafka: 9092, mongodb: 27_017 };
const fallbackPorts: Readonly<Record<EmbeddedKind, number>> = { kafka: 19_092, mongodb: 37_017 };
const fallbacks = 20;

/** Where one embedded service is now. */
export type EmbeddedState =
  | { readonly state: 'stopped' | 'starting' }
  | { readonly state: 'running'; readonly port: number | null }
  | { readonly state: 'failed'; readonly error: string };

/**
 * The servers that offline work needs, each started when first asked for. Kafka and MongoDB run in a child process, the relational store here: DuckDB wants the
 * main thread. Their data lies under one folder that no other process uses.
 */
export class EmbeddedServices {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #process: EmbeddedProcess;
  readonly #states = new Map<EmbeddedKind | 'relational', EmbeddedState>();
  readonly #ports = new Map<EmbeddedKind, Promise<number>>();
  #taken: Promise<OwnFolder> | undefined;
  #store: Promise<RelationalStore> | undefined;

  constructor(options: { readonly folder: string; readonly clock: Clock; readonly onChange: () => void }) {
    this.#folder = options.folder;
    this.#clock = options.clock;
    this.#onChange = options.onChange;
    this.#process = new EmbeddedProcess((isBack) => this.#processEnded(isBack));
  }

  state(kind: EmbeddedKind | 'relational'): EmbeddedState {
    return this.#states.get(kind) ?? { state: 'stopped' };
  }

  /** Answers the port of the running server; starts it when it is not. `skipsPreferred`: a real server is on the port of the course. */
  port(kind: EmbeddedKind, skipsPreferred: boolean): Promise<number> {
    const known = this.#ports.get(kind);
    if (known) return known;
    const starting = this.#start(kind, skipsPreferred);
    this.#ports.set(kind, starting);
    starting.catch(() => this.#ports.delete(kind));
    return starting;
  }

  isRunning(kind: EmbeddedKind): boolean {
    return this.state(kind).state === 'running';
  }

  async connect(address: RelationalAddress): Promise<RelationalClient> {
    const store = await this.#openStore();
    return store.connect(address);
  }

  async figures(kind: EmbeddedKind | 'relational'): Promise<{ readonly bytes: number; readonly connections: number }> {
    if (this.state(kind).state !== 'running') return { bytes: 0, connections: 0 };
    if (kind !== 'relational') return this.#process.figures(kind);
    const { bytes, connections } = (await this.#openStore()).status();
    return { bytes, connections };
  }

  /** Topics, or databases and `database.collection`s. Nothing is started for it. */
  async drop(kind: EmbeddedKind, names: readonly string[]): Promise<void> {
    if (this.isRunning(kind)) await this.#process.drop(kind, names);
  }

  /** The tables of the course as they were on the first day. */
  async resetRelational(): Promise<void> {
    await (await this.#openStore()).reset();
    this.#onChange();
  }

  async close(): Promise<void> {
    const store = await this.#store?.catch(() => undefined);
    await Promise.allSettled([this.#process.close(), store?.close()]);
    await (await this.#taken?.catch(() => undefined))?.release();
  }

  async #start(kind: EmbeddedKind, skipsPreferred: boolean): Promise<number> {
    this.#change(kind, { state: 'starting' });
    try {
      const first = fallbackPorts[kind];
      const others = Array.from({ length: fallbacks }, (_, index) => first + index);
      const ports = skipsPreferred ? others : [preferredPorts[kind], ...others];
      const port = await this.#process.start(kind, join(await this.#path(), kind), ports);
      this.#change(kind, { state: 'running', port });
      return port;
    } catch (error) {
      this.#change(kind, { state: 'failed', error: (error as Error).message });
      throw error;
    }
  }

  #openStore(): Promise<RelationalStore> {
    this.#store ??= (async () => {
      this.#change('relational', { state: 'starting' });
      try {
        const { RelationalStore: Store } = await import('./relational/relational-store.ts');
        const store = await Store.open({ folder: join(await this.#path(), 'relational'), clock: this.#clock });
        this.#change('relational', { state: 'running', port: null });
        return store;
      } catch (error) {
        this.#change('relational', { state: 'failed', error: (error as Error).message });
        this.#store = undefined;
        throw error;
      }
    })();
    return this.#store;
  }

  async #path(): Promise<string> {
    this.#taken ??= takeFolder(this.#folder);
    return (await this.#taken).path;
  }

  #processEnded(isBack: boolean): void {
    for (const kind of this.#ports.keys()) {
      if (isBack) continue;
      this.#ports.delete(kind);
      this.#change(kind, { state: 'failed', error: 'the service process ended too often' });
    }
    this.#onChange();
  }

  #change(kind: EmbeddedKind | 'relational', state: EmbeddedState): void {
    this.#states.set(kind, state);
    this.#onChange();
  }
}

export const preferredPort = (kind: EmbeddedKind | 'relational'): number =>
  kind === 'relational' ? 3306 : preferredPorts[kind];
