import type { Endpoint, Endpoints, ServiceKind } from '../../engine/api/endpoint.ts';
import { RelationalError, type RelationalAddress, type RelationalClient } from '../../engine/api/relational-client.ts';
import type { ServiceChoice } from '../../engine/api/service-status.ts';
import type { EmbeddedKind } from './embedded-messages.ts';
import { preferredPort, type EmbeddedServices } from './embedded-services.ts';
import { answersHandshake } from './handshake.ts';
import type { LineServers } from './lines/line-servers.ts';
import { isOwnHost, reachableHost, splitAddress } from './own-host.ts';

export type EndpointsOptions = {
  readonly embedded: Pick<EmbeddedServices, 'state' | 'port' | 'connect'>;
  readonly lines: Pick<LineServers, 'open' | 'has' | 'isCoursePort'>;
  /** Opens a connection to a real MariaDB or MySQL. */
  readonly connectReal: (address: RelationalAddress) => Promise<RelationalClient>;
  readonly choice: (kind: ServiceKind) => ServiceChoice;
  /** A real server answered and is used. */
  readonly onReal: (kind: ServiceKind, address: string) => void;
  /** Whether a real server answers; absent: asks the network. */
  readonly answers?: typeof answersHandshake;
};

/**
 * The endpoint chooser. Ours stands in only for names of this machine at the port of the course: any other address is the learner's own, and its
 * failures are the client's own.
 */
export class ServiceEndpoints implements Endpoints {
  readonly #options: EndpointsOptions;
  readonly #answers: typeof answersHandshake;

  constructor(options: EndpointsOptions) {
    this.#options = options;
    this.#answers = options.answers ?? answersHandshake;
  }

  async kafka(bootstrapServers: string): Promise<readonly Endpoint[]> {
    const chosen = this.#chosenAddress('kafka');
    if (chosen) return [{ ...chosen, embedded: false }];
    const addresses = bootstrapServers.split(',').flatMap((text) => splitAddress(text) ?? []);
    for (const address of addresses) {
      const endpoint = await this.#embeddedFor('kafka', address);
      if (endpoint) return [endpoint];
    }
    return addresses.map(({ host, port }) => ({ host: reachableHost(host), port, embedded: false }));
  }

  async mongodb(uri: string): Promise<{ readonly uri: string; readonly embedded: boolean }> {
    const match = /^(mongodb:\/\/)([^@/]*@)?([^/?]*)(.*)$/.exec(uri);
    if (!match) return { uri, embedded: false };
    const [, scheme = '', login = '', hosts = '', rest = ''] = match;
    const chosen = this.#chosenAddress('mongodb');
    if (chosen) {
      const { user, password } = this.#options.choice('mongodb');
      const own = user ? `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@` : login;
      return { uri: `${scheme}${own}${chosen.host}:${chosen.port}${rest}`, embedded: false };
    }
    const first = hosts.split(',')[0] ?? '';
    const address = splitAddress(first) ?? { host: first, port: preferredPort('mongodb') };
    const endpoint = await this.#embeddedFor('mongodb', address);
    if (endpoint) return { uri: `${scheme}${endpoint.host}:${endpoint.port}${rest}`, embedded: true };
    return { uri: uri.replace(hosts, hosts.replace(address.host, reachableHost(address.host))), embedded: false };
  }

  async relational(address: RelationalAddress): Promise<RelationalClient> {
    const { embedded, connectReal, choice } = this.#options;
    const { mode, user, password } = choice('relational');
    const chosen = this.#chosenAddress('relational');
    if (chosen)
      return connectReal({ ...address, ...chosen, user: user ?? address.user, password: password ?? address.password });
    const reached = { ...address, host: reachableHost(address.host) };
    if (!isOwnHost(address.host) || address.port !== preferredPort('relational') || mode === 'real')
      return connectReal(reached);
    if (mode === 'automatic' && (await this.#answers('relational', reached.host, address.port))) {
      this.#options.onReal('relational', `${reached.host}:${address.port}`);
      return connectReal(reached);
    }
    return embedded.connect(address);
  }

  async lines(host: string, port: number): Promise<Endpoint> {
    const { lines, choice } = this.#options;
    const { mode } = choice('lines');
    const real = { host: reachableHost(host), port, embedded: false };
    if (mode === 'real' || !isOwnHost(host)) return real;
    // A look at the port would take the first line of a real `nc`: who can bind it knows that nobody has it.
    if (mode === 'embedded' || lines.isCoursePort(port)) await lines.open(port);
    return lines.has(port) ? { host: '127.0.0.1', port, embedded: true } : real;
  }

  /** The embedded server, where it stands for the address; null: the address is to be taken as it is. */
  async #embeddedFor(
    kind: EmbeddedKind,
    address: { readonly host: string; readonly port: number },
  ): Promise<Endpoint | null> {
    const { embedded, choice, onReal } = this.#options;
    const { mode } = choice(kind);
    if (mode === 'real' || !isOwnHost(address.host)) return null;
    const state = embedded.state(kind);
    const isOurs = state.state === 'running' && state.port === address.port;
    if (!isOurs && address.port !== preferredPort(kind)) return null;
    if (!isOurs && mode === 'automatic') {
      const host = reachableHost(address.host);
      if (await this.#answers(kind, host, address.port)) {
        onReal(kind, `${host}:${address.port}`);
        return null;
      }
    }
    const isTaken = !isOurs && mode === 'embedded' && (await this.#answers(kind, '127.0.0.1', preferredPort(kind)));
    return { host: '127.0.0.1', port: await embedded.port(kind, isTaken), embedded: true };
  }

  /** The address that a person typed for the real server. */
  #chosenAddress(kind: 'kafka' | 'mongodb' | 'relational'): { readonly host: string; readonly port: number } | null {
    const { mode, address } = this.#options.choice(kind);
    if (mode !== 'real' || address === undefined || address === '') return null;
    const parsed = splitAddress(address);
    if (parsed) return { host: reachableHost(parsed.host), port: parsed.port };
    if (kind === 'relational') throw new RelationalError(2005, 'HY000', `Unknown server host '${address}'`);
    return { host: address, port: preferredPort(kind) };
  }
}
