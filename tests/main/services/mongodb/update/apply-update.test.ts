import type { Document, UpdateFilter } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { courseClock, refusal, startTestServer, type TestServer } from '../test-server.ts';

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

/** The document without `_id` after an update. */
async function updated(
  before: Document,
  update: unknown,
  options: Document = {},
  filter: Document = {},
): Promise<Document | null> {
  const collection = await filled({ _id: 1, ...before });
  await collection.updateOne({ _id: 1 as never, ...filter }, update as UpdateFilter<Document>, options);
  return collection.findOne({}, { projection: { _id: 0 } });
}

test.each<[string, Document, unknown, Document]>([
  ['$set of new and old fields', { a: 1 }, { $set: { a: 2, b: 3 } }, { a: 2, b: 3 }],
  ['$set inside documents that are not there', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  ['$set beyond the end of an array', { a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
  [
    'new fields come in the order of their names',
    { z: 0 },
    { $set: { y: 1, b: 2 }, $inc: { c: 1 } },
    { z: 0, b: 2, c: 1, y: 1 },
  ],
  ['$unset', { a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
  ['$unset of an element leaves a null', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  ['$inc of a missing field', {}, { $inc: { n: 5 } }, { n: 5 }],
  ['$mul of a missing field', {}, { $mul: { n: 5 } }, { n: 0 }],
  ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 3 } }, { a: 3, b: 5 }],
  ['$rename', { a: 1, b: 2 }, { $rename: { a: 'c' } }, { b: 2, c: 1 }],
  ['$push', { a: [1] }, { $push: { a: 2 } }, { a: [1, 2] }],
  [
    '$push with $each, $sort and $slice',
    { a: [5] },
    { $push: { a: { $each: [9, 1], $sort: -1, $slice: 2 } } },
    { a: [9, 5] },
  ],
  ['$push with $position', { a: [1, 4] }, { $push: { a: { $each: [2, 3], $position: 1 } } }, { a: [1, 2, 3, 4] }],
  [
    '$push of documents sorted by a field',
    { a: [{ n: 2 }] },
    { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
    { a: [{ n: 1 }, { n: 2 }] },
  ],
  ['$addToSet', { a: [1, 2] }, { $addToSet: { a: { $each: [2, 3, 3] } } }, { a: [1, 2, 3] }],
  ['$pull of a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['$pull by a condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ['$pull of documents', { a: [{ n: 1, m: 2 }, { n: 3 }] }, { $pull: { a: { n: 1 } } }, { a: [{ n: 3 }] }],
  ['$pullAll', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
  ['$pop from either end', { a: [1, 2, 3], b: [1, 2, 3] }, { $pop: { a: 1, b: -1 } }, { a: [1, 2], b: [2, 3] }],
  ['$bit', { n: 13 }, { $bit: { n: { and: 10 } } }, { n: 8 }],
  ['$[] on every element', { a: [{ n: 1 }, { n: 2 }] }, { $inc: { 'a.$[].n': 10 } }, { a: [{ n: 11 }, { n: 12 }] }],
  [
    '$currentDate from the clock',
    {},
    { $currentDate: { d: true } },
    { d: new Date(Date.UTC(2023, 2, 29, 7, 45, 28, 714)) },
  ],
  ['a pipeline', { a: 1, b: 2 }, [{ $set: { c: { $add: ['$a', '$b'] } } }, { $unset: 'a' }], { b: 2, c: 3 }],
])('%s', async (_what, before, update, after) => {
  const result = await updated(before, update);
  expect(result).toEqual(after);
  expect(Object.keys(result ?? {})).toEqual(Object.keys(after));
});

test('array filters choose the elements', async () => {
  const after = await updated(
    { notas: [{ n: 4 }, { n: 8 }, { n: 9 }] },
    { $set: { 'notas.$[alta].ok': true } },
    { arrayFilters: [{ 'alta.n': { $gte: 8 } }] },
  );
  expect(after).toEqual({ notas: [{ n: 4 }, { n: 8, ok: true }, { n: 9, ok: true }] });
});

test('the positional operator stands for the element that the filter matched', async () => {
  expect(await updated({ a: [1, 5, 9] }, { $set: { 'a.$': 0 } }, {}, { a: { $gt: 4 } })).toEqual({ a: [1, 0, 9] });
  const documents = {
    a: [
      { k: 1, v: 1 },
      { k: 2, v: 2 },
    ],
  };
  expect(await updated(documents, { $inc: { 'a.$.v': 5 } }, {}, { 'a.k': 2 })).toEqual({
    a: [
      { k: 1, v: 1 },
      { k: 2, v: 7 },
    ],
  });
});

test.each<[unknown, number, string]>([
  [
    { $foo: { a: 1 } },
    9,
    'Unknown modifier: $foo. Expected a valid update modifier or pipeline-style update specified as an array',
  ],
  [{ $set: { _id: 2 } }, 66, "Performing an update on the path '_id' would modify the immutable field '_id'"],
  [{ $set: { a: 1 }, $inc: { a: 1 } }, 40, "Updating the path 'a' would create a conflict at 'a'"],
  [{ $set: { 'texto.b': 1 } }, 28, 'Cannot create field \'b\' in element {texto: "x"}'],
  [
    { $inc: { texto: 1 } },
    14,
    "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'texto' of non-numeric type string",
  ],
  [{ $inc: { n: 'a' } }, 14, 'Cannot increment with non-numeric argument: {n: "a"}'],
  [{ $push: { n: 1 } }, 2, "The field 'n' must be an array but is of type int in document {_id: 1}"],
  [{ $addToSet: { n: 1 } }, 2, "Cannot apply $addToSet to non-array field. Field named 'n' has non-array type int"],
  [{ $pop: { a: 3 } }, 9, '$pop expects 1 or -1, found: 3'],
  [{ $set: { '': 1 } }, 56, 'An empty update path is not valid.'],
  [{ $set: { 'a.$': 1 } }, 2, 'The positional operator did not find the match needed from the query.'],
  [{ $set: { 'a.$[x]': 1 } }, 2, "No array filter found for identifier 'x' in path 'a.$[x]'"],
  [[{ $match: {} }], 72, '$match is not allowed to be used within an update'],
])('the update %j is refused', async (update, code, message) => {
  const collection = await filled({ _id: 1, n: 1, a: [1], texto: 'x' });
  expect(await refusal(collection.updateOne({}, update as UpdateFilter<Document>))).toMatchObject({ code, message });
  expect(await collection.findOne()).toEqual({ _id: 1, n: 1, a: [1], texto: 'x' });
});

test('an array filter that no path names is refused', async () => {
  const collection = await filled({ _id: 1, a: [1] });
  expect(await refusal(collection.updateOne({}, { $set: { b: 1 } }, { arrayFilters: [{ x: 1 }] }))).toMatchObject({
    code: 9,
    message: "The array filter for identifier 'x' was not used in the update { $set: { b: 1 } }",
  });
});
