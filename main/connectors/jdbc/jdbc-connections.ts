import { userInfo } from 'node:os';
import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { RelationalClient, RelationalResult } from '../../../engine/api/relational-client.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { driverProperties, type DriverProperties } from './driver-properties.ts';
import type { JdbcDrivers } from './jdbc-drivers.ts';
import { driverError } from './jdbc-errors.ts';
import type { JdbcOptions } from './jdbc-options.ts';
import { parseJdbcUrl } from './jdbc-url.ts';

/** A logged-in connection that obeys `queryTimeout`, and what its properties say of values. */
export type JdbcConnection = RelationalClient & { readonly properties: DriverProperties };

/** Opens the connections that JDBC options ask for. `zone`: that of the Java process, in which Connector/J reads wall clocks. */
export class JdbcConnections {
  readonly drivers: JdbcDrivers;
  readonly #endpoints: Pick<Endpoints, 'relational'>;
  readonly #zone: string;

  constructor(endpoints: Pick<Endpoints, 'relational'>, drivers: JdbcDrivers, zone: string) {
    this.#endpoints = endpoints;
    this.drivers = drivers;
    this.#zone = zone;
  }

  /** Lends a connection while `work` runs. Rejects with the errors of `RelationalClient`, and with Spark's for a URL that no driver takes. */
  async use<Answer>(
    { url, queryTimeout, get }: JdbcOptions,
    work: (connection: JdbcConnection) => Promise<Answer>,
  ): Promise<Answer> {
    this.drivers.checkUrl(url);
    const { address, properties } = parseJdbcUrl(url);
    // What Spark's own options do not know goes to the driver as a property.
    const given = driverProperties((name) => get(name) ?? properties.get(name.toLowerCase()), this.#zone);
    const client = await this.#endpoints
      .relational({
        ...address,
        user: get('user') ?? address.user ?? userInfo().username,
        password: get('password') ?? address.password,
      })
      .catch((error: unknown) => {
        throw driverError(error);
      });
    const limited = withTimeout(client, queryTimeout);
    try {
      return await work({ ...limited, properties: given });
    } finally {
      // A connection that broke cannot say goodbye, and one whose statement took too long is not waited for.
      const closed = client.close().catch(() => undefined);
      if (!limited.isLate()) await closed;
    }
  }
}

/** Runs a statement for the driver program: errors are Connector/J's own. */
export async function ask(client: Pick<RelationalClient, 'query'>, statement: string): Promise<RelationalResult> {
  try {
    return await client.query(statement);
  } catch (error) {
    throw driverError(error, true);
  }
}

/** The client with a limit for each statement. `seconds`: 0 is none. */
function withTimeout(client: RelationalClient, seconds: number): RelationalClient & { readonly isLate: () => boolean } {
  let late = false;
  const within = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (seconds < 0) throw new SparkError({ java: 'java.sql.SQLException' }, 'Illegal value for setQueryTimeout().');
    if (seconds === 0) return work();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        late = true;
        reject(
          new SparkError(
            { java: 'com.mysql.cj.jdbc.exceptions.MySQLTimeoutException' },
            'Statement cancelled due to timeout or client request',
          ),
        );
      }, seconds * 1000);
    });
    return Promise.race([work(), limit]).finally(() => clearTimeout(timer));
  };
  return {
    serverVersion: client.serverVersion,
    query: (statement, values) => within(() => client.query(statement, values)),
    batch: (statement, rows) => within(() => client.batch(statement, rows)),
    begin: () => client.begin(),
    commit: () => client.commit(),
    rollback: () => client.rollback(),
    close: () => client.close(),
    isLate: () => late,
  };
}
