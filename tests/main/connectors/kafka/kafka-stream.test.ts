import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreamSource } from '../../../../engine/api/source.ts';
import { TestClock } from '../../../support/test-clock.ts';
import { KafkaFixture, readRows, readTexts } from './kafka-fixture.ts';

const kafka = new KafkaFixture();
beforeAll(() => kafka.start());
afterAll(() => kafka.stop());

const earliest = { startingOffsets: 'earliest' };

/** What a batch from `start` would read. */
async function batchOf(stream: StreamSource, start: unknown): Promise<readonly string[]> {
  return readTexts(await stream.read(start, await stream.latestOffset(start, 'source_default')));
}

describe('a stream', () => {
  test('begins at the end, and its first batch is empty', async () => {
    await kafka.topic('final');
    await kafka.produce('final', 0, 'antes');
    const stream = await kafka.stream({ subscribe: 'final' });
    const first = await stream.latestOffset(null, 'source_default');
    expect(first).toEqual({ final: { 0: 1 } });
    expect(await readTexts(await stream.read(null, first))).toEqual([]);
    await kafka.produce('final', 0, 'después', null);
    expect(await batchOf(stream, first)).toEqual(['0:1:después', '0:2:null']);
  });

  test('keeps where it began beside the checkpoint, as Spark writes it', async () => {
    await kafka.topic('inicio');
    await kafka.produce('inicio', 0, 'a', 'b');
    const folder = join(kafka.folder, 'sources', '0');
    await (await kafka.stream({ subscribe: 'inicio' }, { folder })).latestOffset(null, 'source_default');
    expect(readFileSync(join(folder, '0'), 'utf8')).toBe('\0v1\n{"inicio":{"0":2}}');
    await kafka.produce('inicio', 0, 'c');
    const again = await kafka.stream({ subscribe: 'inicio', ...earliest }, { folder });
    expect(await batchOf(again, null)).toEqual(['0:2:c']);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['offsets', { startingOffsets: '{"desde":{"0":1,"1":-2}}' }, ['0:1:b', '1:0:x']],
    ['the end by number', { startingOffsets: '{"desde":{"0":-1,"1":-2}}' }, ['1:0:x']],
    ['a timestamp', { startingTimestamp: '1' }, ['0:0:a', '0:1:b', '1:0:x']],
    [
      'timestamps by partition',
      {
        startingOffsetsByTimestamp: '{"desde":{"0":1,"1":99999999999999}}',
        startingOffsetsByTimestampStrategy: 'latest',
      },
      ['0:0:a', '0:1:b'],
    ],
  ])('begins at %s', async (_name, options, rows) => {
    if ((await kafka.client.describeTopics(['desde']))[0]?.errorCode !== 0) {
      await kafka.topic('desde', 2);
      await kafka.produce('desde', 0, 'a', 'b');
      await kafka.produce('desde', 1, 'x');
    }
    expect(await batchOf(await kafka.stream({ subscribe: 'desde', ...options }), null)).toEqual(rows);
  });

  test('gives Spark’s columns', async () => {
    await kafka.topic('columnas');
    const header = { key: 'h', value: null };
    const record = {
      key: Buffer.from('k'),
      value: Buffer.from('v'),
      headers: [header],
      timestampMs: 1_700_000_000_123,
    };
    await kafka.client.produce([{ topic: 'columnas', partition: 0, records: [record] }], -1, 5000);
    const stream = await kafka.stream({ subscribe: 'columnas', includeHeaders: 'true', ...earliest });
    const [row] = await readRows(await stream.read(null, await stream.latestOffset(null, 'source_default')));
    expect(row?.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value))).toEqual([
      'k',
      'v',
      'columnas',
      0,
      0n,
      1_700_000_000_123_000n,
      0,
      [{ form: 'struct', values: ['h', null] }],
    ]);
  });

  test('takes at most maxOffsetsPerTrigger, and says how far it lies behind', async () => {
    await kafka.topic('ritmo', 2);
    await kafka.produce('ritmo', 0, 'a', 'b', 'c', 'd', 'e', 'f');
    await kafka.produce('ritmo', 1, 'x', 'y', 'z');
    const stream = await kafka.stream({ subscribe: 'ritmo', maxOffsetsPerTrigger: '4', ...earliest });
    expect(stream.description).toBe('KafkaV2[Subscribe[ritmo]]');
    expect(await stream.latestOffset(null, 'source_default')).toEqual({ ritmo: { 0: 2, 1: 1 } });
    expect(stream.reportedLatest?.()).toEqual({ ritmo: { 0: 6, 1: 3 } });
    expect(stream.metrics?.()).toEqual({
      avgOffsetsBehindLatest: '3.0',
      maxOffsetsBehindLatest: '4',
      minOffsetsBehindLatest: '2',
    });
    expect(await stream.latestOffset(null, 'all_available')).toEqual({ ritmo: { 0: 6, 1: 3 } });
  });

  test('waits for minOffsetsPerTrigger records, but not longer than maxTriggerDelay', async () => {
    await kafka.topic('espera');
    const clock = new TestClock(Date.parse('2024-01-10T12:00:00Z'));
    const options = { subscribe: 'espera', minOffsetsPerTrigger: '3', maxTriggerDelay: '10m', ...earliest };
    const stream = await kafka.stream(options, { clock });
    const first = await stream.latestOffset(null, 'source_default');
    await kafka.produce('espera', 0, 'a', 'b');
    expect(await stream.latestOffset(first, 'source_default')).toEqual(first);
    clock.advance(10 * 60_000);
    expect(await stream.latestOffset(first, 'source_default')).toEqual({ espera: { 0: 2 } });
  });

  test('with availableNow reads what was there at the first look', async () => {
    await kafka.topic('ahora');
    await kafka.produce('ahora', 0, 'a', 'b', 'c');
    const stream = await kafka.stream({ subscribe: 'ahora', maxOffsetsPerTrigger: '2', ...earliest });
    await stream.prepareAvailableNow?.();
    const first = await stream.latestOffset(null, 'source_default');
    await kafka.produce('ahora', 0, 'tarde');
    const second = await stream.latestOffset(first, 'source_default');
    expect([first, second]).toEqual([{ ahora: { 0: 2 } }, { ahora: { 0: 3 } }]);
    expect(await readTexts(await stream.read(first, second))).toEqual(['0:2:c']);
  });

  test('finds partitions and topics that come later, from their beginning', async () => {
    await kafka.topic('vienen-a');
    const stream = await kafka.stream({ subscribePattern: '^vienen-', ...earliest });
    const first = await stream.latestOffset(null, 'source_default');
    await kafka.client.createPartitions([{ topic: 'vienen-a', count: 2 }]);
    await kafka.topic('vienen-b');
    await kafka.produce('vienen-a', 1, 'nueva');
    await kafka.produce('vienen-b', 0, 'otro');
    await expect
      .poll(() => stream.latestOffset(first, 'source_default'))
      .toEqual({ 'vienen-a': { 0: 0, 1: 1 }, 'vienen-b': { 0: 1 } });
    expect(await batchOf(stream, first)).toEqual(['1:0:nueva', '0:0:otro']);
  });

  test('is told of new records', async () => {
    await kafka.topic('aviso');
    const stream = await kafka.stream({ subscribe: 'aviso' });
    const told = new Promise<void>((resolve) => stream.watch?.(resolve));
    const first = await stream.latestOffset(null, 'source_default');
    await stream.latestOffset(first, 'source_default');
    await kafka.produce('aviso', 0, 'ya');
    await told;
    expect(await batchOf(stream, first)).toEqual(['0:0:ya']);
  });
});

