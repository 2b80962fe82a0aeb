import type { Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutputMode, SaveMode, SinkFormat, StreamSink } from '../../../../engine/api/sink.ts';
import { field, integerType, stringType, structType } from '../../../../engine/core/data-type.ts';
import { batchId, queryId, runId } from '../../../../engine/core/ids.ts';
import type { SparkError } from '../../../../engine/core/spark-error.ts';
import type { Row } from '../../../../engine/core/spark-value.ts';
import { mongodbSink } from '../../../../main/connectors/mongodb/mongodb-sink.ts';
import { startTestServer, type TestServer } from '../../services/mongodb/test-server.ts';
import { endpointsAt, outputOf, sinkContext, writeRequest } from './mongodb-fixture.ts';

let at: TestServer;
let sink: SinkFormat;
beforeAll(async () => {
  at = await startTestServer();
  sink = mongodbSink(endpointsAt(at.server.port));
});
afterAll(() => at.stop());

const schema = structType([field('clave', integerType), field('nombre', stringType), field('n', integerType)]);
const changed: readonly Row[] = [
  [1, 'UNO', null],
  [3, 'TRES', null],
];

const write = async (
  collection: string,
  rows: readonly Row[],
  options: Readonly<Record<string, string>> = {},
  mode: SaveMode = 'append',
): Promise<void> =>
  sink.writeBatch?.(writeRequest({ collection, ...options }, schema), mode, outputOf(schema, rows), sinkContext);

/** What the collection holds, without ids. */
async function stored(collection: string): Promise<readonly Document[]> {
  return at.db
    .collection(collection)
    .find({}, { projection: { _id: 0 } })
    .sort({ clave: 1 })
    .toArray();
}

/** The collection after two rows and a write with these options. */
async function after(collection: string, options: Readonly<Record<string, string>>): Promise<readonly Document[]> {
  await write(collection, [
    [1, 'uno', 10],
    [2, 'dos', 20],
  ]);
  await write(collection, changed, options);
  return stored(collection);
}

test('replace puts the new document in the place of the old one, update changes its fields', async () => {
  const replaced = [
    { clave: 1, nombre: 'UNO', n: null },
    { clave: 2, nombre: 'dos', n: 20 },
    { clave: 3, nombre: 'TRES', n: null },
  ];
  expect(await after('replace', { idFieldList: ' clave ' })).toEqual(replaced);
  expect(await after('update', { operationType: 'UPDATE', idFieldList: 'clave', ignoreNullValues: 'true' })).toEqual([
    { clave: 1, nombre: 'UNO', n: 10 },
    { clave: 2, nombre: 'dos', n: 20 },
    { clave: 3, nombre: 'TRES' },
  ]);
});

test('without upsert only what exists changes; without the id fields every row is a new document', async () => {
  expect(await after('sinUpsert', { idFieldList: 'clave', upsertDocument: 'false' })).toHaveLength(2);
  expect(await after('sinId', { operationType: 'replace' })).toHaveLength(4);
  expect(await after('otroCampo', { operationType: 'update', idFieldList: 'nombre.x' })).toHaveLength(4);
});

test('overwrite drops the collection first; other modes are refused', async () => {
  await after('entera', {});
  await write('entera', changed, {}, 'overwrite');
  expect(await stored('entera')).toHaveLength(2);
  await write('nueva', changed, {}, 'overwrite');
  expect(await stored('nueva')).toHaveLength(2);
  await expect(write('entera', changed, {}, 'ignore')).rejects.toThrow(
    'TableProvider implementation mongodb cannot be written with Ignore mode, please use Append or Overwrite modes instead.',
  );
  await expect(write('entera', changed, {}, 'error_if_exists')).rejects.toThrow(
    'cannot be written with ErrorIfExists mode',
  );
});

test('a duplicate key ends an ordered write, and only itself an unordered one', async () => {
  await at.db.collection('unicas').createIndex({ clave: 1 }, { unique: true });
  const rows: readonly Row[] = [
    [1, 'a', 1],
    [1, 'b', 1],
    [2, 'c', 1],
  ];
  await expect(write('unicas', rows, { operationType: 'insert' })).rejects.toSatisfy((error: SparkError) => {
    expect(error.message).toBe('Writing job failed.');
    expect((error.cause as SparkError).message).toContain(
      'com.mongodb.MongoBulkWriteException: Bulk write operation error on server localhost:27017.',
    );
    return true;
  });
  expect(await stored('unicas')).toHaveLength(1);
  await expect(write('unicas', rows, { operationType: 'insert', ordered: 'false' })).rejects.toThrow(
    'Writing job failed.',
  );
  expect(await stored('unicas')).toHaveLength(2);
});

test.each([
  [{ collection: '' }, 'Missing configuration for: collection'],
  [{ collection: '*' }, 'The connector is configured to access iabd.*, which is not supported when writing'],
  [{ convertJson: 'x' }, "'x' is not a valid Convert Json Type"],
  [{ maxBatchSize: 'x' }, 'maxBatchSize did not contain a valid int, got: x'],
])('%o fails the writing job, the reason behind it', async (options, reason) => {
  await expect(write('c', changed, options)).rejects.toMatchObject({
    message: 'Writing job failed.',
    cause: { message: expect.stringContaining(reason) as string, cause: { message: reason } },
  });
});

test.each([
  [{ operationType: 'upsert' }, "'upsert' is not a valid Write Operation Type"],
  [{ 'writeConcern.journal': 'x' }, 'Invalid write concern configuration.'],
])('%o is refused before anything is written', async (options, message) => {
  await expect(write('c', changed, options)).rejects.toThrow(message);
});

async function open(mode: OutputMode, options: Readonly<Record<string, string>>): Promise<StreamSink> {
  const query = {
    queryId: queryId('q'),
    runId: runId('r'),
    name: undefined,
    cell: undefined,
    outputMode: mode,
    checkpoint: '/chk',
  };
  const opened = await sink.openStream?.(writeRequest(options, schema), query, sinkContext);
  if (!opened) throw new Error('no stream sink');
  return opened;
}

test('a stream adds its batches in append mode and takes the collection over in complete mode', async () => {
  for (const mode of ['append', 'complete'] as const) {
    const stream = await open(mode, { collection: mode });
    stream.plan?.();
    const batch = (id: number, rows: readonly Row[]): ReturnType<StreamSink['write']> =>
      stream.write({ batchId: batchId(id), mode, ...outputOf(schema, rows) });
    expect(await batch(0, changed)).toEqual({ rows: 2 });
    expect(await batch(1, [[5, 'cinco', 5]])).toEqual({ rows: 1 });
  }
  expect(await stored('append')).toHaveLength(3);
  expect(await stored('complete')).toEqual([{ clave: 5, nombre: 'cinco', n: 5 }]);
});

test('update mode opens and is refused when the query is planned', async () => {
  const stream = await open('update', { collection: 'c' });
  expect(() => stream.plan?.()).toThrow('requirement failed: MongoTable() does not support Update mode.');
});

test('progress describes the table and hides the connection string', async () => {
  const stream = await open('append', { collection: 'c', checkpointLocation: 'chk' });
  expect(stream.description).toBe(
    'MongoTable{schema=StructType(StructField(clave,IntegerType,true),StructField(nombre,StringType,true),StructField(n,IntegerType,true)), partitioning=[], ' +
      'mongoConfig=MongoConfig{options=connection.uri=<hidden>, database=iabd, collection=c, checkpointLocation=chk, usageMode=NotSet}}',
  );
});
