import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DataType } from '../../../engine/core/data-type.ts';
import * as types from '../../../engine/core/data-type.ts';
import { sql, sqlString, type Sql } from '../../../engine/core/sql-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { castSql } from '../../../engine/functions/cast.ts';
import { canCast, mayGiveNull } from '../../../engine/functions/cast-rules.ts';
import type { CompileContext } from '../../../engine/functions/define-function.ts';
import { numberTextScalars } from '../../../engine/functions/scalar/number-text.ts';
import { timeScalars } from '../../../engine/functions/scalar/time-scalars.ts';
import { numberRows, textRows, timeRows } from './cast-rows.ts';
import type { CastMode } from '../../../engine/plan/bound-expression.ts';

const { arrayType, decimalType, field, mapType, structType } = types;
const { booleanType, byteType, shortType, integerType, longType, doubleType, stringType, dateType, timestampType } =
  types;

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 1, scalars: [...numberTextScalars, ...timeScalars] });
  connection = await database.connect();
});
afterAll(() => database.close());

const contextOf = (zone: string): CompileContext => ({
  zone,
  ansi: false,
  nowUs: 1_720_000_000_000_000n,
  timeParserPolicy: 'EXCEPTION',
});

async function textOf(value: Sql, type: DataType, zone: string): Promise<string | null> {
  const [text] = await connection.one(sql`SELECT ${castSql(value, type, stringType, 'legacy', contextOf(zone))}`, [
    stringType,
  ]);
  return text as string | null;
}

/** A literal of the source type, from its text, then the cast under test, then its text. */
async function castText(
  text: string | null,
  from: DataType,
  to: DataType,
  mode: CastMode = 'legacy',
  zone = 'UTC',
): Promise<string | null> {
  const literal = text === null ? sql`NULL::VARCHAR` : sqlString(text);
  const value = castSql(literal, stringType, from, 'legacy', contextOf(zone));
  return textOf(castSql(value, from, to, mode, contextOf(zone)), to, zone);
}

describe('CAST with ANSI off gives what Spark gives', () => {
  test.each([...numberRows, ...textRows, ...timeRows])('%s, %o to %o, is %s', async (text, from, to, answer) => {
    expect(await castText(text, from, to)).toBe(answer);
  });

  test('nested values become text with null, arrows and braces', async () => {
    const type = structType([
      field('a', integerType),
      field('m', mapType(stringType, doubleType)),
      field('l', arrayType(stringType)),
    ]);
    const value = sql`{'a': NULL::INTEGER, 'm': MAP {'x': 1.5::DOUBLE, 'y': NULL}, 'l': ['a', NULL]}`;
    expect(await textOf(value, type, 'UTC')).toBe('{null, {x -> 1.5, y -> null}, [a, null]}');
    expect(await textOf(sql`[]::INTEGER[]`, arrayType(integerType), 'UTC')).toBe('[]');
    expect(await textOf(sql`NULL::INTEGER[]`, arrayType(integerType), 'UTC')).toBeNull();
    expect(await textOf(sql`[[1, NULL], NULL]`, arrayType(arrayType(integerType)), 'UTC')).toBe('[[1, null], null]');
  });

  test('elements, map entries and fields are cast one by one', async () => {
    const array = castSql(sql`['1', 'x']`, arrayType(stringType), arrayType(integerType), 'legacy', contextOf('UTC'));
    expect(await textOf(array, arrayType(integerType), 'UTC')).toBe('[1, null]');
    const map = castSql(
      sql`MAP {1: '2'}`,
      mapType(integerType, stringType),
      mapType(stringType, integerType),
      'legacy',
      contextOf('UTC'),
    );
    expect(await textOf(map, mapType(stringType, integerType), 'UTC')).toBe('{1 -> 2}');
    const struct = castSql(
      sql`{'a': 1}`,
      structType([field('a', integerType)]),
      structType([field('b', stringType)]),
      'legacy',
      contextOf('UTC'),
    );
    expect(await textOf(struct, structType([field('b', stringType)]), 'UTC')).toBe('{1}');
  });
});