describe('what a stream refuses when it runs', () => {
  test.each<[Readonly<Record<string, string>>, string]>([
    [{ startingOffsets: 'primero' }, 'Expected e.g. {"topicA":{"0":23,"1":-1},"topicB":{"0":-2}}, got primero'],
    [{ failOnDataLoss: 'quizá' }, 'For input string: "quizá"'],
    [{ maxOffsetsPerTrigger: 'muchos' }, 'For input string: "muchos"'],
    [
      { maxTriggerDelay: 'pronto' },
      'Time must be specified as seconds (s), milliseconds (ms), microseconds (us), minutes (m or min), hour (h), or day (d). E.g. 50s, 100ms, or 250us.\nFailed to parse time string: pronto',
    ],
    [{ 'kafka.bootstrap.servers': 'localhost' }, 'Failed to create new KafkaAdminClient'],
  ])('%j', async (options, message) => {
    await expect(kafka.stream({ subscribe: 'final', ...options })).rejects.toThrow(message);
  });

  test('a topic that does not exist, after Spark’s three tries', async () => {
    const stream = await kafka.stream({ subscribe: 'nadie', ...earliest });
    await expect(stream.latestOffset(null, 'source_default')).rejects.toThrow(
      'org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.',
    );
  });

  test('starting offsets that leave out a partition', async () => {
    await kafka.topic('parcial', 2);
    const stream = await kafka.stream({ subscribe: 'parcial', startingOffsets: '{"parcial":{"1":0}}' });
    await expect(stream.latestOffset(null, 'source_default')).rejects.toThrow(
      "assertion failed: If startingOffsets contains specific offsets, you must specify all TopicPartitions.\nUse -1 for latest, -2 for earliest, if you don't care.\nSpecified: Set(parcial-1) Assigned: Set(parcial-0, parcial-1)",
    );
  });

  test('a timestamp that no record reaches', async () => {
    await kafka.topic('futuro');
    const stream = await kafka.stream({ subscribe: 'futuro', startingTimestamp: '99999999999999' });
    await expect(stream.latestOffset(null, 'source_default')).rejects.toThrow(
      'No offset matched from request of topic-partition futuro-0 and timestamp 99999999999999.',
    );
  });
});

describe('records that are gone', () => {
  test('fail the task that reads them, or are skipped', async () => {
    await kafka.topic('borrados');
    await kafka.produce('borrados', 0, 'a', 'b', 'c');
    await kafka.client.deleteRecords([{ topic: 'borrados', partition: 0, offset: 2 }]);
    const options = { subscribe: 'borrados', startingOffsets: '{"borrados":{"0":0}}' };
    const strict = await kafka.stream({ ...options, groupIdPrefix: 'mi-grupo' });
    const end = await strict.latestOffset(null, 'source_default');
    await expect(readTexts(await strict.read(null, end))).rejects.toThrow(
      /java\.lang\.IllegalStateException: Cannot fetch offset 0 \(GroupId: mi-grupo-executor, TopicPartition: borrados-0\)\. \nSome data may have been lost/,
    );
    expect(await batchOf(await kafka.stream({ ...options, failOnDataLoss: 'false' }), null)).toEqual(['0:2:c']);
  });

  test('an offset that went back fails the query, or starts again from what is there', async () => {
    await kafka.topic('menos');
    await kafka.produce('menos', 0, 'a');
    const before = { menos: { 0: 9 } };
    const strict = await kafka.stream({ subscribe: 'menos' });
    const end = await strict.latestOffset(before, 'source_default');
    await expect(strict.read(before, end)).rejects.toThrow(
      "Partition menos-0's offset was changed from 9 to 1, some data may have been missed",
    );
    expect(await batchOf(await kafka.stream({ subscribe: 'menos', failOnDataLoss: 'false' }), before)).toEqual([]);
  });
});
