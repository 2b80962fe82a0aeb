import { EJSON } from 'bson';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mongodbCalls, type MongodbRefusal } from '../../../../main/connectors/calls/mongodb-calls.ts';
import { startTestServer, type TestServer } from '../../services/mongodb/test-server.ts';
import { endpointsAt } from '../mongodb/mongodb-fixture.ts';

let at: TestServer;
let calls: ReturnType<typeof mongodbCalls>;
beforeAll(async () => {
  at = await startTestServer();
  calls = mongodbCalls(endpointsAt(at.server.port));
});
afterAll(async () => {
  await calls.close();
  await at.stop();
});

type Answer = { readonly reply?: string; readonly error?: MongodbRefusal };

const ask = async (command: object, uri = 'mongodb://localhost:27017', to = calls): Promise<Answer> =>
  (await to.call(
    'mongodb.command',
    { uri, database: 'iabd', command: JSON.stringify(command) },
    new AbortController().signal,
  )) as Answer;

test('a command and its answer keep every BSON type', async () => {
  const document = {
    _id: { $oid: '5f0000000000000000000001' },
    i: { $numberInt: '1' },
    l: { $numberLong: '5' },
    d: { $numberDouble: '3.0' },
    r: { $regularExpression: { pattern: 'a', options: 'i' } },
  };
  await ask({ insert: 'tipos', documents: [document] });
  const { reply } = await ask({ find: 'tipos', filter: {} });
  const { cursor } = JSON.parse(reply ?? '{}') as { cursor: { firstBatch: unknown[] } };
  expect(cursor.firstBatch).toEqual([document]);
});

test('a cursor goes on in later calls', async () => {
  await ask({ insert: 'muchos', documents: Array.from({ length: 5 }, (_, index) => ({ _id: index })) });
  const first = EJSON.parse((await ask({ find: 'muchos', batchSize: 2 })).reply ?? '{}') as { cursor: { id: number } };
  const next = await ask({ getMore: { $numberLong: String(first.cursor.id) }, collection: 'muchos' });
  expect((JSON.parse(next.reply ?? '{}') as { cursor: { nextBatch: unknown[] } }).cursor.nextBatch).toHaveLength(3);
});

test('a refusal of the server is an answer with its code and its words', async () => {
  const { error } = await ask({ nada: 1 });
  expect(error).toMatchObject({ code: 59, codeName: 'CommandNotFound', message: "no such command: 'nada'" });
  expect(JSON.parse(error?.reply ?? '{}')).toMatchObject({ code: { $numberInt: '59' } });
});

test('no server is an answer without a code', async () => {
  const away = mongodbCalls(endpointsAt(1));
  const { error } = await ask({ ping: 1 }, 'mongodb://localhost:27017/?serverSelectionTimeoutMS=50', away);
  expect(error).toEqual({
    code: null,
    codeName: 'ServerSelection',
    message: '[Errno 111] Connection refused',
    errorLabels: [],
  });
  await away.close();
});

test('input of another shape is rejected', async () => {
  const signal = new AbortController().signal;
  await expect(calls.call('mongodb.command', { uri: 'x', database: '', command: '{}' }, signal)).rejects.toThrow(
    'database',
  );
});