describe('intervals', () => {
  const dayToSecond = types.dayTimeIntervalType;
  const hour = { kind: 'day_time_interval', start: 'hour', end: 'hour' } as const;
  const yearToMonth = types.yearMonthIntervalType;
  test.each([
    [93_784_500_000n, dayToSecond, "INTERVAL '1 02:03:04.5' DAY TO SECOND"],
    [7_200_000_000n, hour, "INTERVAL '02' HOUR"],
    [-86_400_000_000n, { kind: 'day_time_interval', start: 'day', end: 'day' }, "INTERVAL '-1' DAY"],
    [14n, yearToMonth, "INTERVAL '1-2' YEAR TO MONTH"],
    [-11n, yearToMonth, "INTERVAL '-0-11' YEAR TO MONTH"],
  ] as const)('%s in its type prints %o', async (amount, type, answer) => {
    const value = sql`${sqlString(String(amount))}::${type.kind === 'year_month_interval' ? sql`INTEGER` : sql`BIGINT`}`;
    const adjusted = amount === 93_784_500_000n ? sql`(${value})` : value;
    expect(await textOf(adjusted, type, 'UTC')).toBe(answer);
  });

  test('text becomes an interval of the named fields, anything else is Spark\u2019s error', async () => {
    expect(await castText('1 02:03:04', stringType, dayToSecond)).toBe("INTERVAL '1 02:03:04' DAY TO SECOND");
    expect(await castText("INTERVAL '-2' HOUR", stringType, hour)).toBe("INTERVAL '-02' HOUR");
    await expect(castText('x', stringType, { kind: 'day_time_interval', start: 'day', end: 'day' })).rejects.toThrow(
      "Interval string does not match day-time format of `[+|-]d`, `INTERVAL [+|-]'[+|-]d' DAY` when cast to interval day: x, set spark.sql.legacy.fromDayTimeString.enabled to true to restore the behavior before Spark 3.0.",
    );
    expect(await castText('1 day 2 hours', stringType, types.calendarIntervalType)).toBe('1 days 2 hours');
  });
});

describe('the session zone', () => {
  test.each([
    ['2024-03-31 02:30:00', '2024-03-31 03:30:00'],
    ['2024-10-27 02:30:00', '2024-10-27 02:30:00'],
    ['2024-03-01 10:05:00Z', '2024-03-01 11:05:00'],
    ['2024-03-01 10:05:00+02:00', '2024-03-01 09:05:00'],
  ])('%s in Madrid shows %s', async (text, shown) => {
    expect(await castText(text, stringType, timestampType, 'legacy', 'Europe/Madrid')).toBe(shown);
  });

  test('an hour that happens twice is the first one, as in Java', async () => {
    const value = castSql(
      castSql(sqlString('2024-10-27 02:30:00'), stringType, timestampType, 'legacy', contextOf('Europe/Madrid')),
      timestampType,
      longType,
      'legacy',
      contextOf('Europe/Madrid'),
    );
    expect(await textOf(value, longType, 'Europe/Madrid')).toBe('1729989000');
  });

  test('a fixed offset shifts both ways', async () => {
    expect(await castText('2024-10-27 02:30:00', stringType, timestampType, 'legacy', '+05:30')).toBe(
      '2024-10-27 02:30:00',
    );
    expect(await castText('2024-10-27 00:00:00Z', stringType, timestampType, 'legacy', '+05:30')).toBe(
      '2024-10-27 05:30:00',
    );
  });
});

