import { Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, type Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startTestServer, type TestServer } from '../test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer();
});
afterAll(() => at.stop());

let names = 0;
/** A fresh collection with these documents. */
async function filled(documents: readonly Document[]) {
  const collection = at.db.collection<Document>(`c${(names += 1)}`);
  if (documents.length > 0) await collection.insertMany(documents.map((document) => ({ ...document })));
  return collection;
}
/** The `_id`s of what a filter finds among these documents. */
async function found(documents: readonly Document[], filter: Document): Promise<unknown[]> {
  return (await (await filled(documents)).find(filter).toArray()).map(({ _id }) => _id);
}

const people = [
  { _id: 1, nombre: 'Ana', edad: 31, notas: [5, 8], dir: { ciudad: 'Elche', cp: 3201 } },
  { _id: 2, nombre: 'Eva', edad: 27, notas: [], dir: { ciudad: 'Alicante' } },
  { _id: 3, nombre: 'Luis', notas: [9] },
  {
    _id: 4,
    nombre: null,
    edad: 'mucha',
    pedidos: [
      { q: 1, p: 10 },
      { q: 5, p: 1 },
    ],
  },
];

test.each<[string, Document, unknown[]]>([
  ['a value, in the field or in one element of its array', { notas: 8 }, [1]],
  ['null finds null and missing', { nombre: null }, [4]],
  ['null finds a missing field', { edad: null }, [3]],
  ['a path into a document', { 'dir.ciudad': 'Elche' }, [1]],
  ['a path into the documents of an array', { 'pedidos.q': 5 }, [4]],
  ['a path with an index', { 'pedidos.1.p': 1 }, [4]],
  ['only values of the same type are compared', { edad: { $gt: 0 } }, [1, 2]],
  ['text is compared with text', { edad: { $gte: 'a' } }, [4]],
  ['a range in one condition', { edad: { $gt: 27, $lte: 31 } }, [1]],
  ['$ne finds missing fields too', { edad: { $ne: 31 } }, [2, 3, 4]],
  ['$in with a regular expression', { nombre: { $in: [/^E/, 'Luis'] } }, [2, 3]],
  ['$nin', { nombre: { $nin: ['Ana', null] } }, [2, 3]],
  ['$exists', { edad: { $exists: false } }, [3]],
  ['$type by name', { edad: { $type: 'string' } }, [4]],
  ['$type number', { edad: { $type: 'number' } }, [1, 2]],
  ['$type looks into arrays', { notas: { $type: 'int' } }, [1, 3]],
  ['$size', { notas: { $size: 0 } }, [2]],
  ['$all', { notas: { $all: [8, 5] } }, [1]],
  ['$elemMatch on documents', { pedidos: { $elemMatch: { q: { $gt: 1 }, p: { $lt: 5 } } } }, [4]],
  ['$elemMatch on values', { notas: { $elemMatch: { $gt: 5, $lt: 9 } } }, [1]],
  ['$mod', { edad: { $mod: [10, 1] } }, [1]],
  ['$not', { edad: { $not: { $gt: 30 } } }, [2, 3, 4]],
  ['$or', { $or: [{ edad: 31 }, { notas: 9 }] }, [1, 3]],
  ['$nor', { $nor: [{ edad: 31 }, { notas: 9 }] }, [2, 4]],
  ['$and with the same field twice', { $and: [{ notas: 5 }, { notas: 8 }] }, [1]],
  ['$regex with options', { nombre: { $regex: '^a', $options: 'i' } }, [1]],
  ['PCRE inline flags', { nombre: { $regex: '(?i)^EVA$' } }, [2]],
  ['$expr', { $expr: { $gt: ['$edad', { $size: { $ifNull: ['$notas', []] } }] } }, [1, 2, 4]],
  ['a whole document, fields in order', { dir: { ciudad: 'Elche', cp: 3201 } }, [1]],
  ['a whole document, fields in another order', { dir: { cp: 3201, ciudad: 'Elche' } }, []],
])('a filter finds by %s', async (_what, filter, ids) => {
  expect(await found(people, filter)).toEqual(ids);
});

