import { Decimal128, Double, Int32, Long, MongoBulkWriteError, ObjectId, Timestamp, type Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyDocument, courseClock, refusal, startTestServer, storedTypes, type TestServer } from '../test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer({ clock: courseClock });
});
afterAll(() => at.stop());

let names = 0;
async function filled(...documents: Document[]) {
  const collection = at.db.collection<Document>(`w${(names += 1)}`);
  if (documents.length > 0) await collection.insertMany(documents);
  return collection;
}
test('fields that an update does not name keep their types, and arithmetic gives the wider type', async () => {
  const collection = await filled({
    _id: 1,
    entero: new Int32(1),
    largo: Long.fromNumber(2),
    doble: new Double(3),
    decimal: Decimal128.fromString('1.50'),
    fecha: new Date(0),
    bin: Buffer.from('ab'),
    marca: new Timestamp({ t: 1, i: 2 }),
    id: new ObjectId(),
    nada: null,
    expr: /a/i,
    texto: 'x',
  });
  const before = await storedTypes(at.db, collection.collectionName);
  await collection.updateOne({}, { $set: { texto: 'y' } });
  expect(await storedTypes(at.db, collection.collectionName)).toEqual(before);
  await collection.updateOne(
    {},
    { $inc: { entero: 1, largo: 1, doble: 1, decimal: 1 }, $mul: { otro: new Double(2) } },
  );
  expect(await storedTypes(at.db, collection.collectionName)).toEqual({ ...before, otro: 'Double' });
  await collection.updateOne({}, { $inc: { entero: new Double(0.5) }, $set: { largo: Long.fromNumber(1) } });
  expect(await storedTypes(at.db, collection.collectionName)).toMatchObject({ entero: 'Double', largo: 'Long' });
  expect(await collection.findOne({}, { projection: { _id: 0, decimal: 1 } })).toEqual({
    decimal: Decimal128.fromString('2.50'),
  });
});

test('an int that overflows becomes a long; a long that overflows is refused', async () => {
  const collection = await filled({ _id: 1, n: 2147483647, m: Long.MAX_VALUE });
  await collection.updateOne({}, { $inc: { n: 1 } });
  expect(await storedTypes(at.db, collection.collectionName)).toEqual({ n: 'Long', m: 'Long' });
  expect(await refusal(collection.updateOne({}, { $inc: { m: 1 } }))).toMatchObject({
    code: 2,
    message: 'Failed to apply $inc operations to current value ((NumberLong)9223372036854775807) for document {_id: 1}',
  });
});

test('documents are stored as they were sent, whatever their _id is and wherever it stands', async () => {
  const collection = await filled();
  await collection.insertOne(
    anyDocument({ valor: Long.fromNumber(1), doble: new Double(2), _id: { start: 1, end: 2 } }),
  );
  expect(await storedTypes(at.db, collection.collectionName)).toEqual({ valor: 'Long', doble: 'Double' });
  const stored = await collection.findOne({ _id: { start: 1, end: 2 } });
  expect(Object.keys(stored ?? {})).toEqual(['_id', 'valor', 'doble']);
  expect(await collection.findOne({ _id: { end: 2, start: 1 } })).toBeNull();
});

test('an ObjectId that the server makes carries the time of the clock', async () => {
  const collection = await filled();
  const { upsertedId } = await collection.updateOne({ k: 1 }, { $set: { v: 1 } }, { upsert: true });
  expect((upsertedId as ObjectId).getTimestamp()).toEqual(new Date(Date.UTC(2023, 2, 29, 7, 45, 28)));
});

test('an upsert takes the equalities of its filter, sets $setOnInsert and reports the new _id', async () => {
  const collection = await filled();
  const ventana = { start: new Date(0), end: new Date(180_000) };
  const first = await collection.updateOne(
    { _id: ventana, tipo: { $eq: 'a' }, n: { $gt: 3 } },
    { $inc: { veces: 1 }, $setOnInsert: { nuevo: true } },
    { upsert: true },
  );
  expect(first).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: ventana });
  const second = await collection.updateOne(
    { _id: ventana },
    { $inc: { veces: 1 }, $setOnInsert: { otro: 1 } },
    { upsert: true },
  );
  expect(second).toMatchObject({ matchedCount: 1, modifiedCount: 1, upsertedCount: 0 });
  expect(await collection.find().toArray()).toEqual([{ _id: ventana, nuevo: true, tipo: 'a', veces: 2 }]);
});

