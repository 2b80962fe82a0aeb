import type { RelationalAddress } from '../../../engine/api/relational-client.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';

const defaultPort = 3306;

/** What a JDBC URL says: where to connect, perhaps as whom, and properties by their name in lower case. */
export type JdbcUrl = { readonly address: RelationalAddress; readonly properties: ReadonlyMap<string, string> };

/** Whether MySQL's driver takes the URL. */
export const isMysqlUrl = (url: string): boolean => /^jdbc:mysql:\/\//i.test(url);

/**
 * `jdbc:mysql://[user[:password]@][host][:port][,…][/database][?name=value&…]`; of several hosts the first one counts. Throws Connector/J's error for
 * what it cannot read.
 */
export function parseJdbcUrl(url: string): JdbcUrl {
  const [, login = '', hosts = '', database = '', query = ''] =
    /^jdbc:mysql:\/\/(?:([^@/?]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/i.exec(url.trim()) ?? [];
  const properties = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  const [user, ...rest] = login === '' ? [] : login.split(':').map(decodeURIComponent);
  return {
    address: {
      ...hostAndPort(hosts.split(',')[0] ?? ''),
      database: database === '' ? undefined : decodeURIComponent(database),
      user: properties.get('user') ?? user,
      password: properties.get('password') ?? (rest.length > 0 ? rest.join(':') : undefined),
    },
    properties,
  };
}

function hostAndPort(pair: string): { readonly host: string; readonly port: number } {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(pair);
  if (!match)
    throw new SparkError(
      { java: 'java.sql.SQLNonTransientConnectionException' },
      `Cannot load connection class because of underlying exception: com.mysql.cj.exceptions.WrongArgumentException: Failed to parse the host:port pair '${pair}'.`,
    );
  const [, host = '', port] = match;
  return {
    host: host === '' ? 'localhost' : host.replace(/^\[(.*)\]$/, '$1'),
    port: port === undefined ? defaultPort : Number(port),
  };
}