test('numbers of different types are equal when their values are', async () => {
  const numbers = [
    { _id: 'int', n: new Int32(5) },
    { _id: 'long', n: Long.fromNumber(5) },
    { _id: 'double', n: new Double(5) },
    { _id: 'decimal', n: Decimal128.fromString('5.00') },
  ];
  expect(await found(numbers, { n: 5 })).toEqual(['int', 'long', 'double', 'decimal']);
  expect(await found(numbers, { n: { $in: [Decimal128.fromString('5')] } })).toHaveLength(4);
  expect(await found(numbers, { n: { $type: 'long' } })).toEqual(['long']);
});

test('a regular expression finds the texts that match and itself', async () => {
  const documents = [
    { _id: 1, v: /a.b/i },
    { _id: 2, v: 'xAcB' },
    { _id: 3, v: /a.b/ },
    { _id: 4, v: 5 },
  ];
  expect(await found(documents, { v: /a.b/i })).toEqual([1, 2]);
  expect(await found(documents, { v: { $type: 'regex' } })).toEqual([1, 3]);
});

test('64-bit integers are compared exactly above 2^53', async () => {
  const documents = ['9007199254740992', '9007199254740993', '9007199254740994'].map((text) => ({
    _id: text,
    n: Long.fromString(text),
  }));
  expect(await found(documents, { n: { $gt: Long.fromString('9007199254740992') } })).toEqual([
    '9007199254740993',
    '9007199254740994',
  ]);
  expect(await found(documents, { n: Long.fromString('9007199254740993') })).toEqual(['9007199254740993']);
});

test('values of all types sort in the order of BSON', async () => {
  const ordered: unknown[] = [
    new MinKey(),
    null,
    Number.NaN,
    -1.5,
    Decimal128.fromString('0.1'),
    1,
    Long.fromString('9007199254740993'),
    'B',
    'a',
    'ñ',
    { a: 1 },
    { a: 2 },
    { b: 1 },
    Buffer.from([1]),
    new ObjectId('000000000000000000000001'),
    new ObjectId('000000000000000000000002'),
    false,
    true,
    new Date(0),
    new Date(1),
    /a/,
    new MaxKey(),
  ];
  const collection = await filled(ordered.map((v, _id) => ({ _id, v })).toReversed());
  const ascending = await collection.find().sort({ v: 1 }).toArray();
  expect(ascending.map(({ _id }) => _id)).toEqual(ordered.map((_, index) => index));
  const descending = await collection.find().sort({ v: -1 }).toArray();
  expect(descending.map(({ _id }) => _id)).toEqual(ordered.map((_, index) => index).toReversed());
});

