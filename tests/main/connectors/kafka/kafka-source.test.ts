import { describe, expect, test } from 'vitest';
import type { SparkError } from '../../../../engine/core/spark-error.ts';
import { simpleString } from '../../../../engine/core/type-names.ts';
import { parseTableSchema } from '../../../../engine/parser/parse-table-schema.ts';
import { kafkaSource } from '../../../../main/connectors/kafka/kafka-source.ts';
import { brokerEndpoints } from '../calls/broker-endpoints.ts';
import { optionsOf, sourceContext } from './kafka-fixture.ts';

/** Nothing listens there: `load()` asks no server. */
const source = kafkaSource(brokerEndpoints(1));
type Options = Readonly<Record<string, string>>;
const servers = { 'kafka.bootstrap.servers': 'localhost:9092' };
const complete = { ...servers, subscribe: 't' };

const load = (kind: 'stream' | 'batch', options: Options, ddl?: string) => {
  const schema = ddl === undefined ? undefined : (parseTableSchema(ddl) as never);
  const request = { format: 'kafka', schema, options: optionsOf(options), paths: [] };
  return kind === 'stream' ? source.loadStream!(request, sourceContext()) : source.loadBatch!(request, sourceContext());
};
const failure = async (kind: 'stream' | 'batch', options: Options): Promise<SparkError> =>
  load(kind, options).then(
    () => expect.fail('it was loaded'),
    (error: unknown) => error as SparkError,
  );

const one =
  'One of the following options must be specified for Kafka source: subscribe, subscribepattern, assign. See the docs for more details.';
const expected = 'Expected e.g. {"topicA":{"0":23,"1":-1},"topicB":{"0":-2}}, got';

describe('what load() refuses', () => {
  test.each<[Options, string]>([
    [{}, one],
    [servers, one],
    [{ subscribe: 't' }, "Option 'kafka.bootstrap.servers' must be specified for configuring Kafka consumer"],
    [{ ...servers, subscribe: ' , ' }, "No topics to subscribe to as specified value for option 'subscribe' is ' , '"],
    [
      { ...servers, subscribePattern: ' ' },
      "Pattern to subscribe is empty as specified value for option 'subscribePattern' is ' '",
    ],
    [{ ...servers, assign: 't' }, "No topicpartitions to assign as specified value for option 'assign' is 't'"],
    [{ ...complete, assign: '{}' }, one.replace('One of', 'Only one of').replace('must', 'can')],
    [{ ...complete, minPartitions: '0' }, 'minPartitions must be positive'],
    [{ ...complete, MINPARTITIONS: 'dos' }, 'For input string: "dos"'],
    [{ ...complete, includeHeaders: 'quizá' }, 'For input string: "quizá"'],
    [{ ...complete, 'kafka.interceptor.classes': 'x' }, "Kafka option 'interceptor.classes' is not supported"],
    [{ ...complete, 'kafka.Enable.auto.commit': 'x' }, "Kafka option 'enable.auto.commit' is not supported"],
    [
      { ...complete, minOffsetsPerTrigger: '5', maxOffsetsPerTrigger: '2' },
      'The value of minOffsetPerTrigger(5) is higher than the maxOffsetsPerTrigger(2).',
    ],
  ])('%j, in a stream and in a batch', async (options, message) => {
    for (const kind of ['stream', 'batch'] as const) expect((await failure(kind, options)).message).toBe(message);
  });

  test.each<[Options, string]>([
    [{ endingOffsets: 'latest' }, 'ending offset not valid in streaming queries'],
    [{ endingOffsetsByTimestamp: '{}' }, 'ending timestamp not valid in streaming queries'],
  ])('%j in a stream', async (options, message) => {
    expect((await failure('stream', { ...complete, ...options })).message).toBe(message);
  });

  test.each<[Options, string]>([
    [{ startingOffsets: 'primero' }, `${expected} primero`],
    [{ startingOffsets: '{"t":' }, `${expected} {"t":`],
    [{ startingOffsets: '{"t":[0]}' }, `${expected} {"t":[0]}`],
    [{ startingOffsets: 'LATEST' }, "starting offset can't be latest for batch queries on Kafka"],
    [{ startingOffsets: '{"t":{"0":-1}}' }, "startingOffsets for t-0 can't be latest for batch queries on Kafka"],
    [{ startingTimestamp: 'ayer' }, 'Expected a single long value, got ayer'],
    [{ startingTimestamp: '1', startingOffsetsByTimestampStrategy: 'otra' }, "No value found for 'OTRA'"],
    [{ failOnDataLoss: 'quizá' }, 'For input string: "quizá"'],
  ])('%j in a batch, while a stream finds it when it runs', async (options, message) => {
    expect((await failure('batch', { ...complete, ...options })).message).toBe(message);
    await expect(load('stream', { ...complete, ...options })).resolves.toBeDefined();
  });

  test.each<[Options, string]>([
    [{ endingOffsets: 'earliest' }, "ending offset can't be earliest for batch queries on Kafka"],
    [{ endingOffsets: '{"t":{"1":-2}}' }, "ending offset for t-1 can't be earliest for batch queries on Kafka"],
  ])('%j in a batch', async (options, message) => {
    expect((await failure('batch', { ...complete, ...options })).message).toBe(message);
  });

  test('a pattern that Java cannot read, with Java’s words', async () => {
    const { message, errorClass } = await failure('batch', { ...servers, subscribePattern: '*' });
    expect([errorClass, message]).toEqual([
      'IllegalArgumentException',
      "Dangling meta character '*' near index 0\n*\n^",
    ]);
  });

  test('a schema of the learner’s own', async () => {
    await expect(load('stream', complete, 'value STRING')).rejects.toThrow(
      'requirement failed: Kafka source has a fixed schema and cannot be set with a custom one',
    );
    await expect(load('batch', complete, 'value STRING')).rejects.toThrow(
      "The user-specified schema doesn't match the actual schema:\nuser-specified: value STRING, actual: key BINARY,value BINARY,topic STRING,partition INT,offset BIGINT,timestamp TIMESTAMP,timestampType INT.",
    );
  });
});

test('the columns are Kafka’s, with headers where they are asked for', async () => {
  const plain =
    'key:binary,value:binary,topic:string,partition:int,offset:bigint,timestamp:timestamp,timestampType:int';
  const loaded = await load('stream', complete);
  expect(simpleString(loaded.schema)).toBe(`struct<${plain}>`);
  expect(loaded.description).toBe('kafka');
  const withHeaders = await load('batch', { ...complete, includeHeaders: 'TRUE' });
  expect(simpleString(withHeaders.schema)).toBe(`struct<${plain},headers:array<struct<key:string,value:binary>>>`);
});
