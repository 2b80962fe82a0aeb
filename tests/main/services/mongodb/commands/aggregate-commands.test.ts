import { Decimal128, Double, Long, type Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyDocument, courseClock, refusal, startTestServer, typed, type TestServer } from '../test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer({ clock: courseClock });
  const bizums: Document[] = [
    { _id: 1, nombre: 'Ana', cantidad: 10, cuando: new Date('2023-03-29T09:45:28Z'), etiquetas: ['a', 'b'] },
    { _id: 2, nombre: 'Eva', cantidad: 25, cuando: new Date('2023-03-29T09:47:10Z'), etiquetas: [] },
    { _id: 3, nombre: 'Ana', cantidad: 40, cuando: new Date('2023-03-29T09:48:00Z') },
  ];
  const personas: Document[] = [
    { _id: 'Ana', ciudad: 'Elche', k: Long.fromNumber(1) },
    { _id: 'Eva', ciudad: 'Alicante', k: new Double(2) },
  ];
  await at.db.collection('bizums').insertMany(bizums);
  await at.db.collection('personas').insertMany(personas);
});
afterAll(() => at.stop());

const run = (...pipeline: Document[]): Promise<Document[]> => at.db.collection('bizums').aggregate(pipeline).toArray();

test('a group by a key, with the usual accumulators', async () => {
  const pipeline = [
    {
      $group: {
        _id: '$nombre',
        total: { $sum: '$cantidad' },
        media: { $avg: '$cantidad' },
        mayor: { $max: '$cantidad' },
        n: { $sum: 1 },
        todos: { $push: '$cantidad' },
      },
    },
    { $sort: { _id: 1 } },
  ];
  expect(await run(...pipeline)).toEqual([
    { _id: 'Ana', total: 50, media: 25, mayor: 40, n: 2, todos: [10, 40] },
    { _id: 'Eva', total: 25, media: 25, mayor: 25, n: 1, todos: [25] },
  ]);
  const [ana] = await at.db.collection('bizums').aggregate(pipeline, { promoteValues: false }).toArray();
  expect(Object.entries(ana as Document).map(([field, result]) => [field, typed(result)])).toEqual([
    ['_id', '"Ana"'],
    ['total', 'Int32 50'],
    ['media', 'Double 25'],
    ['mayor', 'Int32 40'],
    ['n', 'Int32 2'],
    ['todos', expect.anything()],
  ]);
});

test('windows of three minutes by $dateTrunc', async () => {
  const windows = await run(
    { $group: { _id: { $dateTrunc: { date: '$cuando', unit: 'minute', binSize: 3 } }, n: { $count: {} } } },
    { $sort: { _id: 1 } },
  );
  expect(windows).toEqual([
    { _id: new Date('2023-03-29T09:45:00Z'), n: 2 },
    { _id: new Date('2023-03-29T09:48:00Z'), n: 1 },
  ]);
});

test('documents that are only chosen and ordered keep the types they are stored with', async () => {
  await at.db
    .collection('tipos')
    .insertOne({ l: Long.fromNumber(2), d: new Double(1), m: Decimal128.fromString('1.20') });
  const pipeline = [{ $match: { l: 2 } }, { $sort: { l: 1 } }, { $sample: { size: 5 } }, { $limit: 1 }];
  const [chosen] = await at.db.collection('tipos').aggregate(pipeline, { promoteValues: false }).toArray();
  expect([typed(chosen?.['l']), typed(chosen?.['d']), typed(chosen?.['m'])]).toEqual([
    'Long 2',
    'Double 1',
    'Decimal128 1.20',
  ]);
  const [projected] = await at.db
    .collection('tipos')
    .aggregate(
      [
        { $project: { _id: 0, d: 1, l: 1, suma: { $add: ['$l', 1] }, media: { $divide: ['$l', 2] } } },
        { $addFields: { otro: '$d' } },
      ],
      { promoteValues: false },
    )
    .toArray();
  expect(Object.entries(projected as Document).map(([field, result]) => `${field} ${typed(result)}`)).toEqual([
    'l Long 2',
    'd Double 1',
    'suma Long 3',
    'media Double 1',
    'otro Double 1',
  ]);
});

