import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StructType } from '../../../../engine/core/data-type.ts';
import { structValue, type Row } from '../../../../engine/core/spark-value.ts';
import { parseTableSchema } from '../../../../engine/parser/parse-table-schema.ts';
import { kafkaSink } from '../../../../main/connectors/kafka/kafka-sink.ts';
import { KafkaFixture, outputOf, sinkContext, writeRequest } from './kafka-fixture.ts';

const kafka = new KafkaFixture();
beforeAll(() => kafka.start());
afterAll(() => kafka.stop());

const table = (ddl: string): StructType => parseTableSchema(ddl) as StructType;

async function write(
  ddl: string,
  rows: readonly Row[],
  options: Readonly<Record<string, string>>,
  mode: 'append' | 'overwrite' = 'append',
): Promise<void> {
  const schema = table(ddl);
  await kafkaSink(kafka.endpoints).writeBatch!(
    writeRequest(options, schema),
    mode,
    outputOf(schema, rows),
    sinkContext,
  );
}

const text = (value: Uint8Array | null): string | null => (value === null ? null : Buffer.from(value).toString());

async function stored(topic: string, partition = 0): Promise<readonly (readonly [string | null, string | null])[]> {
  const found = await kafka.client.fetch({ topic, partition, offset: 0, maxBytes: 8 << 20, maxWaitMs: 0 });
  return found.records.map(({ key, value }) => [text(key), text(value)] as const);
}

describe('rows become records', () => {
  test('keys and values are text or bytes, other columns are left out, the topic is made', async () => {
    await write(
      'id INT, key STRING, value BINARY',
      [
        [1, 'ñ', Buffer.from('v')],
        [2, null, null],
      ],
      { topic: ' nuevo ' },
    );
    expect(await stored('nuevo')).toEqual([
      ['ñ', 'v'],
      [null, null],
    ]);
  });

  test('the column names the topic, and the option wins over it', async () => {
    await write(
      'topic STRING, value STRING',
      [
        ['uno', 'a'],
        ['dos', 'b'],
      ],
      {},
    );
    await write('topic STRING, value STRING', [['dos', 'c']], { topic: 'uno' });
    expect([await stored('uno'), await stored('dos')]).toEqual([
      [
        [null, 'a'],
        [null, 'c'],
      ],
      [[null, 'b']],
    ]);
  });

  test('go to the partition of their column, else of their key', async () => {
    await kafka.topic('tres', 3);
    await write(
      'key STRING, value STRING, partition INT',
      [
        ['1', 'por la clave', null],
        ['1', 'por la columna', 2],
      ],
      { topic: 'tres' },
    );
    expect([await stored('tres', 0), await stored('tres', 2)]).toEqual([
      [['1', 'por la clave']],
      [['1', 'por la columna']],
    ]);
  });

  test('headers keep their order and repeat', async () => {
    const headers = [structValue(['b', Buffer.from('1')]), structValue(['a', null]), structValue(['b', null])];
    await write(
      'value STRING, headers ARRAY<STRUCT<key: STRING, value: BINARY>>',
      [
        ['v', headers],
        ['w', null],
      ],
      { topic: 'cabeceras' },
    );
    const found = await kafka.client.fetch({
      topic: 'cabeceras',
      partition: 0,
      offset: 0,
      maxBytes: 1 << 20,
      maxWaitMs: 0,
    });
    expect(found.records.map((record) => record.headers.map(({ key, value }) => [key, text(value)]))).toEqual([
      [
        ['b', '1'],
        ['a', null],
        ['b', null],
      ],
      [],
    ]);
  });

  test('a write larger than a record batch keeps its order', async () => {
    const rows = Array.from({ length: 3000 }, (_, n): Row => [String(n).padStart(400, '0')]);
    await write('value STRING', rows, { topic: 'grande' });
    expect((await stored('grande')).map(([, value]) => Number(value))).toEqual(rows.map((_, n) => n));
  });

  test('a stream reports what it wrote', async () => {
    const schema = table('value STRING');
    const stream = await kafkaSink(kafka.endpoints).openStream!(
      writeRequest({ topic: 'flujo' }, schema),
      undefined as never,
      sinkContext,
    );
    const batch = { batchId: 0 as never, mode: 'append' as const, ...outputOf(schema, [['a'], ['b']]) };
    expect(await stream.write(batch)).toEqual({ rows: 2 });
    expect([stream.reportsRows, stream.description]).toEqual([
      true,
      expect.stringMatching(/^org\.apache\.spark\.sql\.kafka010\.KafkaSourceProvider\$KafkaTable@[0-9a-f]+$/),
    ]);
    await stream.close();
  });
});

