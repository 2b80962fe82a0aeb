import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyDocument, refusal, startTestServer, type TestServer } from '../test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer();
});
afterAll(() => at.stop());

const collections = async (): Promise<string[]> => (await at.db.listCollections().toArray()).map(({ name }) => name);

test('a collection is made on first write, listed, renamed and dropped', async () => {
  await at.db.collection('uno').insertOne({ a: 1 });
  await at.db.createCollection('dos');
  expect(await collections()).toEqual(['dos', 'uno']);
  expect(await at.db.listCollections({ name: 'uno' }, { nameOnly: true }).toArray()).toEqual([
    { name: 'uno', type: 'collection' },
  ]);
  await at.db.renameCollection('uno', 'tres');
  expect(await at.db.collection('tres').countDocuments({ a: 1 })).toBe(1);
  expect(await refusal(at.db.renameCollection('tres', 'dos'))).toMatchObject({
    code: 48,
    message: 'target namespace exists',
  });
  await at.db.renameCollection('tres', 'dos', { dropTarget: true });
  expect(await collections()).toEqual(['dos']);
  expect(await at.db.collection('dos').drop()).toBe(true);
  expect(await collections()).toEqual([]);
});

test('making a collection again is fine with the same options and refused with others', async () => {
  await at.db.createCollection('otra');
  await at.db.command({ create: 'otra' });
  expect(await refusal(at.db.command({ create: 'otra', pipeline: [] }))).toMatchObject({
    code: 48,
    codeName: 'NamespaceExists',
  });
  await at.db.collection('otra').drop();
});

test('databases are listed with their size while they hold a collection', async () => {
  const other = at.client.db('spark');
  await other.collection('usuarios').insertOne({ nombre: 'Ana' });
  const { databases } = await at.db.admin().listDatabases();
  expect(databases.map(({ name }) => name)).toContain('spark');
  expect(databases.find(({ name }) => name === 'spark')?.sizeOnDisk).toBeGreaterThan(20);
  expect(await other.stats()).toMatchObject({ db: 'spark', collections: 1, objects: 1 });
  expect(await other.dropDatabase()).toBe(true);
  expect((await at.db.admin().listDatabases({ nameOnly: true })).databases.map(({ name }) => name)).not.toContain(
    'spark',
  );
});

test('collStats and validate tell about a collection', async () => {
  await at.db.collection('datos').insertMany([1, 2, 3].map((_id) => anyDocument({ _id })));
  expect(await at.db.command({ collStats: 'datos' })).toMatchObject({
    ns: 'iabd.datos',
    count: 3,
    nindexes: 1,
    capped: false,
  });
  expect(await at.db.command({ validate: 'datos' })).toMatchObject({ valid: true, nrecords: 3 });
  expect(await refusal(at.db.command({ validate: 'nadie' }))).toMatchObject({
    code: 26,
    codeName: 'NamespaceNotFound',
  });
});

test.each([
  ['capped', { capped: true, size: 1000 }],
  ['viewOn', { viewOn: 'datos', pipeline: [] }],
  ['timeseries', { timeseries: { timeField: 't' } }],
  ['validator', { validator: { a: 1 } }],
])('a collection with %s is refused by name', async (name, options) => {
  expect(await refusal(at.db.createCollection('especial', options))).toEqual({
    code: 238,
    codeName: 'NotImplemented',
    message: `Marea's embedded server does not support the option '${name}'`,
  });
});

test('a bad name is refused', async () => {
  expect(await refusal(at.db.command({ create: '.mal' }))).toMatchObject({
    code: 73,
    codeName: 'InvalidNamespace',
    message: "Invalid namespace specified 'iabd..mal'",
  });
});