test('arrays sort by their least element upwards and by their greatest downwards', async () => {
  const collection = await filled([{ _id: 1, v: [2, 9] }, { _id: 2, v: 3 }, { _id: 3, v: [] }, { _id: 4 }]);
  expect((await collection.find().sort({ v: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 4, 1, 2]);
  expect((await collection.find().sort({ v: -1 }).toArray()).map(({ _id }) => _id)).toEqual([1, 2, 4, 3]);
});

test.each<[string, Document, Document[]]>([
  ['included fields, in the order of the document', { edad: 1, nombre: 1 }, [{ _id: 1, nombre: 'Ana', edad: 31 }]],
  ['without _id', { nombre: 1, _id: 0 }, [{ nombre: 'Ana' }]],
  ['excluded fields', { dir: 0, notas: 0 }, [{ _id: 1, nombre: 'Ana', edad: 31 }]],
  ['only _id excluded', { _id: 0 }, [{ nombre: 'Ana', edad: 31, notas: [5, 8], dir: { ciudad: 'Elche', cp: 3201 } }]],
  ['a field inside a document', { 'dir.cp': 1 }, [{ _id: 1, dir: { cp: 3201 } }]],
  ['a nested form of the same', { dir: { cp: 1 } }, [{ _id: 1, dir: { cp: 3201 } }]],
  ['$slice', { notas: { $slice: -1 }, dir: 0 }, [{ _id: 1, nombre: 'Ana', edad: 31, notas: [8] }]],
  ['$elemMatch', { notas: { $elemMatch: { $gt: 5 } } }, [{ _id: 1, notas: [8] }]],
  ['an expression', { nombre: 1, doble: { $multiply: ['$edad', 2] } }, [{ _id: 1, nombre: 'Ana', doble: 62 }]],
  ['another field', { quien: '$nombre', _id: 0 }, [{ quien: 'Ana' }]],
])('a projection gives %s', async (_what, projection, expected) => {
  expect(await (await filled(people)).find({ _id: 1 as never }, { projection }).toArray()).toEqual(expected);
});

test('the positional projection gives the element that the filter matched', async () => {
  const collection = await filled([{ _id: 1, notas: [3, 7, 9] }]);
  expect(await collection.findOne({ notas: { $gt: 5 } }, { projection: { 'notas.$': 1 } })).toEqual({
    _id: 1,
    notas: [7],
  });
});

test('a cursor goes through batches, with skip and limit', async () => {
  const collection = await filled(Array.from({ length: 350 }, (_, _id) => ({ _id })));
  expect(await collection.find({}, { batchSize: 30 }).toArray()).toHaveLength(350);
  expect(await collection.find().toArray()).toHaveLength(350);
  expect((await collection.find().sort({ _id: -1 }).skip(5).limit(2).toArray()).map(({ _id }) => _id)).toEqual([
    344, 343,
  ]);
  const cursor = collection.find({}, { batchSize: 10 });
  await cursor.next();
  await cursor.close();
});

test('an unknown cursor is refused as MongoDB does', async () => {
  expect(await refusal(at.db.command({ getMore: Long.fromNumber(99), collection: 'c' }))).toEqual({
    code: 43,
    codeName: 'CursorNotFound',
    message: 'cursor id 99 not found',
  });
});

test('counts and distinct values', async () => {
  const collection = await filled(people);
  expect(await collection.countDocuments({ edad: { $exists: true } })).toBe(3);
  expect(await collection.estimatedDocumentCount()).toBe(4);
  expect(await collection.distinct('notas')).toEqual([5, 8, 9]);
  expect(await collection.distinct('pedidos.q')).toEqual([1, 5]);
  expect(await at.db.collection('nadie').countDocuments()).toBe(0);
});

test.each<[Document, number, string]>([
  [{ a: { $foo: 1 } }, 2, 'unknown operator: $foo'],
  [{ a: { $in: 5 } }, 2, '$in needs an array'],
  [{ $or: [] }, 2, '$and/$or/$nor must be a nonempty array'],
  [{ $or: 1 }, 2, '$or must be an array'],
  [
    { $foo: 1 },
    2,
    "unknown top level operator: $foo. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.",
  ],
  [{ a: { $size: -1 } }, 9, 'Failed to parse $size. Expected a non-negative number in: $size: -1'],
  [{ a: { $elemMatch: 1 } }, 2, '$elemMatch needs an Object'],
  [{ a: { $not: 1 } }, 2, '$not needs a regex or a document'],
  [{ $where: 'true' }, 238, "Marea's embedded server does not support $where"],
])('the filter %j is refused', async (filter, code, message) => {
  expect(await refusal((await filled(people)).find(filter).toArray())).toMatchObject({ code, message });
});

test('a projection that includes and excludes is refused', async () => {
  const collection = await filled(people);
  expect(await refusal(collection.find({}, { projection: { a: 1, b: 0 } }).toArray())).toMatchObject({
    code: 31254,
    message: 'Cannot do exclusion on field b in inclusion projection',
  });
  expect(await refusal(collection.find({}, { projection: { a: 0, b: 1 } }).toArray())).toMatchObject({ code: 31253 });
});

test('what would change a result and is missing is refused by name', async () => {
  const collection = await filled(people);
  expect(await refusal(collection.find({}, { collation: { locale: 'es' } }).toArray())).toMatchObject({
    code: 238,
    codeName: 'NotImplemented',
  });
  expect(await refusal(collection.find({}, { tailable: true }).toArray())).toMatchObject({
    code: 2,
    message: expect.stringContaining('tailable cursor requested on non capped collection'),
  });
  expect(await refusal(collection.find().hint('nada').toArray())).toMatchObject({
    code: 2,
    message: expect.stringContaining('hint provided does not correspond to an existing index'),
  });
});