describe('what cannot be written', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['id INT', { topic: 't' }, "Required attribute 'value' not found"],
    ['VALUE STRING', { topic: 't' }, "Required attribute 'value' not found"],
    [
      'value STRING',
      {},
      "topic option required when no 'topic' attribute is present. Use the topic option for setting a topic.",
    ],
    [
      'value STRUCT<id: STRING, edad: INT>',
      { topic: 't' },
      'value attribute unsupported type struct<id:string,edad:int>. value must be a(n) string or binary',
    ],
    [
      'key BIGINT, value STRING',
      { topic: 't' },
      'key attribute unsupported type bigint. key must be a(n) string or binary',
    ],
    ['topic INT, value STRING', {}, 'topic attribute unsupported type int. topic must be a(n) string'],
    [
      'partition STRING, value STRING',
      { topic: 't' },
      'partition attribute unsupported type string. partition must be a(n) int',
    ],
    [
      'headers STRING, value STRING',
      { topic: 't' },
      'headers attribute unsupported type string. headers must be a(n) array<struct<key:string,value:binary>>',
    ],
    [
      'value STRING',
      { topic: 't', 'kafka.key.serializer': 'x' },
      "Kafka option 'key.serializer' is not supported as keys are serialized with ByteArraySerializer.",
    ],
  ])('%s with %j', async (ddl, options, message) => {
    await expect(write(ddl, [], options)).rejects.toThrow(message);
  });

  test.each<[Row, Readonly<Record<string, string>>, string]>([
    [
      [null, null, 'v'],
      {},
      'java.lang.NullPointerException: null topic present in the data. Use the topic option for setting a default topic.',
    ],
    [
      ['t', -1, 'v'],
      {},
      'java.lang.IllegalArgumentException: Invalid partition: -1. Partition number should always be non-negative or null.',
    ],
    [
      ['t', 5, 'v'],
      { 'kafka.max.block.ms': '1500' },
      'org.apache.kafka.common.errors.TimeoutException: Topic t not present in metadata after 1500 ms.',
    ],
    [
      ['hola mundo', null, 'v'],
      {},
      'org.apache.kafka.common.errors.InvalidTopicException: Invalid topics: [hola mundo]',
    ],
    [
      ['t', null, 'x'.repeat(1_100_000)],
      {},
      'org.apache.kafka.common.errors.RecordTooLargeException: The message is 1100088 bytes when serialized which is larger than 1048576, which is the value of the max.request.size configuration.',
    ],
    [
      ['t', null, 'v'],
      { 'kafka.acks': '7' },
      'org.apache.kafka.common.config.ConfigException: Invalid value 7 for configuration acks: String must be one of: all, -1, 0, 1',
    ],
    [
      ['t', null, 'v'],
      { 'kafka.bootstrap.servers': 'localhost' },
      'org.apache.kafka.common.KafkaException: Failed to construct kafka producer',
    ],
  ])('row %# fails in its task', async (row, options, message) => {
    const written = write('topic STRING, partition INT, value STRING', [row], options);
    await expect(written).rejects.toThrow(`(localhost executor driver): ${message}`);
  });

  test('modes that would replace a topic', async () => {
    await expect(write('value STRING', [], { topic: 't' }, 'overwrite')).rejects.toThrow(
      'Save mode Overwrite not allowed for Kafka. Allowed save modes are Append and ErrorIfExists (default).',
    );
  });
});
