import { Decimal128, Double, Long, ObjectId, type Document } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { courseClock, refusal, startTestServer, typed, type TestServer } from '../test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer({ clock: courseClock });
});
afterAll(() => at.stop());

/** The value of an expression over a document. */
async function value(expression: unknown, document: Document = {}): Promise<unknown> {
  const [result] = await at.db
    .aggregate([{ $documents: [{ x: 1, ...document }] }, { $project: { _id: 0, r: expression } }], {
      promoteValues: false,
    })
    .toArray();
  return (result as Document)['r'];
}
/** Written as text: a field called `then` makes a literal look like a promise. */
const switchBranch = JSON.parse('{"case": {"$gt": ["$l", 9]}, "then": "a"}') as Document;

test.each<[unknown, string]>([
  [{ $add: [1, 2] }, 'Int32 3'],
  [{ $add: [2147483647, 1] }, 'Long 2147483648'],
  [{ $add: ['$d', 1] }, 'Double 4'],
  [{ $add: ['$m', 1] }, 'Decimal128 2.25'],
  [{ $subtract: [new Date(5), new Date(3)] }, 'Long 2'],
  [{ $multiply: [3, '$l'] }, 'Long 15'],
  [{ $divide: [6, 3] }, 'Double 2'],
  [{ $mod: [7, 3] }, 'Int32 1'],
  [{ $abs: '$negativo' }, 'Int32 4'],
  [{ $ceil: 1.2 }, 'Double 2'],
  [{ $floor: -1.2 }, 'Double -2'],
  [{ $round: [2.5, 0] }, 'Double 2'],
  [{ $round: [2.345, 1] }, 'Double 2.3'],
  [{ $round: [1234, -2] }, 'Int32 1200'],
  [{ $trunc: [2.789, 2] }, 'Double 2.78'],
  [{ $pow: [2, 10] }, 'Int32 1024'],
  [{ $sqrt: 16 }, 'Double 4'],
  [{ $sum: [1, 2, 'x', 3] }, 'Int32 6'],
  [{ $avg: [1, 2] }, 'Double 1.5'],
  [{ $max: ['$l', 3] }, 'Long 5'],
  [{ $toInt: '12' }, 'Int32 12'],
  [{ $toLong: 12.7 }, 'Long 12'],
  [{ $toDouble: '1.5' }, 'Double 1.5'],
  [{ $toDecimal: '1.50' }, 'Decimal128 1.50'],
  [{ $toString: '$l' }, '"5"'],
  [{ $toString: new Date(0) }, '"1970-01-01T00:00:00.000Z"'],
  [{ $convert: { input: 'x', to: 'int', onError: -1 } }, 'Int32 -1'],
  [{ $type: '$l' }, '"long"'],
  [{ $type: '$falta' }, '"missing"'],
  [{ $gt: ['$l', 4] }, 'true'],
  [{ $eq: ['$l', new Double(5)] }, 'true'],
  [{ $cond: [{ $eq: ['$cero', 0] }, 'sí', 'no'] }, '"sí"'],
  [{ $cond: ['$cero', 'sí', 'no'] }, '"no"'],
  [{ $ifNull: ['$falta', 'x'] }, '"x"'],
  [{ $switch: { branches: [switchBranch], default: 'b' } }, '"b"'],
  [{ $concat: ['a', 'b'] }, '"ab"'],
  [{ $arrayElemAt: [['a', 'b'], '$uno'] }, '"b"'],
  [{ $in: [5, ['$l']] }, 'true'],
  [{ $size: [[1, 2]] }, 'Int32 2'],
  [{ $map: { input: [1, 2], as: 'n', in: { $multiply: ['$$n', 2] } } }, '[2,4]'],
  [{ $filter: { input: [1, 5, 9], as: 'n', cond: { $gt: ['$$n', 4] } } }, '[5,9]'],
  [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 'Int32 6'],
  [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, '[3,2,1]'],
  [
    {
      $setUnion: [
        [1, 2],
        [2, 3],
      ],
    },
    '[1,2,3]',
  ],
  [{ $dateToString: { date: new Date(0), format: '%Y-%m-%d %H:%M:%S' } }, '"1970-01-01 00:00:00"'],
  [{ $year: new Date(0) }, 'Int32 1970'],
  [{ $dateDiff: { startDate: new Date(0), endDate: new Date(7_200_000), unit: 'hour' } }, 'Long 2'],
  [{ $dateAdd: { startDate: new Date(0), unit: 'minute', amount: '$l' } }, '"1970-01-01T00:05:00.000Z"'],
  [{ $hour: { date: new Date(0), timezone: 'Europe/Madrid' } }, 'Int32 1'],
  [{ $dayOfMonth: '$falta' }, 'null'],
  [
    { $dateToString: { date: new Date('2023-07-01T00:00:00Z'), format: '%H:%M %z', timezone: 'Europe/Madrid' } },
    '"02:00 +0200"',
  ],
  [
    { $dateTrunc: { date: new Date('2023-03-29T23:30:00Z'), unit: 'day', timezone: 'Europe/Madrid' } },
    '"2023-03-29T22:00:00.000Z"',
  ],
  [{ $dateFromString: { dateString: '2023-01-10T09:00:00', timezone: 'Europe/Madrid' } }, '"2023-01-10T08:00:00.000Z"'],
  [{ $dateFromParts: { year: 2023, month: 7, day: 1, timezone: '+02:00' } }, '"2023-06-30T22:00:00.000Z"'],
  [
    { $dateAdd: { startDate: new Date('2023-03-25T12:00:00Z'), unit: 'day', amount: 1, timezone: 'Europe/Madrid' } },
    '"2023-03-26T11:00:00.000Z"',
  ],
  [
    {
      $dateDiff: {
        startDate: new Date('2023-03-29T21:00:00Z'),
        endDate: new Date('2023-03-29T23:00:00Z'),
        unit: 'day',
        timezone: 'Europe/Madrid',
      },
    },
    'Long 1',
  ],
  [{ $last: [[]] }, 'undefined'],
  ['$$NOW', '"2023-03-29T07:45:28.714Z"'],
])('%j is %s', async (expression, expected) => {
  const document = {
    l: Long.fromNumber(5),
    d: new Double(3),
    m: Decimal128.fromString('1.25'),
    negativo: -4,
    cero: new Double(0),
    uno: Long.ONE,
  };
  const result = await value(expression, document);
  const plain = Array.isArray(result) ? result.map(Number) : result;
  expect(String(typed(plain))).toBe(expected);
});

