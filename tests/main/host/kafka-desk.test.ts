import { beforeEach, expect, test } from 'vitest';
import { kafkaClient } from '../../../main/connectors/kafka/kafka-client.ts';
import { murmur2 } from '../../../main/connectors/kafka/partitioner.ts';
import { produceRecords } from '../../../main/host/kafka-desk.ts';
import { brokerEndpoints } from '../connectors/calls/broker-endpoints.ts';
import { startBroker } from '../services/kafka/running-broker.ts';

let endpoints: ReturnType<typeof brokerEndpoints>;
beforeEach(async () => {
  const { port } = await startBroker();
  endpoints = brokerEndpoints(port);
});

const sentAtMs = Date.UTC(2026, 10, 25, 10);

async function recordsOf(topic: string, partition: number) {
  const client = await kafkaClient(endpoints, 'localhost:9092');
  const { records } = await client.fetch({ topic, partition, offset: 0, maxBytes: 1 << 20, maxWaitMs: 0 });
  return records.map(({ key, value, timestampMs }) => ({
    key: key === null ? null : Buffer.from(key).toString(),
    value: value === null ? null : Buffer.from(value).toString(),
    timestampMs,
  }));
}

test('a record goes where its key leads, or where it is told to, at the time of the virtual clock', async () => {
  const client = await kafkaClient(endpoints, 'localhost:9092');
  await client.createTopics([{ topic: 't', partitions: 3, replicationFactor: 1, settings: {} }]);
  const place = (murmur2(Buffer.from('clave')) & 0x7fffffff) % 3;
  const other = (place + 1) % 3;
  await produceRecords(
    endpoints,
    't',
    [
      { key: 'clave', value: 'ñ' },
      { key: 'clave', value: null, partition: other },
    ],
    sentAtMs,
  );
  expect(await recordsOf('t', place)).toEqual([{ key: 'clave', value: 'ñ', timestampMs: sentAtMs }]);
  expect(await recordsOf('t', other)).toEqual([{ key: 'clave', value: null, timestampMs: sentAtMs }]);
});

test('a topic that does not exist is made', async () => {
  await produceRecords(endpoints, 'nuevo', [{ key: null, value: 'uno' }], sentAtMs);
  expect(await recordsOf('nuevo', 0)).toEqual([{ key: null, value: 'uno', timestampMs: sentAtMs }]);
});

test('a partition that the topic does not have is refused', async () => {
  await expect(
    produceRecords(endpoints, 'nuevo', [{ key: null, value: 'uno', partition: 7 }], sentAtMs),
  ).rejects.toMatchObject({ type: 'UNKNOWN_TOPIC_OR_PARTITION' });
});
