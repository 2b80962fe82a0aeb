import type { Endpoints } from '../../../../engine/api/endpoint.ts';
import type { BatchOutput, SinkContext, WriteRequest } from '../../../../engine/api/sink.ts';
import type { ReadRequest, SourceContext, SourceOptions } from '../../../../engine/api/source.ts';
import type { StructType } from '../../../../engine/core/data-type.ts';
import type { Row } from '../../../../engine/core/spark-value.ts';
import { systemClock } from '../../../../engine/core/clock.ts';
import { diskFiles } from '../../../support/disk-files.ts';

export function optionsOf(options: Readonly<Record<string, string>>): SourceOptions {
  const byName = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => byName.get(name.toLowerCase()), entries: Object.entries(options) };
}

/** Every connection string leads to the server on this port. */
export const endpointsAt = (port: number): Pick<Endpoints, 'mongodb'> => ({
  mongodb: async (uri) => ({ uri: uri.replace(/localhost:\d+/, `127.0.0.1:${port}`), embedded: true }),
});

const absent = (what: string) => (): never => {
  throw new Error(`the connector does not use ${what}`);
};

export const sourceContext: SourceContext = {
  files: diskFiles('/'),
  clock: systemClock,
  query: { rows: absent('queries'), describe: absent('queries') },
  conf: () => undefined,
  applicationConf: () => undefined,
  zone: 'Europe/Madrid',
  parallelism: 2,
  parseSchema: absent('schemas'),
  folder: '/',
};

export const sinkContext: SinkContext = {
  files: sourceContext.files,
  clock: systemClock,
  conf: () => undefined,
  applicationConf: () => undefined,
  zone: 'Europe/Madrid',
  parseSchema: absent('schemas'),
  get tables() {
    return absent('tables')();
  },
  get python() {
    return absent('Python')();
  },
  print: absent('the console'),
};

const where = { 'connection.uri': 'mongodb://localhost:27017', database: 'iabd' };

export const readRequest = (options: Readonly<Record<string, string>>, schema?: StructType): ReadRequest => ({
  format: 'mongodb',
  schema,
  options: optionsOf({ ...where, ...options }),
  paths: [],
});

export const writeRequest = (options: Readonly<Record<string, string>>, schema: StructType): WriteRequest => ({
  format: 'mongodb',
  options: optionsOf({ ...where, ...options }),
  path: undefined,
  partitionBy: [],
  schema,
});

/** Rows as a sink gets them. */
export const outputOf = (schema: StructType, rows: readonly Row[]): BatchOutput => ({
  schema,
  rowCount: async () => rows.length,
  rows: async (limit) => rows.slice(0, limit),
  blocks: async function* blocks() {
    if (rows.length > 0) yield rows;
  },
  copyTo: absent('files'),
  copyToTable: absent('tables'),
  partitions: absent('partitions'),
});
