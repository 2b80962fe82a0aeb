import { afterAll, beforeAll, expect, test } from 'vitest';
import { mongodbCalls } from '../../../main/connectors/calls/mongodb-calls.ts';
import { queryMongo } from '../../../main/host/mongo-console.ts';
import { endpointsAt } from '../connectors/mongodb/mongodb-fixture.ts';
import { startTestServer, type TestServer } from '../services/mongodb/test-server.ts';

let at: TestServer;
let calls: ReturnType<typeof mongodbCalls>;
const call = (operation: string, input: unknown) => calls.call(operation, input, new AbortController().signal);
const bizum = { database: 'iabd', collection: 'bizum' };
const find = (filter: string, sort = '', limit = 10) =>
  queryMongo(call, { kind: 'find', ...bizum, filter, sort, limit });

beforeAll(async () => {
  at = await startTestServer();
  calls = mongodbCalls(endpointsAt(at.server.port));
  const documents = [1, 2, 3].map((n) => ({ _id: n, a: n, at: { $date: { $numberLong: String(n * 1000) } } }));
  await call('mongodb.command', {
    uri: 'mongodb://localhost:27017',
    database: bizum.database,
    command: JSON.stringify({ insert: bizum.collection, documents }),
  });
});
afterAll(async () => {
  await calls.close();
  await at.stop();
});

test('filter and order are read as mongosh writes them', async () => {
  const { documents, hasMore, error } = await find('{a: {$gt: 1}, at: {$lt: ISODate("1970-01-01T00:00:03Z")}}');
  expect(error).toBeNull();
  expect(hasMore).toBe(false);
  expect(documents).toEqual([
    { _id: { $numberInt: '2' }, a: { $numberInt: '2' }, at: { $date: { $numberLong: '2000' } } },
  ]);
  expect((await find('', "{'a': -1}")).documents.map(({ _id }) => _id)).toEqual(
    ['3', '2', '1'].map((n) => ({ $numberInt: n })),
  );
});

test('it is told when there are more documents than asked for', async () => {
  const { documents, hasMore } = await find('', '', 2);
  expect(documents.length).toBe(2);
  expect(hasMore).toBe(true);
});

test('one stage of a pipeline may stand without brackets', async () => {
  const stage = "{$group: {_id: null, total: {$sum: '$a'}}}";
  for (const pipeline of [stage, `[${stage}]`]) {
    const { documents } = await queryMongo(call, { kind: 'aggregate', ...bizum, pipeline });
    expect(documents).toEqual([{ _id: null, total: { $numberInt: '6' } }]);
  }
});

test('what is not JSON, and what the server refuses, is said and not thrown', async () => {
  expect((await find('{a:')).error).toMatch(/JSON reader/);
  expect((await find('{a: {$nada: 1}}')).error).toBe('BadValue (2): unknown operator: $nada');
});
