import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decompressRecords } from '../../../../main/connectors/kafka/decompress-records.ts';
import { bytes, KafkaFixture } from './kafka-fixture.ts';

const kafka = new KafkaFixture();
beforeAll(() => kafka.start());
afterAll(() => kafka.stop());

const text = (value: Uint8Array | null): string | null => (value === null ? null : Buffer.from(value).toString());

test('records come back as they were sent: nulls, repeated headers, times', async () => {
  await kafka.topic('vuelta', 2);
  const headers = [
    { key: 'a', value: bytes('1') },
    { key: '1', value: null },
    { key: 'a', value: bytes('') },
  ];
  const written = await kafka.client.produce(
    [
      {
        topic: 'vuelta',
        partition: 1,
        records: [{ key: bytes('ñ'), value: null, headers, timestampMs: 1_700_000_000_123 }],
      },
      { topic: 'vuelta', partition: 0, records: [{ key: null, value: bytes('x'.repeat(300)), headers: [] }] },
    ],
    -1,
    5000,
  );
  expect(written.map(({ errorCode, baseOffset }) => [errorCode, baseOffset])).toEqual([
    [0, 0],
    [0, 0],
  ]);
  const query = { topic: 'vuelta', offset: 0, maxBytes: 1 << 20, maxWaitMs: 0 };
  const found = await kafka.client.fetch({ ...query, partition: 1 });
  expect([found.errorCode, found.earliestOffset, found.latestOffset, found.nextOffset]).toEqual([0, 0, 1, 1]);
  const [record] = found.records;
  expect([record?.offset, record?.timestampMs, record?.isLogAppendTime]).toEqual([0, 1_700_000_000_123, false]);
  expect([text(record?.key ?? null), record?.value]).toEqual(['ñ', null]);
  expect(record?.headers.map(({ key, value }) => [key, text(value)])).toEqual([
    ['a', '1'],
    ['1', null],
    ['a', ''],
  ]);
  const long = await kafka.client.fetch({ ...query, partition: 0 });
  expect(text(long.records[0]?.value ?? null)).toBe('x'.repeat(300));
});

test('offsets are found by their place in time', async () => {
  await kafka.topic('tiempo');
  const records = [1000, 2000, 3000].map((timestampMs) => ({ key: null, value: bytes('v'), headers: [], timestampMs }));
  await kafka.client.produce([{ topic: 'tiempo', partition: 0, records }], -1, 5000);
  const at = async (place: 'earliest' | 'latest' | number): Promise<number | undefined> =>
    (await kafka.client.listOffsets([{ topic: 'tiempo', partition: 0, at: place }]))[0]?.offset;
  expect([await at('earliest'), await at('latest'), await at(2000), await at(2500), await at(9000)]).toEqual([
    0, 3, 1, 2, -1,
  ]);
});

test('errors of topics and partitions are answers with their code', async () => {
  const [described] = await kafka.client.describeTopics(['nadie']);
  expect([described?.topic, described?.errorCode]).toEqual(['nadie', 3]);
  const [twice] = await kafka.client.createTopics([
    { topic: 'dos', partitions: 2, replicationFactor: 1, settings: {} },
  ]);
  const [again] = await kafka.client.createTopics([
    { topic: 'dos', partitions: 2, replicationFactor: 1, settings: {} },
  ]);
  expect([twice?.errorCode, again?.errorCode]).toEqual([0, 36]);
  await kafka.produce('dos', 0, 'a', 'b', 'c');
  const beyond = await kafka.client.fetch({ topic: 'dos', partition: 0, offset: 9, maxBytes: 100, maxWaitMs: 0 });
  expect(beyond.errorCode).toBe(1);
  const [cut] = await kafka.client.deleteRecords([{ topic: 'dos', partition: 0, offset: 2 }]);
  expect(cut?.earliestOffset).toBe(2);
  expect((await kafka.client.createPartitions([{ topic: 'dos', count: 3 }]))[0]?.errorCode).toBe(0);
  expect((await kafka.client.describeTopics(['dos']))[0]?.partitions).toHaveLength(3);
  expect((await kafka.client.deleteTopics(['dos']))[0]?.errorCode).toBe(0);
});

describe('records of other producers are decompressed', () => {
  const plain = Buffer.from('registros '.repeat(50));
  const block = Buffer.from('9AMkcmVnaXN0cm9zIP4KAP4KAP4KAP4KAP4KAP4KAP4KAKYKAA==', 'base64');
  const framed = Buffer.concat([
    Buffer.from('82534e41505059000000000100000001', 'hex'),
    Buffer.from([0, 0, 0, block.length]),
    block,
  ]);
  test.each([
    ['none', 0, plain],
    ['gzip', 1, gzipSync(plain)],
    ['snappy', 2, block],
    ['snappy as Java frames it', 2, framed],
    ['lz4', 3, Buffer.from('BCJNGEBw3xUAAACvcmVnaXN0cm9zIAoA/9NQdHJvcyAAAAAA', 'base64')],
    ['zstd', 4, Buffer.from('KLUv/WT0AI0AAFByZWdpc3Ryb3MgAQDnVQsSvagfjg==', 'base64')],
  ])('%s', (_name, codec, packed) => {
    expect(decompressRecords(packed, codec).toString()).toBe(plain.toString());
  });
});
