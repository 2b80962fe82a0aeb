import { writeSync } from 'node:fs';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { LogDisk } from '../../../../main/services/append-log.ts';
import { createTopics, describeCluster } from '../../../../main/services/kafka/admin-messages.ts';
import { apiVersions, fetch, metadata, produce } from '../../../../main/services/kafka/data-messages.ts';
import { offsetCommit } from '../../../../main/services/kafka/group-messages.ts';
import { KafkaBroker } from '../../../../main/services/kafka/broker.ts';
import { systemClock } from '../../../../engine/core/clock.ts';
import { ask, connectTo, nextAnswer, requestFrame } from './raw-client.ts';
import { recordBatch } from './record-batches.ts';
import { afterTest, emptyFolder, startBroker } from './running-broker.ts';
import { allApis } from './wire-samples.ts';

const produceOne = (topic: string, records: Buffer, acks = -1) => ({
  acks,
  timeoutMs: 1000,
  topics: [{ name: topic, partitions: [{ index: 0, records }] }],
});

const fetchFrom = (topic: string, fetchOffset: number, maxWaitMs: number, minBytes = 1) => ({
  maxWaitMs,
  minBytes,
  maxBytes: 1 << 20,
  isolationLevel: 0,
  topics: [{ topic, topicId: '', partitions: [{ partition: 0, fetchOffset, partitionMaxBytes: 1 << 20 }] }],
});

const newTopic = (name: string, numPartitions = 1) => ({
  topics: [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }],
  timeoutMs: 1000,
  validateOnly: false,
});

