import { Long, type Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startTestServer, type TestServer } from '../test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer();
});
afterAll(() => at.stop());

let names = 0;
async function filled(...documents: Document[]) {
  const collection = at.db.collection<Document>(`i${(names += 1)}`);
  if (documents.length > 0) await collection.insertMany(documents);
  return collection;
}

test('indexes are made, listed and dropped', async () => {
  const collection = await filled({ _id: 1 });
  expect(await collection.createIndex({ a: 1, b: -1 })).toBe('a_1_b_-1');
  await collection.createIndex({ c: 1 }, { unique: true, name: 'único' });
  await collection.createIndex({ a: 1, b: -1 });
  expect(await collection.indexes()).toEqual([
    { v: 2, key: { _id: 1 }, name: '_id_' },
    { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1' },
    { v: 2, key: { c: 1 }, name: 'único', unique: true },
  ]);
  await collection.dropIndex('único');
  await collection.dropIndexes();
  expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_']);
  expect(await refusal(collection.dropIndex('nada'))).toMatchObject({
    code: 27,
    message: 'index not found with name [nada]',
  });
  expect(await refusal(collection.dropIndex('_id_'))).toMatchObject({ code: 72, message: 'cannot drop _id index' });
});

test('a unique index refuses duplicates of inserts, updates and upserts', async () => {
  const collection = await filled({ _id: 1, email: 'a', n: 1 }, { _id: 2, email: 'b', n: 2 });
  await collection.createIndex({ email: 1 }, { unique: true });
  const duplicate = {
    code: 11000,
    message: `E11000 duplicate key error collection: iabd.${collection.collectionName} index: email_1 dup key: { email: "a" }`,
  };
  expect(await refusal(collection.insertOne({ email: 'a' }))).toMatchObject(duplicate);
  expect(await refusal(collection.updateOne({ n: 2 }, { $set: { email: 'a' } }))).toMatchObject(duplicate);
  expect(await refusal(collection.updateOne({ n: 9 }, { $set: { email: 'a' } }, { upsert: true }))).toMatchObject(
    duplicate,
  );
  await collection.updateOne({ n: 1 }, { $set: { email: 'a', otro: true } });
  await collection.deleteOne({ email: 'a' });
  await collection.insertOne({ email: 'a' });
  expect(await collection.countDocuments()).toBe(2);
});

test('an update of many ends at the document that would be a duplicate, as in MongoDB', async () => {
  const collection = await filled({ _id: 1, k: 1 }, { _id: 2, k: 2 });
  await collection.createIndex({ k: 1 }, { unique: true });
  expect(await refusal(collection.updateMany({}, { $set: { k: 5 } }))).toMatchObject({ code: 11000 });
  expect(await collection.distinct('k')).toEqual([2, 5]);
});

test('a unique index compares values, counts a missing field as null and arrays by element', async () => {
  const collection = await filled({ _id: 1, k: 1 }, { _id: 2 }, { _id: 3, k: ['x', 'y'] });
  await collection.createIndex({ k: 1 }, { unique: true });
  expect(await refusal(collection.insertOne({ k: Long.ONE }))).toMatchObject({ code: 11000 });
  expect(await refusal(collection.insertOne({ otro: 1 }))).toMatchObject({
    message: expect.stringContaining('{ k: null }'),
  });
  expect(await refusal(collection.insertOne({ k: 'y' }))).toMatchObject({ code: 11000 });
});

test('a sparse unique index lets documents without the field be', async () => {
  const collection = await filled({ _id: 1 }, { _id: 2 });
  await collection.createIndex({ k: 1 }, { unique: true, sparse: true });
  await collection.insertMany([{ k: 1 }, { a: 1 }]);
  expect(await refusal(collection.insertOne({ k: 1 }))).toMatchObject({ code: 11000 });
});

test('a unique index over duplicates is not made', async () => {
  const collection = await filled({ _id: 1, k: 1 }, { _id: 2, k: 1 });
  expect(await refusal(collection.createIndex({ k: 1 }, { unique: true }))).toMatchObject({ code: 11000 });
  expect(await collection.indexes()).toHaveLength(1);
});

test.each<[Document, Document, number]>([
  [{ t: 'text' }, {}, 67],
  [{ '$**': 1 }, {}, 67],
  [{ t: 1 }, { expireAfterSeconds: 60 }, 238],
  [{ t: 1 }, { partialFilterExpression: { t: 1 } }, 238],
])('an index on %j with %j is refused', async (key, options, code) => {
  const collection = await filled();
  expect(await refusal(collection.createIndex(key as Record<string, 1>, options))).toMatchObject({ code });
});

test('another index of the same name is refused', async () => {
  const collection = await filled();
  await collection.createIndex({ a: 1 }, { name: 'x' });
  expect(await refusal(collection.createIndex({ b: 1 }, { name: 'x' }))).toMatchObject({
    code: 86,
    codeName: 'IndexKeySpecsConflict',
  });
  expect(await refusal(collection.createIndex({ a: 1 }, { name: 'y' }))).toMatchObject({
    code: 85,
    codeName: 'IndexOptionsConflict',
  });
});