test.each<[Document[], number, string]>([
  [[{ $foo: 1 }], 40324, "Unrecognized pipeline stage name: '$foo'"],
  [[{ $group: { n: { $sum: 1 } } }], 15955, 'a group specification must include an _id'],
  [[{ $group: { _id: 1, n: { $foo: 1 } } }], 15952, "unknown group operator '$foo'"],
  [[{ $group: { _id: 1, n: 5 } }], 40234, "The field 'n' must be an accumulator object"],
  [[{ $limit: 0 }], 15958, 'the limit must be positive'],
  [[{ $sort: { a: 2 } }], 15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)'],
  [[{ $out: 'x' }, { $match: {} }], 40601, '$out can only be the final stage in the pipeline'],
  [[{ $match: {}, $limit: 1 }], 40323, 'A pipeline stage specification object must contain exactly one field.'],
  [[{ $changeStream: {} }], 40573, 'The $changeStream stage is only supported on replica sets'],
])('the pipeline %j is refused', async (pipeline, code, message) => {
  expect(await refusal(run(...pipeline))).toMatchObject({ code, message });
});

test('a change stream is refused to the driver', async () => {
  const stream = at.db.collection('bizums').watch();
  expect(await refusal(stream.next())).toMatchObject({ code: 40573 });
  await stream.close();
});

test('$lookup joins by equal values of whatever number type, and by a pipeline with variables', async () => {
  const joined = await run(
    { $match: { _id: { $lt: 3 } } },
    { $lookup: { from: 'personas', localField: '_id', foreignField: 'k', as: 'p' } },
    { $project: { ciudad: '$p.ciudad' } },
  );
  expect(joined).toEqual([
    { _id: 1, ciudad: ['Elche'] },
    { _id: 2, ciudad: ['Alicante'] },
  ]);
  const byPipeline = await run({
    $lookup: {
      from: 'personas',
      let: { quien: '$nombre' },
      pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$quien'] } } }, { $project: { _id: 0, ciudad: 1 } }],
      as: 'p',
    },
  });
  expect(byPipeline.map(({ p }) => p as Document[])).toEqual([
    [{ ciudad: 'Elche' }],
    [{ ciudad: 'Alicante' }],
    [{ ciudad: 'Elche' }],
  ]);
});