describe('what the broker offers', () => {
  test('is told in every version of ApiVersions; an unknown version gets the list in version 0 with error 35', async () => {
    const { port } = await startBroker();
    const asked = { clientSoftwareName: 'prueba', clientSoftwareVersion: '1' };
    for (const version of [0, 1, 2, 3, 4]) {
      const answer = await ask(port, apiVersions, version, asked);
      expect(answer?.errorCode).toBe(0);
      expect(answer?.apiKeys.find(({ apiKey }) => apiKey === 0)).toEqual({ apiKey: 0, minVersion: 0, maxVersion: 9 });
    }
    const { errorCode, apiKeys } = apiVersions.response;
    const future = await ask(port, { ...apiVersions, flexibleFrom: 99, response: { errorCode, apiKeys } }, 9, asked);
    expect(future?.errorCode).toBe(35);
    expect(future?.apiKeys.length).toBe(allApis.length);
  });

  test.each([
    ['an API nobody knows', { key: 999, flexibleFrom: 9, request: {} }, 0],
    ['a version that is not offered', metadata, 13],
    ['a request cut short', { ...metadata, request: {} }, 5],
  ])('%s closes its connection only', async (_, api, version) => {
    const { port } = await startBroker();
    const other = await connectTo(port);
    const socket = await connectTo(port);
    socket.write(requestFrame(api, version, { topics: [] } as never));
    expect(await nextAnswer(socket)).toBeNull();
    other.write(requestFrame(describeCluster, 0, { includeClusterAuthorizedOperations: false }));
    expect(await nextAnswer(other)).not.toBeNull();
  });

  test('a client is told to connect to the address it came by', async () => {
    const { port } = await startBroker();
    const socket = await connectTo(port, '::1');
    socket.write(requestFrame(describeCluster, 0, { includeClusterAuthorizedOperations: false }));
    expect(String(await nextAnswer(socket))).toContain('::1');
  });

  test('a port that is taken is refused', async () => {
    const { port } = await startBroker();
    const second = KafkaBroker.start({ folder: await emptyFolder(), port, clock: systemClock });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('a fetch that waits', () => {
  test('is answered as soon as there are records', async () => {
    const { port } = await startBroker();
    await ask(port, createTopics, 3, newTopic('espera'));
    const waiting = ask(port, fetch, 11, fetchFrom('espera', 0, 30_000));
    await ask(port, produce, 7, produceOne('espera', recordBatch([{ value: 'a' }])));
    expect((await waiting)?.topics[0]?.partitions[0]).toMatchObject({ errorCode: 0, highWatermark: 1 });
  });

  test('is answered with nothing when its time is over, and with what there is though it wanted more', async () => {
    const { port } = await startBroker();
    await ask(port, createTopics, 3, newTopic('espera'));
    const empty = await ask(port, fetch, 11, fetchFrom('espera', 0, 30));
    expect(empty?.topics[0]?.partitions[0]?.records).toHaveLength(0);
    await ask(port, produce, 7, produceOne('espera', recordBatch([{ value: 'a' }])));
    const little = await ask(port, fetch, 11, fetchFrom('espera', 0, 30, 1 << 20));
    expect(little?.topics[0]?.partitions[0]?.records?.length).toBeGreaterThan(60);
  });

  test('is refused at once when its topic is deleted, and does not hold up the end of the broker', async () => {
    const broker = await startBroker();
    await ask(broker.port, createTopics, 3, newTopic('espera'));
    await ask(broker.port, createTopics, 3, newTopic('otra'));
    const waiting = ask(broker.port, fetch, 11, fetchFrom('espera', 0, 30_000));
    const held = ask(broker.port, fetch, 11, fetchFrom('otra', 0, 30_000));
    await expect.poll(() => broker.status().connections).toBe(2);
    await broker.deleteTopic('espera');
    expect((await waiting)?.topics[0]?.partitions[0]?.errorCode).toBe(3);
    await broker.stop();
    expect(await held).toBeNull();
  });
});

describe('limits', () => {
  test('above the total, the oldest segments are deleted and the newest records stay', async () => {
    const broker = await startBroker({ limits: { totalBytes: 100_000 } });
    await ask(broker.port, createTopics, 3, newTopic('mucho'));
    const records = recordBatch([{ value: 'x'.repeat(5000) }]);
    for (let sent = 0; sent < 40; sent += 1) await ask(broker.port, produce, 7, produceOne('mucho', records));
    const [partition] = broker.topics()[0]?.partitions ?? [];
    expect(broker.status().bytes).toBeLessThanOrEqual(100_000);
    expect(partition?.bytes).toBe(broker.status().bytes);
    expect(partition?.endOffset).toBe(40);
    // A segment has two of these records, and at least one segment goes at a time.
    expect(partition?.startOffset).toBe(22);
  });

  test('no more partitions than the broker can hold open', async () => {
    const { port } = await startBroker({ limits: { maxPartitions: 3 } });
    expect((await ask(port, createTopics, 3, newTopic('a', 3)))?.topics[0]?.errorCode).toBe(0);
    expect((await ask(port, createTopics, 3, newTopic('b')))?.topics[0]?.errorCode).toBe(37);
  });

  test('a full disk refuses records, offsets and topics with KAFKA_STORAGE_ERROR, and keeps what it had', async () => {
    let isFull = false;
    const disk: LogDisk = {
      write: (fd, bytes, position) => {
        if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        return writeSync(fd, bytes, 0, bytes.length, position);
      },
    };
    const folder = await emptyFolder();
    const broker = await startBroker({ folder, disk });
    const { port } = broker;
    const records = () => produceOne('disco', recordBatch([{ value: 'a' }]));
    const commit = {
      groupId: 'g',
      memberId: '',
      topics: [{ name: 'disco', partitions: [{ partitionIndex: 0, committedOffset: 1 }] }],
    };
    const codes = async () => [
      (await ask(port, produce, 7, records()))?.topics[0]?.partitions[0]?.errorCode,
      (await ask(port, offsetCommit, 7, commit))?.topics[0]?.partitions[0]?.errorCode,
    ];
    await ask(port, createTopics, 3, newTopic('disco'));
    expect(await codes()).toEqual([0, 0]);
    isFull = true;
    expect(await codes()).toEqual([56, 56]);
    expect((await ask(port, createTopics, 3, newTopic('otro')))?.topics[0]?.errorCode).toBe(56);
    const kept = await ask(port, fetch, 11, fetchFrom('disco', 0, 0));
    expect(kept?.topics[0]?.partitions[0]).toMatchObject({ errorCode: 0, highWatermark: 1 });
    isFull = false;
    expect(await codes()).toEqual([0, 0]);
    await broker.stop();
    const again = await startBroker({ folder });
    expect(again.topics()).toMatchObject([{ name: 'disco', partitions: [{ endOffset: 2 }] }]);
  });
});

test('a producer that leaves in the middle of a frame leaves no record', async () => {
  const broker = await startBroker();
  await ask(broker.port, createTopics, 3, newTopic('medio'));
  const frame = requestFrame(produce, 7, produceOne('medio', recordBatch([{ value: 'x'.repeat(5000) }])));
  const socket = await connectTo(broker.port);
  const closed = once(socket, 'close');
  socket.resume();
  socket.end(frame.subarray(0, frame.length - 10));
  await closed;
  await expect.poll(() => broker.status().connections).toBe(0);
  expect(broker.topics()[0]?.partitions[0]).toMatchObject({ endOffset: 0, bytes: 0 });
});

test('a broker may be stopped twice', async () => {
  const broker = await KafkaBroker.start({ folder: await emptyFolder(), port: 0, clock: systemClock });
  afterTest(() => broker.stop());
  await broker.stop();
  await broker.stop();
  await expect(connectTo(broker.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
