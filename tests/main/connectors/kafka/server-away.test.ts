import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Endpoints } from '../../../../engine/api/endpoint.ts';
import { systemClock } from '../../../../engine/core/clock.ts';
import { parseTableSchema } from '../../../../engine/parser/parse-table-schema.ts';
import { kafkaClient } from '../../../../main/connectors/kafka/kafka-client.ts';
import { KafkaUnavailable } from '../../../../main/connectors/kafka/kafka-error.ts';
import { kafkaSink } from '../../../../main/connectors/kafka/kafka-sink.ts';
import { kafkaSource } from '../../../../main/connectors/kafka/kafka-source.ts';
import { openKafkaStream } from '../../../../main/connectors/kafka/kafka-stream.ts';
import { KafkaBroker } from '../../../../main/services/kafka/broker.ts';
import { brokerEndpoints } from '../calls/broker-endpoints.ts';
import {
  KafkaFixture,
  optionsOf,
  outputOf,
  readTexts,
  sinkContext,
  sourceContext,
  writeRequest,
} from './kafka-fixture.ts';

const nowhere = brokerEndpoints(1);
const impatient = {
  'kafka.bootstrap.servers': 'localhost:9092',
  'kafka.default.api.timeout.ms': '200',
  subscribe: 't',
};
const timedOut = (call: string): string =>
  `org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: ${call}`;

describe('where no server answers', () => {
  test('a stream and a batch read fail with the call that waited', async () => {
    const stream = await openKafkaStream(optionsOf(impatient), '/nowhere', sourceContext(), nowhere);
    await expect(stream.latestOffset(null, 'source_default')).rejects.toThrow(timedOut('describeTopics'));
    const { subscribe: _, ...options } = { ...impatient, subscribePattern: 't.*' };
    const request = { format: 'kafka', schema: undefined, options: optionsOf(options), paths: [] };
    const batch = await kafkaSource(nowhere).loadBatch!(request, sourceContext());
    await expect(batch.read()).rejects.toMatchObject({
      errorClass: { java: 'java.util.concurrent.ExecutionException' },
      message: timedOut('listTopics'),
    });
  });

  test('a write fails with the topic it could not find', async () => {
    const schema = parseTableSchema('value STRING') as never;
    const request = writeRequest({ topic: 't', 'kafka.max.block.ms': '200' }, schema);
    await expect(
      kafkaSink(nowhere).writeBatch!(request, 'append', outputOf(schema, [['a']]), sinkContext),
    ).rejects.toThrow('org.apache.kafka.common.errors.TimeoutException: Topic t not present in metadata after 200 ms.');
  });

  test('a query that is stopped does not wait', async () => {
    const { 'kafka.default.api.timeout.ms': _, ...patient } = impatient;
    const stream = await openKafkaStream(optionsOf(patient), '/nowhere', sourceContext(), nowhere);
    const looked = stream.latestOffset(null, 'source_default').catch((error: Error) => error.message);
    stream.interrupt?.();
    expect(await looked).toBe(timedOut('describeTopics'));
  });
});

describe('a server that goes away', () => {
  const kafka = new KafkaFixture();
  let port = 0;
  const moving: Endpoints = { ...nowhere, kafka: async () => [{ host: '127.0.0.1', port, embedded: true }] };
  const restart = async (): Promise<void> => {
    kafka.broker = await KafkaBroker.start({ folder: join(kafka.folder, 'broker'), port: 0, clock: systemClock });
    port = kafka.broker.port;
  };
  beforeEach(async () => {
    await kafka.start();
    port = kafka.broker.port;
  });
  afterEach(() => kafka.stop());

  test('fails the query in time, and the query goes on when it is back at another port', async () => {
    await kafka.topic('t');
    await kafka.produce('t', 0, 'a');
    const options = optionsOf({ ...impatient, startingOffsets: 'earliest' });
    const stream = await openKafkaStream(options, join(kafka.folder, 'source'), sourceContext(), moving);
    const first = await stream.latestOffset(null, 'source_default');
    await kafka.broker.stop();
    await expect(stream.latestOffset(first, 'source_default')).rejects.toThrow(timedOut('describeTopics'));
    await restart();
    expect(await stream.latestOffset(first, 'source_default')).toEqual(first);
    expect(await readTexts(await stream.read(null, first))).toEqual(['0:0:a']);
    await stream.stop();
  });

  test('and is found at the other port by whoever knew the old leader of a partition', async () => {
    await kafka.topic('t');
    await kafka.produce('t', 0, 'a');
    const client = await kafkaClient({ ...moving }, 'localhost:9092');
    const query = { topic: 't', partition: 0, offset: 0, maxBytes: 1 << 20, maxWaitMs: 0 };
    const asks = [
      () => client.fetch(query).then(({ records }) => records.length),
      () => client.listOffsets([{ topic: 't', partition: 0, at: 'latest' }]).then(([found]) => found?.offset),
    ];
    expect([await asks[0]!(), await asks[1]!()]).toEqual([1, 1]);
    for (const ask of asks) {
      await kafka.broker.stop();
      await expect(ask()).rejects.toThrow(KafkaUnavailable);
      await restart();
      expect(await ask()).toBe(1);
    }
    client.interrupt();
  });
});
