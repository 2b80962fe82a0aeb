import type { Endpoints } from '../../engine/api/endpoint.ts';
import type { ServiceCalls } from '../../engine/api/service-calls.ts';
import { courseLogin } from './host-services.ts';
import { SqlConsole } from './sql-console.ts';

/** The window's own connections to the services, apart from those of kernels. */
export class PanelServices {
  readonly sql: SqlConsole;
  readonly #endpoints: Endpoints;
  #calls: ServiceCalls | undefined;

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
    this.sql = new SqlConsole(() => endpoints.relational(courseLogin));
  }

  async call(operation: string, input: unknown): Promise<unknown> {
    this.#calls ??= (await import('./connectors-on.ts')).callsOn(this.#endpoints);
    return this.#calls.call(operation, input, never);
  }

  /** After another server was chosen. */
  async reconnect(): Promise<void> {
    await this.close();
  }

  async close(): Promise<void> {
    const calls = this.#calls;
    this.#calls = undefined;
    await Promise.allSettled([this.sql.close(), calls?.closeAll()]);
  }
}

const never = new AbortController().signal;
