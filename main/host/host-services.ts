import { join } from 'node:path';
import type { ServiceKind } from '../../engine/api/endpoint.ts';
import type { ServiceChoice, ServiceStatus } from '../../engine/api/service-status.ts';
import type { Clock } from '../../engine/core/clock.ts';
import { EmbeddedServices, preferredPort } from '../services/embedded-services.ts';
import { LineServers, type LineServersOptions } from '../services/lines/line-servers.ts';
import { ServiceEndpoints } from '../services/service-endpoints.ts';

export type HostServicesOptions = {
  /** Where the embedded servers keep their data. */
  readonly folder: string;
  readonly clock: Clock;
  /** Something in `status` changed. */
  readonly onChange?: () => void;
  readonly onLine?: LineServersOptions['onLine'];
};

const kinds: readonly ServiceKind[] = ['lines', 'kafka', 'relational', 'mongodb'];
const automatic: ServiceChoice = { mode: 'automatic' };

/** The embedded servers of one host, and the chooser between them and the learner's own. Nothing starts before somebody asks. */
export class HostServices {
  readonly embedded: EmbeddedServices;
  readonly lines: LineServers;
  readonly endpoints: ServiceEndpoints;
  readonly #onChange: () => void;
  readonly #choices = new Map<ServiceKind, ServiceChoice>();
  readonly #real = new Map<ServiceKind, string>();

  constructor({ folder, clock, onChange = () => undefined, onLine }: HostServicesOptions) {
    this.#onChange = onChange;
    this.embedded = new EmbeddedServices({ folder, clock, onChange });
    this.lines = new LineServers({ onChange, ...(onLine ? { onLine } : {}) });
    this.endpoints = new ServiceEndpoints({
      embedded: this.embedded,
      lines: this.lines,
      connectReal: async (address) => {
        const { connectMysql } = await import('../connectors/jdbc/mysql-client.ts');
        return connectMysql(address);
      },
      choice: (kind) => this.#choices.get(kind) ?? automatic,
      onReal: (kind, address) => this.#foundReal(kind, address),
    });
  }

  choose(kind: ServiceKind, choice: ServiceChoice): void {
    this.#choices.set(kind, choice);
    this.#real.delete(kind);
    this.#onChange();
  }

  /** Starts, or finds, what the course's address leads to. */
  async start(kind: ServiceKind): Promise<void> {
    switch (kind) {
      case 'kafka':
        await this.endpoints.kafka('localhost:9092');
        return;
      case 'mongodb':
        await this.endpoints.mongodb('mongodb://localhost:27017');
        return;
      case 'relational': {
        const client = await this.endpoints.relational(courseLogin);
        await client.close();
        return;
      }
      case 'lines':
        await this.endpoints.lines('localhost', 9999);
    }
  }

  async status(): Promise<readonly ServiceStatus[]> {
    return Promise.all(kinds.map((kind) => this.#statusOf(kind)));
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.embedded.close(), this.lines.closeAll()]);
  }

  #foundReal(kind: ServiceKind, address: string): void {
    if (this.#real.get(kind) === address) return;
    this.#real.set(kind, address);
    this.#onChange();
  }

  async #statusOf(kind: ServiceKind): Promise<ServiceStatus> {
    const { mode } = this.#choices.get(kind) ?? automatic;
    const stopped = { kind, mode, isOtherPort: false, bytes: 0, connections: 0, error: null };
    if (kind === 'lines') {
      const servers = this.lines.list();
      const [first] = servers;
      if (!first) return { ...stopped, state: 'stopped', address: null };
      const connections = servers.reduce((sum, server) => sum + server.clients, 0);
      return { ...stopped, state: 'running', address: `127.0.0.1:${first.port}`, connections };
    }
    const state = this.embedded.state(kind);
    const real = this.#real.get(kind) ?? (mode === 'real' ? this.#choices.get(kind)?.address : undefined);
    if (real !== undefined && state.state !== 'running') return { ...stopped, state: 'real', address: real };
    if (state.state === 'failed') return { ...stopped, state: 'failed', address: null, error: state.error };
    if (state.state !== 'running') return { ...stopped, state: state.state, address: null };
    const figures = await this.embedded.figures(kind).catch(() => ({ bytes: 0, connections: 0 }));
    const { port } = state;
    return {
      ...stopped,
      ...figures,
      state: 'running',
      address: port === null ? null : `127.0.0.1:${port}`,
      isOtherPort: port !== null && port !== preferredPort(kind),
    };
  }
}

/** The login of the course's code. */
export const courseLogin = { host: 'localhost', port: 3306, database: undefined, user: 'iabd', password: 'iabd' };

/** Beside the notebooks, out of their sight. */
export const servicesFolder = (dataFolder: string): string => join(dataFolder, '.marea-services');
