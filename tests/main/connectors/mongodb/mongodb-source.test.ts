import { Int32, Long } from 'bson';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchSource, SourceFormat } from '../../../../engine/api/source.ts';
import { field, integerType, longType, stringType, structType } from '../../../../engine/core/data-type.ts';
import type { Row } from '../../../../engine/core/spark-value.ts';
import { simpleString } from '../../../../engine/core/type-names.ts';
import { mongodbSource } from '../../../../main/connectors/mongodb/mongodb-source.ts';
import { anyDocument, startTestServer, type TestServer } from '../../services/mongodb/test-server.ts';
import { endpointsAt, readRequest, sourceContext } from './mongodb-fixture.ts';

let at: TestServer;
let source: SourceFormat;
beforeAll(async () => {
  at = await startTestServer();
  source = mongodbSource(endpointsAt(at.server.port));
  await at.db
    .collection('bizums')
    .insertMany([
      anyDocument({ _id: 1, nombre: 'Ana', cantidad: new Int32(10) }),
      anyDocument({ _id: 2, nombre: 'Eva', cantidad: Long.fromNumber(25), nota: null }),
    ]);
});
afterAll(() => at.stop());

const load = async (
  options: Readonly<Record<string, string>>,
  schema?: Parameters<typeof readRequest>[1],
): Promise<BatchSource> => {
  const loaded = await source.loadBatch?.(readRequest(options, schema), sourceContext);
  if (!loaded) throw new Error('no batch reader');
  return loaded;
};

async function rowsOf(batch: BatchSource): Promise<readonly Row[]> {
  const input = await batch.read();
  if (input.kind !== 'rows') throw new Error('not rows');
  const rows: Row[] = [];
  for await (const block of input.blocks) rows.push(...block);
  return rows;
}

test('without a schema the columns come from the documents, sorted, and the rows from the collection of the moment', async () => {
  const batch = await load({ collection: 'bizums' });
  expect(simpleString(batch.schema)).toBe('struct<_id:int,cantidad:bigint,nombre:string,nota:void>');
  expect(await rowsOf(batch)).toEqual([
    [1, 10n, 'Ana', null],
    [2, 25n, 'Eva', null],
  ]);
  await at.db.collection('bizums').insertOne(anyDocument({ _id: 3 }));
  expect(await rowsOf(batch)).toHaveLength(3);
  await at.db.collection('bizums').deleteOne(anyDocument({ _id: 3 }));
});

test('a given schema decides, and asks nothing of the server before the first action', async () => {
  const schema = structType([field('cantidad', stringType), field('falta', integerType)]);
  expect(await rowsOf(await load({ collection: 'bizums' }, schema))).toEqual([
    ['10', null],
    ['25', null],
  ]);
  await expect(load({}, schema)).resolves.toMatchObject({ schema });
});

test('a pipeline runs on the server before inference and before reading', async () => {
  const pipeline = '[{$match: {nombre: "Ana"}}, {$project: {_id: 0, cantidad: 1}}]';
  const batch = await load({ collection: 'bizums', 'aggregation.pipeline': pipeline });
  expect(simpleString(batch.schema)).toBe('struct<cantidad:int>');
  expect(await rowsOf(batch)).toEqual([[10]]);
});

test('a collection that is not there has no columns and no rows', async () => {
  const batch = await load({ collection: 'nada' });
  expect(batch.schema.fields).toEqual([]);
  expect(await rowsOf(batch)).toEqual([]);
});

test('more rows than a block arrive in several blocks', async () => {
  await at.db.collection('muchos').insertMany(Array.from({ length: 5000 }, (_, index) => anyDocument({ _id: index })));
  const input = await (await load({ collection: 'muchos' }, structType([field('_id', longType)]))).read();
  const sizes: number[] = [];
  if (input.kind === 'rows') for await (const block of input.blocks) sizes.push(block.length);
  expect(sizes).toEqual([2048, 2048, 904]);
});

test('a value that does not fit its column fails the job that reads it', async () => {
  const batch = await load({ collection: 'bizums' }, structType([field('nombre', integerType)]));
  await expect(rowsOf(batch)).rejects.toThrow(
    "Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (localhost executor driver): com.mongodb.spark.sql.connector.exceptions.DataException: Invalid field: 'nombre'.",
  );
});

test.each([
  [{}, undefined, 'Missing configuration for: collection'],
  [{ collection: 'bizums', 'aggregation.pipeline': '3' }, undefined, 'Invalid aggregation pipeline: 3'],
  [
    { collection: 'bizums', 'aggregation.pipeline': 'nope' },
    undefined,
    "JSON reader was expecting a value but found 'nope'.",
  ],
  [{ collection: 'bizums', sampleSize: 'x' }, undefined, 'sampleSize did not contain a valid int, got: x'],
  [
    { collection: 'bizums', 'aggregation.pipeline': '{$nope: 1}' },
    undefined,
    "Command failed with error 40324 (Location40324): 'Unrecognized pipeline stage name: '$nope''",
  ],
])('load() with %o is refused', async (options, schema, message) => {
  await expect(load(options, schema)).rejects.toThrow(message);
});

test.each([
  [{}, 'Partitioning failed. Missing configuration for: collection'],
  [{ collection: 'a,b' }, 'The connector is configured to access iabd.[a, b], which is not supported by batch queries'],
  [
    { collection: 'a', partitioner: 'nope' },
    'Partitioning failed. Invalid value nope for configuration partitioner: Class not found: nope',
  ],
])('with a schema, %o is refused by the first action', async (options, message) => {
  const batch = await load(options, structType([field('a', integerType)]));
  await expect(batch.read()).rejects.toThrow(message);
});

test('a stream loads and is refused when it starts: without a schema as Spark does, with one by name', async () => {
  const start = async (schema?: Parameters<typeof readRequest>[1]): Promise<unknown> =>
    (await source.loadStream?.(readRequest({ collection: 'bizums' }, schema), sourceContext))?.open('/nowhere');
  await expect(start()).rejects.toThrow('Mongo micro batch streams require a schema to be explicitly defined');
  await expect(start(structType([field('nombre', stringType)]))).rejects.toThrow(
    'Marea does not have reading a stream from MongoDB',
  );
});

test('a server that is away is a MongoTimeoutException at the learner’s address', async () => {
  const away = mongodbSource(endpointsAt(1));
  const uri = 'mongodb://localhost:27017/?serverSelectionTimeoutMS=50';
  const request = readRequest({ collection: 'bizums', 'connection.uri': uri });
  await expect(away.loadBatch?.(request, sourceContext)).rejects.toMatchObject({
    errorClass: { java: 'com.mongodb.MongoTimeoutException' },
    message: expect.stringContaining('{address=localhost:27017, type=UNKNOWN') as string,
  });
});