test('a replacement keeps _id, and an upsert by another key finds its document again among many', async () => {
  const collection = await filled();
  const replace = (k: number, v: string) => ({
    replaceOne: {
      filter: { inicio: new Date(k * 1000) },
      replacement: { inicio: new Date(k * 1000), v },
      upsert: true,
    },
  });
  const keys = Array.from({ length: 300 }, (_, index) => index);
  const first = await collection.bulkWrite(keys.map((k) => replace(k, 'a')));
  const ids = await collection.distinct('_id');
  const second = await collection.bulkWrite(keys.map((k) => replace(k, 'b')));
  expect([first.upsertedCount, second.upsertedCount, second.matchedCount, second.modifiedCount]).toEqual([
    300, 0, 300, 300,
  ]);
  expect(await collection.distinct('v')).toEqual(['b']);
  expect(await collection.distinct('_id')).toEqual(ids);
  await collection.deleteMany({ inicio: { $lt: new Date(100_000) } });
  expect(await collection.countDocuments({ inicio: new Date(5000) })).toBe(0);
  expect(await collection.countDocuments({ inicio: new Date(100_000) })).toBe(1);
});

test('an update that changes nothing counts as matched, not as modified', async () => {
  const collection = await filled({ _id: 1, n: 1 });
  expect(await collection.updateOne({ _id: 1 as never }, { $set: { n: 1 } })).toMatchObject({
    matchedCount: 1,
    modifiedCount: 0,
  });
  expect(await collection.updateMany({}, { $set: { n: new Double(1) } })).toMatchObject({ modifiedCount: 1 });
});

test('an ordered batch ends at the first error, an unordered one goes on', async () => {
  const collection = await filled({ _id: 1 });
  const insert = (ordered: boolean): Promise<unknown> =>
    collection.insertMany(
      [10 + Number(ordered), 1, 20 + Number(ordered)].map((_id) => anyDocument({ _id })),
      { ordered },
    );
  const ordered = await insert(true).catch((error: unknown) => error as MongoBulkWriteError);
  expect(ordered).toBeInstanceOf(MongoBulkWriteError);
  expect(ordered).toMatchObject({
    code: 11000,
    message: `E11000 duplicate key error collection: iabd.${collection.collectionName} index: _id_ dup key: { _id: 1 }`,
    result: { insertedCount: 1 },
    writeErrors: [{ index: 1 }],
  });
  await insert(false).catch(() => {});
  expect(await collection.distinct('_id')).toEqual([1, 10, 11, 20]);
});

test('a duplicate tells keyPattern and keyValue', async () => {
  const collection = await filled({ _id: 1 });
  await expect(collection.insertOne(anyDocument({ _id: 1 }))).rejects.toMatchObject({
    code: 11000,
    keyPattern: { _id: 1 },
    keyValue: { _id: 1 },
  });
});

test('an _id that is an array is refused', async () => {
  const collection = await filled();
  expect(await refusal(collection.insertOne(anyDocument({ _id: [1] })))).toMatchObject({
    code: 53,
    message: "The '_id' value cannot be of type array",
  });
});

test('findAndModify answers with the document before or after, in an order, and upserts', async () => {
  const collection = await filled({ _id: 1, n: 1 }, { _id: 2, n: 2 });
  expect(await collection.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { _id: -1 } })).toEqual({ _id: 2, n: 2 });
  expect(
    await collection.findOneAndUpdate({ _id: 2 as never }, { $inc: { n: 1 } }, { returnDocument: 'after' }),
  ).toEqual({ _id: 2, n: 13 });
  expect(
    await collection.findOneAndReplace(
      { _id: 1 as never },
      { m: 1 },
      { returnDocument: 'after', projection: { _id: 0 } },
    ),
  ).toEqual({ m: 1 });
  expect(await collection.findOneAndUpdate({ _id: 9 as never }, { $set: { n: 9 } }, { upsert: true })).toBeNull();
  expect(await collection.findOneAndDelete({ n: 9 })).toEqual({ _id: 9, n: 9 });
  expect(await collection.findOneAndDelete({ n: 9 })).toBeNull();
});

test('deletes of one and of many', async () => {
  const collection = await filled({ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 2 });
  expect(await collection.deleteOne({ a: 1 })).toMatchObject({ deletedCount: 1 });
  expect(await collection.deleteMany({ a: { $gt: 0 } })).toMatchObject({ deletedCount: 2 });
  expect(await collection.countDocuments()).toBe(0);
});

test('transactions are refused, and nothing of them is done', async () => {
  const collection = await filled({ _id: 1 });
  const command = {
    insert: collection.collectionName,
    documents: [{ _id: 2 }],
    txnNumber: Long.ONE,
    startTransaction: true,
    autocommit: false,
  };
  expect(await refusal(at.db.command(command))).toEqual({
    code: 20,
    codeName: 'IllegalOperation',
    message: 'Transaction numbers are only allowed on a replica set member or mongos',
  });
  expect(await collection.countDocuments()).toBe(1);
});

test('a document of more than 16 MB is refused', async () => {
  const collection = await filled();
  // Sent by hand: the driver would refuse it first.
  const { writeErrors } = await at.db.command({
    insert: collection.collectionName,
    documents: [{ _id: 1, t: 'x'.repeat(16_900_000) }],
  });
  expect(writeErrors).toMatchObject([{ code: 2, errmsg: expect.stringContaining('object to insert too large') }]);
  expect(await collection.countDocuments()).toBe(0);
});
