import type { Endpoint, Endpoints } from '../../../engine/api/endpoint.ts';
import type { RelationalAddress, RelationalClient } from '../../../engine/api/relational-client.ts';
import type { EmbeddedServices } from '../../services/embedded-services.ts';
import { courseLogin } from '../host-services.ts';

/** Whatever address a program names, it reaches the replay's own servers: nothing of a hand-in touches a network. */
export class ReplayEndpoints implements Endpoints {
  readonly #embedded: EmbeddedServices;

  constructor(embedded: EmbeddedServices) {
    this.#embedded = embedded;
  }

  async kafka(): Promise<readonly Endpoint[]> {
    // The port of the course may be a server of this machine.
    return [{ host: '127.0.0.1', port: await this.#embedded.port('kafka', true), embedded: true }];
  }

  async mongodb(uri: string): Promise<{ readonly uri: string; readonly embedded: boolean }> {
    const port = await this.#embedded.port('mongodb', true);
    return { uri: uri.replace(/^(mongodb:\/\/)([^/?]*)/, `$1127.0.0.1:${port}`), embedded: true };
  }

  /** Who may log in was decided where it was recorded. */
  relational({ database }: Pick<RelationalAddress, 'database'>): Promise<RelationalClient> {
    return this.#embedded.connect({ ...courseLogin, database, user: 'root', password: '' });
  }

  /** Lines come from the record, not from a socket. */
  lines(host: string, port: number): Promise<Endpoint> {
    return Promise.resolve({ host, port, embedded: true });
  }
}
