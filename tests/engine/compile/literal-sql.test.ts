import { afterAll, beforeAll, expect, test } from 'vitest';
import * as types from '../../../engine/core/data-type.ts';
import { decimalValue, mapValue, structValue, type SparkValue } from '../../../engine/core/spark-value.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import { storageType } from '../../../engine/core/storage-type.ts';
import { literalSql } from '../../../engine/compile/literal-sql.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 1, scalars: [] });
  connection = await database.connect();
});
afterAll(() => database.close());

const pair = types.structType([types.field('a', types.integerType), types.field('A', types.stringType)]);
const cases: readonly (readonly [SparkValue, types.DataType])[] = [
  [true, types.booleanType],
  [-128, types.byteType],
  [32767, types.shortType],
  [-2147483648, types.integerType],
  [-9223372036854775808n, types.longType],
  [0.1, types.doubleType],
  [-0, types.doubleType],
  [Number.NaN, types.doubleType],
  [Number.NEGATIVE_INFINITY, types.floatType],
  [1e300, types.doubleType],
  ["it's\n\\ ñ", types.stringType],
  [Uint8Array.of(0, 39, 255), types.binaryType],
  [new Uint8Array(), types.binaryType],
  [-719162, types.dateType],
  [-62135596800000000n, types.timestampType],
  [1n, types.timestampNtzType],
  [decimalValue(-12345678901234567890123456789012345678n, 10), types.decimalType(38, 10)],
  [decimalValue(5n, 2), types.decimalType(3, 2)],
  [{ form: 'interval', months: -1, days: 2, micros: -3n }, types.calendarIntervalType],
  [-86400000000n, types.dayTimeIntervalType],
  [14, types.yearMonthIntervalType],
  [[], types.arrayType(types.stringType)],
  [[1, null], types.arrayType(types.integerType)],
  [mapValue([]), types.mapType(types.stringType, types.integerType)],
  [
    mapValue([
      ['a', [1n]],
      ['b', null],
    ]),
    types.mapType(types.stringType, types.arrayType(types.longType)),
  ],
  [structValue([null, 'x']), pair],
  [[structValue([1, null]), null], types.arrayType(pair)],
];

test.each(cases)('%o comes back as itself, with its exact type', async (value, type) => {
  const literal = literalSql(value, type);
  expect(await connection.one(sql`SELECT ${literal}`, [type])).toEqual([value]);
  expect(
    await connection.one(sql`SELECT typeof(${literal}) = typeof(NULL::${storageType(type)})`, [types.booleanType]),
  ).toEqual([true]);
  expect(await connection.one(sql`SELECT ${literalSql(null, type)}`, [type])).toEqual([null]);
});

test('a zero character survives inside a string', async () => {
  expect(await connection.one(sql`SELECT ${literalSql('a\0b', types.stringType)}`, [types.stringType])).toEqual([
    'a\0b',
  ]);
});
