import type { ServiceKind } from '../../engine/api/endpoint.ts';
import type { ServiceChoice, ServiceStatus } from '../../engine/api/service-status.ts';
import type { Host } from '../../main/contract/host-api.ts';
import { createStore, type Store } from '../store/external-store.ts';

export type ServicesState = Readonly<Partial<Record<ServiceKind, ServiceStatus>>>;

/** What the host says of each service, and the choice between Marea's server and the learner's. */
export class ServicesStore {
  readonly state: Store<ServicesState> = createStore<ServicesState>({});
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    host.on('services.changed', ({ services }) => this.#set(services));
    host.onLink((link) => {
      if (link === 'open') void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    const answer = await this.#host.request('services.list', {}).catch(() => null);
    if (answer !== null) this.#set(answer.services);
  }

  /** Starts what the course's address would find. Rejects with the reason. */
  async start(kind: ServiceKind): Promise<void> {
    this.#set((await this.#host.request('services.start', { kind })).services);
  }

  /** The password goes to the host and stays nowhere in the window. */
  async configure(kind: ServiceKind, choice: ServiceChoice): Promise<void> {
    this.#set((await this.#host.request('services.configure', { kind, choice })).services);
  }

  #set(services: readonly ServiceStatus[]): void {
    this.state.set(Object.fromEntries(services.map((service) => [service.kind, service])));
  }
}
