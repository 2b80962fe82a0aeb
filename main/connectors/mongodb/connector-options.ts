import type { SourceOptions } from '../../../engine/api/source.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { configError } from './connector-errors.ts';
import { parseConnectionString, type ConnectionString } from './connection-string.ts';

const prefix = 'spark.mongodb.';

/**
 * The settings of one read or write. An option of the frame stands above a setting of the application, `spark.mongodb.read.x` above `spark.mongodb.x`,
 * and a database or collection named by itself above the one in a connection string of the same rank. Names ignore case.
 */
export type ConnectorOptions = {
  readonly get: (name: string) => string | undefined;
  readonly connection: ConnectionString;
  /** The connection string as written. */
  readonly uri: string;
};

const defaultUri = 'mongodb://localhost:27017/';

type Layer = (name: string) => string | undefined;

/** `applicationConf`: settings the application was started with; those set later do not count, as in Spark. Throws `ConfigException`. */
export function connectorOptions(
  usage: 'read' | 'write',
  options: SourceOptions,
  applicationConf: (key: string) => string | undefined,
): ConnectorOptions {
  const layers: readonly Layer[] = [
    (name) => options.get(`${prefix}${usage}.${name}`) ?? options.get(name),
    (name) => options.get(`${prefix}${name}`),
    (name) => applicationConf(`${prefix}${usage}.${name}`),
    (name) => applicationConf(`${prefix}${name}`),
  ];
  const named = layers.map((layer) => {
    const uri = layer('connection.uri');
    return { layer, connection: uri === undefined ? undefined : checkedConnection(uri) };
  });
  const get = (name: string): string | undefined => {
    for (const { layer, connection } of named) {
      const value = layer(name) ?? partOf(connection, name);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const uri = get('connection.uri') ?? defaultUri;
  return { get, uri, connection: checkedConnection(uri) };
}

function partOf(connection: ConnectionString | undefined, name: string): string | undefined {
  if (name === 'database') return connection?.database;
  return name === 'collection' ? connection?.collection : undefined;
}

function checkedConnection(uri: string): ConnectionString {
  try {
    return parseConnectionString(uri);
  } catch (error) {
    if (error instanceof SparkError) throw configError(`Invalid connection string: '${uri}'`, error);
    throw error;
  }
}

export function flagOption(options: ConnectorOptions, name: string, otherwise: boolean): boolean {
  const value = options.get(name);
  if (value === undefined) return otherwise;
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw configError(`${value} is not a boolean string.`);
}

export function integerOption(options: ConnectorOptions, name: string, otherwise: number): number {
  const value = options.get(name);
  if (value === undefined) return otherwise;
  if (/^[+-]?\d+$/.test(value) && Math.abs(Number(value)) < 2 ** 31) return Number(value);
  const cause = new SparkError('NumberFormatException', `For input string: "${value}"`);
  throw configError(`${name} did not contain a valid int, got: ${value}`, cause);
}

export function requiredOption(options: ConnectorOptions, name: 'database' | 'collection'): string {
  const value = options.get(name);
  if (value === undefined || (name === 'collection' && value === ''))
    throw configError(`Missing configuration for: ${name}`);
  return value;
}

export type Namespace = { readonly database: string; readonly collection: string };

/** The database and the one collection a write or a batch read is about. `notSupported` ends the sentence for `a,b` and `*`. */
export function namespaceOf(options: ConnectorOptions, notSupported: string): Namespace {
  const raw = requiredOption(options, 'collection');
  const names = raw === '*' ? undefined : collectionNames(raw);
  const [collection] = names ?? [];
  if (names !== undefined && names.length === 1 && collection !== undefined)
    return { database: checkedDatabase(requiredOption(options, 'database')), collection };
  const described = names === undefined ? '*' : `[${names.join(', ')}]`;
  throw configError(
    `The connector is configured to access ${requiredOption(options, 'database')}.${described}, which is not supported ${notSupported}`,
  );
}

/** Every collection of a read; undefined: all of the database. */
export function collectionsOf(options: ConnectorOptions): readonly string[] | undefined {
  const raw = requiredOption(options, 'collection');
  return raw === '*' ? undefined : collectionNames(raw);
}

/** `a,b`; a backslash takes a comma, a star or a backslash as a letter. */
function collectionNames(raw: string): readonly string[] {
  const names = [...raw.matchAll(/(?:\\[\\,*]|[^,\\])+/g)].map(([name]) => name.replaceAll(/\\([\\,*])/g, '$1'));
  return [...new Set(names)];
}

function checkedDatabase(name: string): string {
  const illegal = /[\0/\\ ".]/.exec(name);
  if (illegal === null) return name;
  throw new SparkError('IllegalArgumentException', `state should be: databaseName does not contain '${illegal[0]}'`);
}
