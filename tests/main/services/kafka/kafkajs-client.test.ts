import kafkajs from 'kafkajs';
import snappy from 'snappyjs';
import { describe, expect, test } from 'vitest';
import { TestClock } from '../../../support/test-clock.ts';
import {
  clientOf,
  connectedAdmin,
  connectedProducer,
  emptyFolder,
  startBroker,
  startConsumer,
  valuesOf,
} from './running-broker.ts';

const { CompressionCodecs, CompressionTypes, ConfigResourceTypes } = kafkajs;

CompressionCodecs[CompressionTypes.Snappy] = () => ({
  compress: async ({ buffer }: { readonly buffer: Buffer }) => Buffer.from(snappy.compress(buffer)),
  decompress: async (buffer: Buffer) => Buffer.from(snappy.uncompress(buffer)),
});

const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: `v${from + index}` }));

describe('records, with kafkajs', () => {
  test('what is produced is consumed by a group, with key, value, headers and time, from a topic made on the way', async () => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const producer = await connectedProducer(kafka);
    const message = { key: 'clave', value: 'ñandú', headers: { origen: 'prueba' }, timestamp: '1700000000123' };
    const [answer] = await producer.send({ topic: 'usuariosk', messages: [message, { value: null }] });
    expect(answer).toMatchObject({ topicName: 'usuariosk', partition: 0, errorCode: 0, baseOffset: '0' });
    const { received } = await startConsumer(kafka, 'usuariosk', 'grupo');
    await expect.poll(() => received.length).toBe(2);
    const [first, second] = received.map((each) => each.message);
    expect(first).toMatchObject({
      offset: '0',
      timestamp: '1700000000123',
      headers: { origen: Buffer.from('prueba') },
    });
    expect([String(first?.key), String(first?.value), second?.value]).toEqual(['clave', 'ñandú', null]);
  });

  test.each([
    ['gzip', CompressionTypes.GZIP],
    ['snappy', CompressionTypes.Snappy],
  ])('a batch compressed with %s is stored as it came and read back', async (_, compression) => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const producer = await connectedProducer(kafka);
    const messages = Array.from({ length: 200 }, (__, index) => ({ value: `${'x'.repeat(500)}${index}` }));
    await producer.send({ topic: 'comprimido', messages, compression });
    expect(broker.status().bytes).toBeLessThan(20_000);
    const { received } = await startConsumer(kafka, 'comprimido', 'grupo');
    await expect.poll(() => received.length).toBe(200);
    expect(valuesOf(received)).toEqual(messages.map(({ value }) => value));
  });

  test('a producer that wants no acknowledgement, and one that wants the least, are stored too', async () => {
    const broker = await startBroker();
    const producer = await connectedProducer(clientOf(broker));
    for (const acks of [0, 1, -1]) await producer.send({ topic: 'acuses', acks, messages: numbered(10) });
    await expect.poll(() => broker.topics()[0]?.partitions[0]?.endOffset).toBe(30);
  });

  test('an idempotent producer stores each batch once, in order', async () => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const producer = await connectedProducer(kafka, {
      idempotent: true,
      maxInFlightRequests: 1,
      retry: { retries: 1 },
    });
    for (let round = 0; round < 20; round += 1)
      await producer.send({ topic: 'idempotente', messages: numbered(5, round * 5) });
    const { received } = await startConsumer(kafka, 'idempotente', 'grupo');
    await expect.poll(() => received.length).toBe(100);
    expect(valuesOf(received)).toEqual(numbered(100).map(({ value }) => value));
  });

  test('transactions are refused with an error of the protocol', async () => {
    const broker = await startBroker();
    const producer = clientOf(broker).producer({
      transactionalId: 'tx',
      idempotent: true,
      maxInFlightRequests: 1,
      retry: { retries: 1 },
    });
    await producer.connect();
    await expect(producer.transaction()).rejects.toMatchObject({ type: 'UNSUPPORTED_VERSION' });
    await producer.disconnect();
  });

  test('a batch above max.message.bytes is refused, and its topic goes on', async () => {
    const broker = await startBroker();
    const producer = await connectedProducer(clientOf(broker));
    const tooLarge = producer.send({ topic: 'grande', messages: [{ value: 'x'.repeat(1_100_000) }] });
    await expect(tooLarge).rejects.toMatchObject({ type: 'MESSAGE_TOO_LARGE' });
    await producer.send({ topic: 'grande', messages: [{ value: 'x' }] });
    expect(broker.topics()[0]?.partitions[0]?.endOffset).toBe(1);
  });

  test('the hook is told of every batch that was stored', async () => {
    const told: unknown[] = [];
    const broker = await startBroker({ onAppend: (...batch) => told.push(batch) });
    const producer = await connectedProducer(clientOf(broker));
    await producer.send({ topic: 'avisos', messages: numbered(3) });
    expect(told).toEqual([['avisos', 0, 3]]);
  });
});

