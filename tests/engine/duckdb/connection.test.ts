import { afterEach, beforeEach, expect, test } from 'vitest';
import * as types from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { decimalValue, mapValue, structValue, type Row } from '../../../engine/core/spark-value.ts';
import { sql, sqlJoin } from '../../../engine/core/sql-text.ts';
import { storageType } from '../../../engine/core/storage-type.ts';
import { blockSize, type Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { InterruptedStatement } from '../../../engine/duckdb/translate-error.ts';

let database: Database;
let connection: Connection;
beforeEach(async () => {
  database = await openDatabase({
    path: ':memory:',
    threads: 2,
    scalars: [
      {
        name: 'marea_twice',
        takes: [types.stringType],
        returns: types.stringType,
        evaluate: (text) => (text as string).repeat(2),
      },
      {
        name: 'marea_refuse',
        takes: [types.longType],
        returns: types.longType,
        seesNulls: true,
        evaluate: () => {
          throw new SparkError('ArithmeticException', 'no "puede" {ser}', { condition: 'DIVIDE_BY_ZERO' });
        },
      },
    ],
  });
  connection = await database.connect();
});
afterEach(() => database.close());

const nested = types.mapType(types.stringType, types.arrayType(types.decimalType(38, 2)));
const everyType: readonly types.DataType[] = [
  types.booleanType,
  types.byteType,
  types.shortType,
  types.integerType,
  types.longType,
  types.floatType,
  types.doubleType,
  types.stringType,
  types.binaryType,
  types.dateType,
  types.timestampType,
  types.timestampNtzType,
  types.decimalType(4, 1),
  types.decimalType(9, 2),
  types.decimalType(18, 2),
  types.decimalType(38, 10),
  types.calendarIntervalType,
  types.dayTimeIntervalType,
  types.yearMonthIntervalType,
  types.voidType,
  types.arrayType(types.timestampType),
  nested,
  types.structType([
    types.field('b', types.stringType),
    types.field('1', types.longType),
    types.field('B', types.integerType),
  ]),
];
const full: Row = [
  true,
  -128,
  -32768,
  2147483647,
  -9223372036854775808n,
  1.5,
  -0.1,
  'ñandú 😀',
  Uint8Array.of(0, 255),
  -719162,
  -1n,
  5n,
  decimalValue(-15n, 1),
  decimalValue(123n, 2),
  decimalValue(-1n, 2),
  decimalValue(12345678901234567890123456789n, 10),
  { form: 'interval', months: 1, days: 2, micros: 3n },
  -86_400_000_000n,
  14,
  null,
  [1n, null],
  mapValue([['a', [decimalValue(1n, 2), null]]]),
  structValue(['x', 7n, null]),
];

test('values of every type are appended, and read back the same', async () => {
  const empty: Row = everyType.map(() => null);
  const columns = everyType.map((type, i) => sql`${sqlJoin([sql`f`, String(i) as never], '')} ${storageType(type)}`);
  await connection.run(sql`CREATE TEMP TABLE loaded (${sqlJoin(columns, ', ')})`);
  expect(await connection.appendRows('loaded', everyType, [[full, empty], [full]], true)).toBe(3);
  expect(await connection.rows(sql`SELECT * FROM loaded`, everyType)).toEqual([full, empty, full]);
});

test('a large result arrives in blocks, in order, while other statements run', async () => {
  const sizes: number[] = [];
  let next = 0n;
  for await (const block of connection.blocks(sql`SELECT range FROM range(5000)`, [types.longType])) {
    for (const [value] of block) {
      expect(value).toBe(next);
      next += 1n;
    }
    sizes.push(block.length);
    expect(await connection.count(sql`SELECT 1`)).toBe(1);
  }
  expect(next).toBe(5000n);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(blockSize);
});

test('statements of one connection keep the order of the calls', async () => {
  const done: number[] = [];
  await Promise.all([
    connection.run(sql`SELECT count(*) FROM range(3000000)`).then(() => done.push(1)),
    connection.run(sql`SELECT 1`).then(() => done.push(2)),
  ]);
  expect(done).toEqual([1, 2]);
});

test('a JavaScript function answers NULL for NULL and works on columns and constants', async () => {
  const rows = await connection.rows(sql`SELECT marea_twice(x) FROM (VALUES ('a'), (NULL), ('bc')) t(x)`, [
    types.stringType,
  ]);
  expect(rows).toEqual([['aa'], [null], ['bcbc']]);
  expect(await connection.one(sql`SELECT marea_twice('k')`, [types.stringType])).toEqual(['kk']);
});

test("an error that our SQL or a JavaScript function raises comes out as Spark's", async () => {
  const spark = {
    errorClass: 'ArithmeticException',
    condition: 'DIVIDE_BY_ZERO',
    message: 'no "puede" {ser}',
    blame: 'learner',
  };
  await expect(connection.run(sql`SELECT marea_refuse(1)`)).rejects.toMatchObject(spark);
  await expect(
    connection.run(
      sql`SELECT error('MAREA_ERROR {"class":"ArithmeticException","condition":"DIVIDE_BY_ZERO","message":"no \"puede\" {ser}"}')`,
    ),
  ).rejects.toMatchObject(spark);
});

test('any other failure of a statement is blamed on Marea', async () => {
  await expect(connection.run(sql`SELECT * FROM nothing_here`)).rejects.toMatchObject({ blame: 'marea' });
});

test('an interrupted statement says so, and the connection goes on', async () => {
  const running = connection.run(
    sql`SELECT count(*) FROM range(100000) a, range(10000000) b WHERE hash(a.range + b.range) = 1`,
  );
  // The statement starts in a later turn of the event loop; interrupting again is harmless.
  const repeat = setInterval(() => connection.interrupt(), 5);
  await expect(running).rejects.toBeInstanceOf(InterruptedStatement);
  clearInterval(repeat);
  expect(await connection.count(sql`SELECT 1`)).toBe(1);
});

test('a transaction that is rolled back leaves nothing', async () => {
  await connection.run(sql`CREATE TABLE kept (n BIGINT)`);
  connection.begin();
  expect(await connection.change(sql`INSERT INTO kept VALUES (1), (2)`)).toBe(2);
  await connection.rollback();
  expect(await connection.count(sql`SELECT count(*) FROM kept`)).toBe(0);
});

test('columns of a SELECT are described without running it', async () => {
  expect(await connection.describe(sql`SELECT 1::BIGINT AS a, [1.5::DOUBLE] AS b`)).toEqual([
    { name: 'a', duckdbType: 'BIGINT' },
    { name: 'b', duckdbType: 'DOUBLE[]' },
  ]);
});

test('a closed connection refuses statements', async () => {
  await connection.close();
  await expect(connection.run(sql`SELECT 1`)).rejects.toThrow('closed');
});