test.each<[unknown, number, string]>([
  [
    { $add: ['a', 1] },
    14,
    'PlanExecutor error during aggregation :: caused by :: $add only supports numeric or date types, not string',
  ],
  [{ $divide: [1, 0] }, 2, "PlanExecutor error during aggregation :: caused by :: can't $divide by zero"],
  [
    { $toInt: 'x' },
    241,
    "PlanExecutor error during aggregation :: caused by :: Failed to parse number 'x' in $convert with no onError value: Did not consume any digits.",
  ],
  [{ $foo: 1 }, 168, "Unrecognized expression '$foo'"],
  [
    { $year: 'x' },
    16006,
    "PlanExecutor error during aggregation :: caused by :: can't convert from BSON type string to Date",
  ],
  [
    { $hour: { date: new Date(0), timezone: 'Marte' } },
    40485,
    'PlanExecutor error during aggregation :: caused by :: unrecognized time zone identifier: "Marte"',
  ],
  ['$$nadie', 17276, 'Use of undefined variable: nadie'],
  [
    { $function: { body: 'function () { return 1 }', args: [], lang: 'js' } },
    238,
    "Marea's embedded server does not support $function",
  ],
])('the expression %j is refused', async (expression, code, message) => {
  expect(await refusal(value(expression))).toMatchObject({ code, message });
});

test('sums are exact for longs and better than double by double for doubles', async () => {
  const big = Long.fromString('9007199254740993');
  expect(typed(await value({ $sum: ['$a', '$a'] }, { a: big }))).toBe('Long 18014398509481986');
  expect(typed(await value({ $sum: Array.from({ length: 10 }, () => 0.1) }))).toBe('Double 1');
});

test('an ObjectId as text', async () => {
  expect(await value({ $toString: '$id' }, { id: new ObjectId('64240a580000000000000000') })).toBe(
    '64240a580000000000000000',
  );
});