test('$facet, $bucket, $unwind, $sortByCount, $count, $unionWith and $setWindowFields', async () => {
  expect(
    await run({
      $facet: { n: [{ $count: 'n' }], top: [{ $sort: { cantidad: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }] },
    }),
  ).toEqual([{ n: [{ n: 3 }], top: [{ _id: 3 }] }]);
  expect(await run({ $bucket: { groupBy: '$cantidad', boundaries: [0, 20, 30, 35], default: 'otros' } })).toEqual([
    { _id: 0, count: 1 },
    { _id: 20, count: 1 },
    { _id: 'otros', count: 1 },
  ]);
  expect((await run({ $unwind: '$etiquetas' })).map(({ etiquetas }) => etiquetas as string)).toEqual(['a', 'b']);
  expect(await run({ $sortByCount: '$nombre' })).toEqual([
    { _id: 'Ana', count: 2 },
    { _id: 'Eva', count: 1 },
  ]);
  expect(await run({ $match: { _id: 99 } }, { $count: 'n' })).toEqual([]);
  expect(await run({ $unionWith: 'personas' }, { $count: 'n' })).toEqual([{ n: 5 }]);
  const running = await run({
    $setWindowFields: {
      sortBy: { _id: 1 },
      output: { suma: { $sum: '$cantidad', window: { documents: ['unbounded', 'current'] } } },
    },
  });
  expect(running.map(({ suma }) => suma as number)).toEqual([10, 35, 75]);
});

test('a pipeline changes nothing of what is stored', async () => {
  await run({ $addFields: { 'otro.campo': 1, cantidad: 0 } }, { $unset: 'nombre' });
  await at.db.collection('anidados').insertOne({ a: { b: 1 } });
  await at.db
    .collection('anidados')
    .aggregate([{ $match: {} }, { $addFields: { 'a.b': 2 } }])
    .toArray();
  expect(await at.db.collection('anidados').findOne({}, { projection: { _id: 0 } })).toEqual({ a: { b: 1 } });
  expect(await at.db.collection('bizums').countDocuments({ nombre: 'Ana', cantidad: 10 })).toBe(1);
});

test('$addFields reaches into documents and arrays, $unwind tells the index, $redact prunes', async () => {
  const collection = at.db.collection('formas');
  await collection.insertMany([{ o: { k: 1 }, a: [{ v: 1 }, { v: 2 }], texto: '' }, { a: [] }]);
  const shaped = async (...pipeline: Document[]): Promise<Document[]> =>
    collection.aggregate([...pipeline, { $unset: '_id' }]).toArray();
  expect((await shaped({ $set: { o: { m: 1 }, 'a.w': 0 } }))[0]).toEqual({
    o: { k: 1, m: 1 },
    a: [
      { v: 1, w: 0 },
      { v: 2, w: 0 },
    ],
    texto: '',
  });
  expect(
    await shaped(
      { $unwind: { path: '$a', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } },
      { $project: { i: 1, v: '$a.v' } },
    ),
  ).toEqual([{ i: 0, v: 1 }, { i: 1, v: 2 }, { i: null }]);
  expect(await shaped({ $unwind: '$texto' }, { $count: 'n' })).toEqual([{ n: 1 }]);
  expect(await shaped({ $redact: { $cond: [{ $eq: ['$o.k', 1] }, '$$KEEP', '$$PRUNE'] } }, { $count: 'n' })).toEqual([
    { n: 1 },
  ]);
});

test('$out replaces a collection and keeps its indexes', async () => {
  const target = at.db.collection<Document>('salida');
  await target.insertOne(anyDocument({ _id: 'viejo' }));
  await target.createIndex({ total: 1 });
  expect(await run({ $group: { _id: '$nombre', total: { $sum: '$cantidad' } } }, { $out: 'salida' })).toEqual([]);
  expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 'Ana', total: 50 },
    { _id: 'Eva', total: 25 },
  ]);
  expect((await target.indexes()).map(({ name }) => name)).toEqual(['_id_', 'total_1']);
  expect((await at.db.listCollections().toArray()).filter(({ name }) => name.startsWith('tmp.'))).toEqual([]);
});

test('$merge inserts, merges, replaces and fails as it is told', async () => {
  const target = at.db.collection<Document>('mezcla');
  await target.insertOne(anyDocument({ _id: 'Ana', nota: 'se queda', total: 0 }));
  const totals = { $group: { _id: '$nombre', total: { $sum: '$cantidad' } } };
  await run(totals, { $merge: 'mezcla' });
  expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
    { _id: 'Ana', nota: 'se queda', total: 50 },
    { _id: 'Eva', total: 25 },
  ]);
  await run(totals, {
    $merge: { into: 'mezcla', whenMatched: [{ $set: { total: { $add: ['$total', '$$new.total'] } } }] },
  });
  expect(await target.findOne({ _id: 'Ana' as never })).toEqual({ _id: 'Ana', nota: 'se queda', total: 100 });
  await run(totals, { $merge: { into: 'mezcla', whenMatched: 'replace', whenNotMatched: 'discard' } });
  expect(await target.findOne({ _id: 'Ana' as never })).toEqual({ _id: 'Ana', total: 50 });
  expect(await refusal(run(totals, { $merge: { into: 'mezcla', whenMatched: 'fail' } }))).toMatchObject({
    code: 11000,
  });
  expect(await refusal(run(totals, { $merge: { into: 'mezcla', on: 'total' } }))).toMatchObject({ code: 51183 });
});

test('$collStats and explain answer', async () => {
  const [stats] = await run({ $collStats: { storageStats: {}, count: {} } });
  expect(stats).toMatchObject({ ns: 'iabd.bizums', count: 3, storageStats: { count: 3, nindexes: 1 } });
  expect(
    await at.db
      .collection('bizums')
      .find({ _id: 1 as never })
      .explain(),
  ).toMatchObject({
    queryPlanner: { namespace: 'iabd.bizums', winningPlan: { stage: 'COLLSCAN' } },
  });
  expect(
    await at.db
      .collection('bizums')
      .aggregate([{ $match: {} }])
      .explain(),
  ).toMatchObject({ ok: 1 });
});