describe('CAST with ANSI on', () => {
  const malformed = (value: string, from: string, to: string): string =>
    `[CAST_INVALID_INPUT] The value ${value} of the type "${from}" cannot be cast to "${to}" because it is malformed. Correct the value as per the syntax, or change its target type. Use \`try_cast\` to tolerate malformed input and return NULL instead. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.`;
  test.each([
    ['abc', stringType, integerType, malformed("'abc'", 'STRING', 'INT'), 'NumberFormatException'],
    ['5.5', stringType, integerType, malformed("'5.5'", 'STRING', 'INT'), 'NumberFormatException'],
    ['', stringType, doubleType, malformed("''", 'STRING', 'DOUBLE'), 'NumberFormatException'],
    ['x', stringType, booleanType, malformed("'x'", 'STRING', 'BOOLEAN'), 'SparkRuntimeException'],
    ['bad', stringType, dateType, malformed("'bad'", 'STRING', 'DATE'), 'DateTimeException'],
    ['a"b', stringType, timestampType, malformed("'a\"b'", 'STRING', 'TIMESTAMP'), 'DateTimeException'],
    ['NaN', doubleType, timestampType, malformed('NaN', 'DOUBLE', 'TIMESTAMP'), 'DateTimeException'],
  ] as const)('%s is refused with Spark\u2019s text and class', async (text, from, to, message, errorClass) => {
    const failure = await castText(text, from, to, 'ansi').catch((error: unknown) => error);
    expect(failure).toMatchObject({ message, errorClass });
  });

  test.each([
    [
      '300',
      shortType,
      byteType,
      '[CAST_OVERFLOW] The value 300S of the type "SMALLINT" cannot be cast to "TINYINT" due to an overflow.',
    ],
    ['3000000000', longType, integerType, 'The value 3000000000L of the type "BIGINT"'],
    ['1e20', doubleType, integerType, 'The value 1.0E20D of the type "DOUBLE"'],
    ['99999999999', decimalType(11, 0), integerType, 'The value 99999999999BD of the type "DECIMAL(11,0)"'],
    [
      '12345.6',
      decimalType(6, 1),
      decimalType(4, 1),
      '[NUMERIC_VALUE_OUT_OF_RANGE] 12345.6 cannot be represented as Decimal(4, 1).',
    ],
    [
      '12345678',
      stringType,
      decimalType(5, 2),
      '[NUMERIC_VALUE_OUT_OF_RANGE] 12345678 cannot be represented as Decimal(5, 2).',
    ],
  ] as const)('%s overflows', async (text, from, to, message) => {
    await expect(castText(text, from, to, 'ansi')).rejects.toThrow(message);
  });

  test('try_cast gives NULL where ANSI raises, and NULL stays NULL', async () => {
    expect(await castText('abc', stringType, integerType, 'try')).toBeNull();
    expect(await castText('3000000000', longType, integerType, 'try')).toBeNull();
    expect(await castText(null, stringType, integerType, 'ansi')).toBeNull();
  });
});

test('the pairs Spark refuses are refused', () => {
  expect(canCast(integerType, dateType, 'legacy')).toBe(false);
  expect(canCast(dateType, integerType, 'legacy')).toBe(true);
  expect(canCast(dateType, integerType, 'ansi')).toBe(false);
  expect(canCast(booleanType, timestampType, 'ansi')).toBe(false);
  expect(canCast(mapType(stringType, integerType), mapType(integerType, stringType), 'legacy')).toBe(false);
  expect(canCast(arrayType(stringType), integerType, 'legacy')).toBe(false);
  expect(canCast(arrayType(integerType), stringType, 'legacy')).toBe(true);
});

test('casts that may lose a value make the column nullable', () => {
  expect(mayGiveNull(stringType, integerType, 'legacy')).toBe(true);
  expect(mayGiveNull(doubleType, integerType, 'legacy')).toBe(true);
  expect(mayGiveNull(integerType, byteType, 'legacy')).toBe(false);
  expect(mayGiveNull(decimalType(6, 3), decimalType(5, 1), 'legacy')).toBe(false);
  expect(mayGiveNull(decimalType(6, 1), decimalType(4, 1), 'legacy')).toBe(true);
  expect(mayGiveNull(timestampType, dateType, 'legacy')).toBe(false);
});
