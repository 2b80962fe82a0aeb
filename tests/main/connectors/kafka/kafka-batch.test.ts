import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BatchSource } from '../../../../engine/api/source.ts';
import { kafkaSource } from '../../../../main/connectors/kafka/kafka-source.ts';
import { KafkaFixture, optionsOf, readTexts, sourceContext } from './kafka-fixture.ts';

const kafka = new KafkaFixture();
beforeAll(async () => {
  await kafka.start();
  await kafka.topic('t', 2);
  await kafka.produce('t', 0, 'a', 'b', 'c');
  await kafka.produce('t', 1, 'x');
});
afterAll(() => kafka.stop());

type Options = Readonly<Record<string, string>>;
const load = (options: Options): Promise<BatchSource> => {
  const all = { 'kafka.bootstrap.servers': 'localhost:9092', ...options };
  const request = { format: 'kafka', schema: undefined, options: optionsOf(all), paths: [] };
  return kafkaSource(kafka.endpoints).loadBatch!(request, sourceContext());
};
const rowsOf = async (options: Options): Promise<readonly string[]> => readTexts(await (await load(options)).read());

describe('a batch read', () => {
  test.each<[Options, readonly string[]]>([
    [{ subscribe: 't' }, ['0:0:a', '0:1:b', '0:2:c', '1:0:x']],
    [{ assign: '{"t":[1]}' }, ['1:0:x']],
    [{ assign: '{"t":[7]}' }, []],
    [{ subscribePattern: 'nadie.*' }, []],
    [{ subscribe: 't', startingOffsets: '{"t":{"0":2,"1":-2}}' }, ['0:2:c', '1:0:x']],
    [{ subscribe: 't', endingOffsets: '{"t":{"0":1,"1":0}}' }, ['0:0:a']],
    [{ subscribe: 't', startingTimestamp: '1', endingOffsets: '{"t":{"0":1,"1":-1}}' }, ['0:0:a', '1:0:x']],
    [{ subscribe: 't', endingTimestamp: '1' }, []],
    [{ subscribe: 't', startingTimestamp: '99999999999999', startingOffsetsByTimestampStrategy: 'latest' }, []],
  ])('%j', async (options, rows) => {
    expect(await rowsOf(options)).toEqual(rows);
  });

  test('is done anew by each action', async () => {
    await kafka.topic('crece');
    const source = await load({ subscribe: 'crece' });
    expect(await readTexts(await source.read())).toEqual([]);
    await kafka.produce('crece', 0, 'a');
    expect(await readTexts(await source.read())).toEqual(['0:0:a']);
  });

  test('has one partition for each of Kafka’s, or as many as minPartitions asks for', async () => {
    expect(await (await load({ subscribe: 't' })).partitionSizes?.()).toEqual([3, 1]);
    expect(await (await load({ subscribe: 't', minPartitions: '4' })).partitionSizes?.()).toEqual([1, 1, 1, 1]);
  });

  test('of a topic that does not exist fails at once', async () => {
    await expect(rowsOf({ subscribe: 'nadie' })).rejects.toMatchObject({
      errorClass: { java: 'java.util.concurrent.ExecutionException' },
      message:
        'org.apache.kafka.common.errors.UnknownTopicOrPartitionException: This server does not host this topic-partition.',
    });
  });

  test('with offsets that leave out a partition fails in its planning', async () => {
    const failed = rowsOf({ subscribe: 't', startingOffsets: '{"t":{"0":0}}' });
    await expect(failed).rejects.toMatchObject({
      condition: 'INTERNAL_ERROR',
      cause: {
        message: expect.stringContaining(
          'assertion failed: If startingOffsets contains specific offsets, you must specify all TopicPartitions.\nUse -1',
        ),
      },
    });
  });

  test('that ends before it begins fails in its task', async () => {
    const options = { assign: '{"t":[0]}', startingOffsets: '{"t":{"0":9}}' };
    await expect(rowsOf(options)).rejects.toThrow(
      'java.lang.AssertionError: assertion failed: Beginning offset 9 is after the ending offset 3 for topic t partition 0. You either provided an invalid fromOffset, or the Kafka topic has been damaged',
    );
  });

  test('beyond the end of a partition is a loss', async () => {
    const options = { assign: '{"t":[1]}', endingOffsets: '{"t":{"1":5}}' };
    await expect(rowsOf(options)).rejects.toThrow(
      /Cannot fetch offset 1 \(GroupId: spark-kafka-relation-[0-9a-f-]+-executor, TopicPartition: t-1\)/,
    );
    expect(await rowsOf({ ...options, failOnDataLoss: 'false' })).toEqual(['1:0:x']);
  });
});
