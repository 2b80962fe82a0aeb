import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoints } from '../../../../engine/api/endpoint.ts';
import type { BatchOutput, SinkContext, WriteRequest } from '../../../../engine/api/sink.ts';
import type { SourceContext, SourceOptions, SourceRows, StreamSource } from '../../../../engine/api/source.ts';
import { systemClock, type Clock } from '../../../../engine/core/clock.ts';
import type { StructType } from '../../../../engine/core/data-type.ts';
import type { Row } from '../../../../engine/core/spark-value.ts';
import { kafkaClient, type KafkaClient } from '../../../../main/connectors/kafka/kafka-client.ts';
import { openKafkaStream } from '../../../../main/connectors/kafka/kafka-stream.ts';
import { KafkaBroker } from '../../../../main/services/kafka/broker.ts';
import { diskFiles } from '../../../support/disk-files.ts';
import { brokerEndpoints } from '../calls/broker-endpoints.ts';

const absent = (what: string) => (): never => {
  throw new Error(`the connector does not use ${what}`);
};

export const sourceContext = (clock: Clock = systemClock): SourceContext => ({
  files: diskFiles('/'),
  clock,
  query: { rows: absent('queries'), describe: absent('queries') },
  conf: () => undefined,
  applicationConf: () => undefined,
  zone: 'Europe/Madrid',
  parallelism: 2,
  parseSchema: absent('schemas'),
  folder: '/',
});

export const sinkContext: SinkContext = {
  files: diskFiles('/'),
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

export function optionsOf(options: Readonly<Record<string, string>>): SourceOptions {
  const byName = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => byName.get(name.toLowerCase()), entries: Object.entries(options) };
}

export const bytes = (text: string | null): Uint8Array | null => (text === null ? null : Buffer.from(text, 'utf8'));

/** A broker of its own in a temporary folder, and ways to it. */
export class KafkaFixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'kafka-connector-'));
  broker!: KafkaBroker;
  endpoints!: Endpoints;
  client!: KafkaClient;
  private readonly streams: StreamSource[] = [];

  async start(): Promise<void> {
    this.broker = await KafkaBroker.start({ folder: join(this.folder, 'broker'), port: 0, clock: systemClock });
    this.endpoints = brokerEndpoints(this.broker.port);
    this.client = await kafkaClient(this.endpoints, 'localhost:9092');
  }

  async stop(): Promise<void> {
    for (const stream of this.streams) await stream.stop();
    this.client.interrupt();
    await this.broker.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async topic(topic: string, partitions = 1): Promise<void> {
    await this.client.createTopics([{ topic, partitions, replicationFactor: 1, settings: {} }]);
  }

  async produce(topic: string, partition: number, ...values: readonly (string | null)[]): Promise<void> {
    const records = values.map((value) => ({ key: null, value: bytes(value), headers: [] }));
    const [written] = await this.client.produce([{ topic, partition, records }], -1, 5000);
    if (written?.errorCode !== 0) throw new Error(`not written: ${written?.errorCode}`);
  }

  async stream(
    options: Readonly<Record<string, string>>,
    { folder = join(this.folder, `sources-${Math.random()}`), clock = systemClock as Clock } = {},
  ): Promise<StreamSource> {
    const all = { 'kafka.bootstrap.servers': 'localhost:9092', 'fetchOffset.retryIntervalMs': '1', ...options };
    const stream = await openKafkaStream(optionsOf(all), folder, sourceContext(clock), this.endpoints);
    this.streams.push(stream);
    return stream;
  }
}

/** `partition:offset:value` of each row. */
export async function readTexts(rows: SourceRows): Promise<readonly string[]> {
  return (await readRows(rows)).map(([, value, , partition, offset]) => {
    const text = value === null ? 'null' : Buffer.from(value as Uint8Array).toString('utf8');
    return `${partition as number}:${offset as bigint}:${text}`;
  });
}

export async function readRows(rows: SourceRows): Promise<readonly Row[]> {
  if (rows.kind !== 'rows') throw new Error('Kafka gives rows');
  const all: Row[] = [];
  for await (const block of rows.blocks) all.push(...block);
  return all;
}

export const writeRequest = (options: Readonly<Record<string, string>>, schema: StructType): WriteRequest => ({
  format: 'kafka',
  options: optionsOf({ 'kafka.bootstrap.servers': 'localhost:9092', ...options }),
  path: undefined,
  partitionBy: [],
  schema,
});

export const outputOf = (schema: StructType, rows: readonly Row[]): BatchOutput => ({
  schema,
  rowCount: async () => rows.length,
  rows: async (limit) => rows.slice(0, limit),
  blocks: async function* () {
    if (rows.length > 0) yield rows;
  },
  copyTo: absent('files'),
  copyToTable: absent('tables'),
  partitions: absent('partitions'),
});