describe('consumer groups, with kafkajs', () => {
  test('two members share the partitions; when one leaves, the other takes all', async () => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const admin = await connectedAdmin(kafka);
    await admin.createTopics({ topics: [{ topic: 'reparto', numPartitions: 4 }] });
    const first = await startConsumer(kafka, 'reparto', 'grupo');
    const second = await startConsumer(kafka, 'reparto', 'grupo');
    const members = async () => (await admin.describeGroups(['grupo'])).groups[0];
    await expect.poll(async () => (await members())?.members.length, { timeout: 5000 }).toBe(2);
    await expect.poll(async () => (await members())?.state, { timeout: 5000 }).toBe('Stable');
    const producer = await connectedProducer(kafka);
    const toEach = (value: string) => [0, 1, 2, 3].map((partition) => ({ partition, value }));
    await producer.send({ topic: 'reparto', messages: toEach('a') });
    await expect.poll(() => first.received.length + second.received.length, { timeout: 5000 }).toBe(4);
    expect([first.received.length, second.received.length]).toEqual([2, 2]);
    await second.consumer.disconnect();
    await expect.poll(async () => (await members())?.members.length, { timeout: 5000 }).toBe(1);
    await producer.send({ topic: 'reparto', messages: toEach('b') });
    await expect.poll(() => first.received.length, { timeout: 5000 }).toBe(6);
  });

  test('a group goes on where it had committed, also after the broker was started again', async () => {
    const folder = await emptyFolder();
    const before = await startBroker({ folder });
    const producer = await connectedProducer(clientOf(before));
    await producer.send({ topic: 'sigue', messages: numbered(5) });
    const earlier = await startConsumer(clientOf(before), 'sigue', 'grupo');
    await expect.poll(() => earlier.received.length).toBe(5);
    await earlier.consumer.disconnect();
    await before.stop();
    const after = await startBroker({ folder });
    const again = await connectedProducer(clientOf(after));
    await again.send({ topic: 'sigue', messages: numbered(3, 5) });
    const later = await startConsumer(clientOf(after), 'sigue', 'grupo');
    await expect.poll(() => later.received.length).toBe(3);
    expect(valuesOf(later.received)).toEqual(['v5', 'v6', 'v7']);
  });

  test('groups are listed, described, asked for their offsets and deleted', async () => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const admin = await connectedAdmin(kafka);
    const producer = await connectedProducer(kafka);
    await producer.send({ topic: 'temas', messages: numbered(10) });
    const { received, consumer } = await startConsumer(kafka, 'temas', 'lectores');
    await expect.poll(() => received.length).toBe(10);
    await expect(admin.deleteGroups(['lectores'])).rejects.toMatchObject({ groups: [{ errorCode: 68 }] });
    const described = (await admin.describeGroups(['lectores'])).groups[0];
    expect(described).toMatchObject({
      state: 'Stable',
      protocol: 'RoundRobinAssigner',
      members: [{ clientId: 'prueba' }],
    });
    await consumer.disconnect();
    const { groups } = await admin.listGroups();
    expect(groups).toEqual([{ groupId: 'lectores', protocolType: 'consumer' }]);
    const [offsets] = await admin.fetchOffsets({ groupId: 'lectores' });
    expect(offsets).toMatchObject({ topic: 'temas', partitions: [{ partition: 0, offset: '10' }] });
    await admin.deleteGroups(['lectores']);
    expect((await admin.listGroups()).groups).toEqual([]);
    expect((await admin.describeGroups(['lectores'])).groups[0]).toMatchObject({ state: 'Dead' });
  });
});

describe('offsets by time, with kafkajs', () => {
  const at = (second: number) => String(Date.UTC(2024, 0, 10, 12, 0, second));

  test.each([
    ['without compression', CompressionTypes.None],
    ['gzip', CompressionTypes.GZIP],
    ['snappy', CompressionTypes.Snappy],
  ])('the first record at or after a time is found inside a batch (%s)', async (_, compression) => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const producer = await connectedProducer(kafka);
    const admin = await connectedAdmin(kafka);
    const send = (seconds: readonly number[]) =>
      producer.send({
        topic: 'tiempos',
        compression,
        messages: seconds.map((second) => ({ value: `s${second}`, timestamp: at(second) })),
      });
    await send([1, 2, 3]);
    await send([10, 20, 15]);
    const offsetAt = async (second: number) =>
      (await admin.fetchTopicOffsetsByTimestamp('tiempos', Number(at(second))))[0]?.offset;
    expect(await Promise.all([0, 1, 2, 4, 11, 20].map(offsetAt))).toEqual(['0', '0', '1', '3', '4', '4']);
    // kafkajs answers the end where there is none.
    expect(await offsetAt(21)).toBe('6');
  });

  test('with LogAppendTime the time is that of the clock', async () => {
    const clock = new TestClock(Date.UTC(2024, 0, 10));
    const broker = await startBroker({ clock });
    const kafka = clientOf(broker);
    const admin = await connectedAdmin(kafka);
    const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
    await admin.createTopics({ topics: [{ topic: 'reloj', configEntries }] });
    const producer = await connectedProducer(kafka);
    const send = () => producer.send({ topic: 'reloj', messages: [{ value: 'x', timestamp: '5' }] });
    expect(await send()).toMatchObject([{ logAppendTime: String(clock.now()) }]);
    clock.advance(60_000);
    await send();
    const { received } = await startConsumer(kafka, 'reloj', 'grupo');
    await expect.poll(() => received.length).toBe(2);
    expect(received.map(({ message }) => Number(message.timestamp))).toEqual([clock.now() - 60_000, clock.now()]);
    expect(await admin.fetchTopicOffsetsByTimestamp('reloj', clock.now() - 1)).toMatchObject([{ offset: '1' }]);
  });
});

