import type { RelationalAddress } from '../../../engine/api/relational-client.ts';

const defaultPort = 3306;

/** Whether MySQL's driver takes the URL. */
export const isMysqlUrl = (url: string): boolean => /^jdbc:mysql:/i.test(url);

/** `jdbc:mysql://[user[:password]@][host][:port][/database][?name=value&…]`; null for what cannot be read. */
export function parseJdbcUrl(
  url: string,
): (Omit<RelationalAddress, 'user' | 'password'> & Pick<RelationalAddress, 'user' | 'password'>) | null {
  const match = /^jdbc:mysql:\/\/(?:([^@/?]*)@)?(\[[^\]]*\]|[^:/?]*)(?::(\d+))?(?:\/([^?]*))?(?:\?(.*))?$/i.exec(
    url.trim(),
  );
  if (!match) return null;
  const [, login = '', host = '', port, database, query = ''] = match;
  const properties = new URLSearchParams(query);
  const [user, ...rest] = login === '' ? [] : login.split(':');
  return {
    host: host === '' ? 'localhost' : host.replace(/^\[(.*)\]$/, '$1'),
    port: port === undefined ? defaultPort : Number(port),
    database: database === undefined || database === '' ? undefined : decodeURIComponent(database),
    user: properties.get('user') ?? user,
    password: properties.get('password') ?? (rest.length > 0 ? rest.join(':') : undefined),
  };
}
