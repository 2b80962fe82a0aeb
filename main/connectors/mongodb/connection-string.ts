import { SparkError } from '../../../engine/core/spark-error.ts';

/** The parts of `mongodb://user:password@host:port,…/database.collection?options`. */
export type ConnectionString = {
  readonly scheme: 'mongodb://' | 'mongodb+srv://';
  /** `user:password`, percent-encoded as written. */
  readonly credentials: string | undefined;
  /** `host:port`, the port filled in. */
  readonly hosts: readonly string[];
  readonly database: string | undefined;
  readonly collection: string | undefined;
  readonly options: readonly (readonly [string, string])[];
};

const defaultPort = 27_017;

const invalid = (reason: string): SparkError => new SparkError('IllegalArgumentException', reason);

/** Reads a connection string as the Java driver does, with its texts when it makes no sense. */
export function parseConnectionString(text: string): ConnectionString {
  const scheme = (['mongodb://', 'mongodb+srv://'] as const).find((prefix) => text.startsWith(prefix));
  if (scheme === undefined)
    throw invalid(
      "The connection string is invalid. Connection strings must start with either 'mongodb://' or 'mongodb+srv://",
    );
  const rest = text.slice(scheme.length);
  const slash = rest.indexOf('/');
  const [authority, query] = slash < 0 ? splitOnce(rest, '?') : [rest.slice(0, slash), undefined];
  const [namespace, options] = slash < 0 ? ['', query] : splitOnce(rest.slice(slash + 1), '?');
  const at = authority.lastIndexOf('@');
  const [database, collection] = splitOnce(decodeURIComponent(namespace), '.');
  return {
    scheme,
    credentials: at < 0 ? undefined : checkedCredentials(authority.slice(0, at)),
    hosts: authority
      .slice(at + 1)
      .split(',')
      .map((host, _index, hosts) => checkedHost(host, hosts, scheme)),
    database: database === '' ? undefined : database,
    collection: collection === '' ? undefined : collection,
    options: parseOptions(options ?? ''),
  };
}

function checkedCredentials(text: string): string {
  if (text === '') throw invalid('The connection string contains an at-sign (@) without a user name');
  if (text.includes('@') || text.split(':').length > 2)
    throw invalid(
      'The connection string contains invalid user information. If the username or password contains a colon (:) or an at-sign (@) then it must be urlencoded',
    );
  return text;
}

function checkedHost(host: string, hosts: readonly string[], scheme: ConnectionString['scheme']): string {
  if (host === '') throw invalid(`The connection string contains an empty host '[${hosts.join(', ')}]'. `);
  const port = /^(?:\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(host);
  if (port === null)
    throw invalid(
      `The connection string contains an invalid host '${host}'. Reserved characters such as ':' must be escaped according RFC 2396. Any IPv6 address literal must be enclosed in '[' and ']' according to RFC 2732.`,
    );
  if (port[1] === undefined) return scheme === 'mongodb+srv://' ? host : `${host}:${defaultPort}`;
  if (scheme === 'mongodb+srv://') throw invalid('Host for when using mongodb+srv protocol can not contain a port');
  if (!/^\d+$/.test(port[1]))
    throw invalid(
      'The connection string contains an invalid host and port. The port contains non-digit characters, it must be an integer between 0 and 65535. Hint: username and password must be escaped according to RFC 3986.',
    );
  if (Number(port[1]) > 65_535)
    throw invalid(
      'The connection string contains an invalid host and port. The port must be an integer between 0 and 65535.',
    );
  return host;
}

/** Options that both drivers know; the Java driver only warns about others, Node's refuses them. */
const knownOptions: ReadonlySet<string> = new Set(
  (
    'appname authmechanism authmechanismproperties authsource compressors connecttimeoutms directconnection ' +
    'heartbeatfrequencyms journal loadbalanced localthresholdms maxidletimems maxpoolsize minpoolsize ' +
    'readconcernlevel readpreference readpreferencetags replicaset retryreads retrywrites serverselectiontimeoutms ' +
    'sockettimeoutms srvmaxhosts srvservicename ssl timeoutms tls tlsallowinvalidhostnames tlsinsecure ' +
    'waitqueuetimeoutms wtimeoutms w zlibcompressionlevel'
  ).split(' '),
);

function parseOptions(text: string): ConnectionString['options'] {
  const options: (readonly [string, string])[] = [];
  for (const part of text.split(/[&;]/)) {
    const [name, value = ''] = splitOnce(part, '=');
    const lower = name.toLowerCase();
    if (!knownOptions.has(lower)) continue;
    if (lower.endsWith('ms') && !/^[+-]?\d+$/.test(value))
      throw invalid(
        `The connection string contains an invalid value for '${lower}'. '${value}' is not a valid integer`,
      );
    options.push([name, value]);
  }
  return options;
}

/** The text for Node's driver: a collection behind the database, which only the connector knows, is left out. */
export function driverConnectionString(parts: ConnectionString): string {
  const login = parts.credentials === undefined ? '' : `${parts.credentials}@`;
  const options = parts.options.map(([name, value]) => `${name}=${value}`).join('&');
  const database = parts.database === undefined ? '' : encodeURIComponent(parts.database);
  return `${parts.scheme}${login}${parts.hosts.join(',')}/${database}${options === '' ? '' : `?${options}`}`;
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + separator.length)];
}