describe('administration, with kafkajs', () => {
  test('topics are created, described, widened, emptied and deleted', async () => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const admin = await connectedAdmin(kafka);
    expect(await admin.createTopics({ topics: [{ topic: 'temas', numPartitions: 2 }] })).toBe(true);
    expect(await admin.createTopics({ topics: [{ topic: 'temas', numPartitions: 2 }] })).toBe(false);
    await admin.createPartitions({ topicPartitions: [{ topic: 'temas', count: 3 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: ['temas'] });
    expect(topics[0]?.partitions.map(({ partitionId, leader, isr }) => [partitionId, leader, isr])).toEqual(
      expect.arrayContaining([0, 1, 2].map((partition) => [partition, 0, [0]])),
    );
    const producer = await connectedProducer(kafka);
    await producer.send({ topic: 'temas', messages: numbered(9).map((each) => ({ ...each, partition: 1 })) });
    await admin.deleteTopicRecords({ topic: 'temas', partitions: [{ partition: 1, offset: '4' }] });
    const offsets = await admin.fetchTopicOffsets('temas');
    expect(offsets.find(({ partition }) => partition === 1)).toMatchObject({ low: '4', high: '9' });
    const cluster = await admin.describeCluster();
    expect(cluster).toMatchObject({ controller: 0, brokers: [{ nodeId: 0, host: '127.0.0.1', port: broker.port }] });
    await admin.deleteTopics({ topics: ['temas'] });
    expect(await admin.listTopics()).toEqual([]);
    expect(broker.status()).toMatchObject({ topics: 0, bytes: 0 });
  });

  test.each([
    [{ topic: 'a/b' }, 'INVALID_TOPIC_EXCEPTION'],
    [{ topic: 'x', replicationFactor: 3 }, 'INVALID_REPLICATION_FACTOR'],
    [{ topic: 'x', numPartitions: 0 }, 'INVALID_PARTITIONS'],
    [{ topic: 'x', configEntries: [{ name: 'cleanup.policy', value: 'compact' }] }, 'INVALID_CONFIG'],
    [{ topic: 'x', configEntries: [{ name: 'retention.days', value: '1' }] }, 'INVALID_CONFIG'],
  ])('a topic that cannot be is refused: %o', async (topic, type) => {
    const admin = await connectedAdmin(clientOf(await startBroker()));
    await expect(admin.createTopics({ topics: [topic] })).rejects.toMatchObject({ errors: [{ type }] });
    expect(await admin.listTopics()).toEqual([]);
  });

  test('names that differ only in case, or that Windows reserves, are topics of their own', async () => {
    const broker = await startBroker();
    const admin = await connectedAdmin(clientOf(broker));
    await admin.createTopics({ topics: [{ topic: 'A' }, { topic: 'a' }, { topic: 'con' }] });
    expect((await admin.listTopics()).sort()).toEqual(['A', 'a', 'con']);
  });

  test('settings of a topic are shown, changed and kept', async () => {
    const folder = await emptyFolder();
    const broker = await startBroker({ folder });
    const admin = await connectedAdmin(clientOf(broker));
    await admin.createTopics({ topics: [{ topic: 'ajustes' }] });
    const resource = { type: ConfigResourceTypes.TOPIC, name: 'ajustes' };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ ...resource, configEntries: [{ name: 'retention.bytes', value: '1000' }] }],
    });
    await broker.stop();
    const again = await connectedAdmin(clientOf(await startBroker({ folder })));
    const shown = await again.describeConfigs({
      includeSynonyms: false,
      resources: [{ ...resource, configNames: ['retention.bytes', 'max.message.bytes'] }],
    });
    expect(shown.resources[0]?.configEntries.map((entry) => [entry.configName, entry.configValue])).toEqual([
      ['max.message.bytes', '1048588'],
      ['retention.bytes', '1000'],
    ]);
  });

  test('a topic deleted in the process is gone for clients that wait for it, and its name can be used anew', async () => {
    const broker = await startBroker();
    const kafka = clientOf(broker);
    const producer = await connectedProducer(kafka);
    await producer.send({ topic: 'fugaz', messages: numbered(4) });
    expect(await broker.deleteTopic('fugaz')).toBe(true);
    expect(await broker.deleteTopic('fugaz')).toBe(false);
    expect(broker.topics()).toEqual([]);
    const again = await connectedProducer(clientOf(broker));
    expect(await again.send({ topic: 'fugaz', messages: numbered(1) })).toMatchObject([{ baseOffset: '0' }]);
  });
});
