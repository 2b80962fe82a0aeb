import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { RelationalClient, RelationalResult } from '../../../engine/api/relational-client.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { JdbcDrivers } from './jdbc-drivers.ts';
import { driverError } from './jdbc-errors.ts';
import type { JdbcOptions } from './jdbc-options.ts';
import { parseJdbcUrl } from './jdbc-url.ts';

/** Opens the connections that JDBC options ask for. */
export class JdbcConnections {
  readonly drivers: JdbcDrivers;
  readonly #endpoints: Pick<Endpoints, 'relational'>;

  constructor(endpoints: Pick<Endpoints, 'relational'>, drivers: JdbcDrivers) {
    this.#endpoints = endpoints;
    this.drivers = drivers;
  }

  /** Lends a connection while `work` runs. Rejects with the errors of `RelationalClient`, and with Spark's for a URL that no driver takes. */
  async use<Answer>(options: JdbcOptions, work: (client: RelationalClient) => Promise<Answer>): Promise<Answer> {
    const { url, user, password } = options;
    this.drivers.checkUrl(url);
    const address = parseJdbcUrl(url);
    if (address === null)
      throw new SparkError(
        { java: 'com.mysql.cj.exceptions.WrongArgumentException' },
        `Failed to parse the host:port pair '${url.replace(/^jdbc:mysql:\/*/i, '')}'.`,
      );
    const client = await this.#endpoints
      .relational({ ...address, user: user ?? address.user, password: password ?? address.password })
      .catch((error: unknown) => {
        throw driverError(error);
      });
    try {
      return await work(client);
    } finally {
      // A connection that broke cannot say goodbye.
      await client.close().catch(() => undefined);
    }
  }
}

/** Runs a statement for the driver program: errors are Connector/J's own. */
export async function ask(client: RelationalClient, statement: string): Promise<RelationalResult> {
  try {
    return await client.query(statement);
  } catch (error) {
    throw driverError(error, true);
  }
}
