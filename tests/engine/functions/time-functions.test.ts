import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringType } from '../../../engine/core/data-type.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { castSql } from '../../../engine/functions/cast.ts';
import { dateFormatFunctions } from '../../../engine/functions/date-format-functions.ts';
import type { CompileContext, FunctionTable } from '../../../engine/functions/define-function.ts';
import { numberTextScalars } from '../../../engine/functions/scalar/number-text.ts';
import { timeScalars } from '../../../engine/functions/scalar/time-scalars.ts';
import { timeFunctions } from '../../../engine/functions/time-functions.ts';
import { ExampleCalls } from './example-calls.ts';

const table: FunctionTable = { ...timeFunctions, ...dateFormatFunctions };
const contextOf = (zone: string, changes: Partial<CompileContext> = {}): CompileContext => ({
  zone,
  ansi: false,
  nowUs: 1_720_000_000_000_000n,
  timeParserPolicy: 'EXCEPTION',
  ...changes,
});

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 1, scalars: [...numberTextScalars, ...timeScalars] });
  connection = await database.connect();
});
afterAll(() => database.close());

async function shown(text: string, context: CompileContext): Promise<string | null> {
  const value = new ExampleCalls(table, context).compile(text);
  const [answer] = await connection.one(sql`SELECT ${castSql(value.sql, value.type, stringType, 'legacy', context)}`, [
    stringType,
  ]);
  return answer as string | null;
}

const examples = Object.values(table)
  .flatMap((row) => ('examples' in row ? row.examples : []))
  .flatMap((example) => ('sql' in example ? [[example.sql, example.answer] as const] : []));

// Every answer below was the same in both zones on Spark 3.5.7.
describe.each(['UTC', 'Europe/Madrid'])('date and time functions in %s', (zone) => {
  test.each(examples)('%s is %s', async (text, answer) => {
    expect(await shown(text, contextOf(zone))).toBe(answer);
  });
});

describe('what depends on the zone', () => {
  test.each([
    ['make_timestamp(2024, 3, 31, 2, 30, 0)', '2024-03-31 03:30:00'],
    ["make_timestamp(2014, 12, 28, 6, 30, 45.887, 'CET')", '2014-12-28 06:30:45.887'],
    ["unix_timestamp('2016-04-08 10:00:00')", '1460102400'],
    ['from_unixtime(0)', '1970-01-01 01:00:00'],
    ['timestamp_seconds(1.5D)', '1970-01-01 01:00:01.5'],
    ["to_timestamp('2023-03-29T10:05:00+02:00', \"yyyy-MM-dd'T'HH:mm:ssXXX\")", '2023-03-29 10:05:00'],
    ["to_timestamp('2023-03-29T10:05:00Z', \"yyyy-MM-dd'T'HH:mm:ssX\")", '2023-03-29 12:05:00'],
    ["to_timestamp('2023-03-29 10:05:00 PST', 'yyyy-MM-dd HH:mm:ss z')", '2023-03-29 19:05:00'],
    ["to_timestamp('2023-03-29 10:05:00 Europe/Paris', 'yyyy-MM-dd HH:mm:ss VV')", '2023-03-29 10:05:00'],
    ["to_timestamp('2023-03-29 10:05:00 GMT+2', 'yyyy-MM-dd HH:mm:ss O')", '2023-03-29 10:05:00'],
    ["to_timestamp('2024-03-31 02:30:00', 'yyyy-MM-dd HH:mm:ss')", '2024-03-31 03:30:00'],
    ["unix_timestamp('2024-10-27 02:30:00', 'yyyy-MM-dd HH:mm:ss')", '1729989000'],
    [
      "date_format(TIMESTAMP '2024-03-05 07:08:09', 'VV z zzzz X XX XXX x Z ZZZZ ZZZZZ O OOOO')",
      'Europe/Madrid CET Central European Standard Time +01 +0100 +01:00 +01 +0100 GMT+01:00 +01:00 GMT+1 GMT+01:00',
    ],
    ["to_utc_timestamp('2024-10-27 02:30:00', 'Europe/Madrid')", '2024-10-27 00:30:00'],
    ["to_utc_timestamp('2024-03-31 02:30:00', 'Europe/Madrid')", '2024-03-31 01:30:00'],
    ["convert_timezone('Europe/Brussels', TIMESTAMP_NTZ '2021-12-05 15:00:00')", '2021-12-05 15:00:00'],
    ['current_timezone()', 'Europe/Madrid'],
    ['localtimestamp()', '2024-07-03 11:46:40'],
  ])('%s in Madrid is %s', async (text, answer) => {
    expect(await shown(text, contextOf('Europe/Madrid'))).toBe(answer);
  });
});

describe('patterns that are parsed digit by digit', () => {
  test.each([
    ['2023-03-29 09:45:28.7', 'yyyy-MM-dd HH:mm:ss.SSS', '2023-03-29 09:45:28.7'],
    ['2023-03-29 09:45:28.7149', 'yyyy-MM-dd HH:mm:ss.SSS', null],
    ['01/02/2023', 'd/M/yyyy', '2023-02-01 00:00:00'],
    ['29 March 2023', 'd MMMM yyyy', '2023-03-29 00:00:00'],
    ['29 Mars 2023', 'd MMMM yyyy', null],
    ['10:05', 'HH:mm', '1970-01-01 10:05:00'],
    ['10:05 PM', 'hh:mm a', '1970-01-01 22:05:00'],
    ['2023-03-29 12:05 AM', 'yyyy-MM-dd hh:mm a', '2023-03-29 00:05:00'],
    ['2023-03-29 13:05 PM', 'yyyy-MM-dd hh:mm a', null],
    ['2023-03-29 10:05', 'yyyy-MM-dd hh:mm', '2023-03-29 10:05:00'],
    ['2023', 'yyyy', '2023-01-01 00:00:00'],
    ['03-29', 'MM-dd', '1970-03-29 00:00:00'],
    ['2023-088', 'yyyy-DDD', '2023-03-29 00:00:00'],
    ['2023 24', 'yyyy kk', '2023-01-01 00:00:00'],
    ['2023 11', 'yyyy KK', '2023-01-01 11:00:00'],
    ['2023-03-29 AD', 'yyyy-MM-dd G', '2023-03-29 00:00:00'],
    ['44 BC', 'y G', '-0043-01-01 00:00:00'],
    ['-2023', 'yyyy', '-2023-01-01 00:00:00'],
    ['+12023', 'yyyyy', null],
    ['12345-1-1', 'y-M-d', '+12345-01-01 00:00:00'],
    ['2023-001-1', 'y-M-d', '2023-01-01 00:00:00'],
    ['2023-03-29 PM', 'yyyy-MM-dd a', '2023-03-29 12:00:00'],
    ['20230329', 'yyyyMd', null],
    ['2023-03-29', 'yyyy-MM-dd[ HH:mm:ss]', '2023-03-29 00:00:00'],
    ['2023-03-29 10:05', 'yyyy-MM-dd[ HH:mm:ss]', null],
    ['2023-03-29 10:05:00.123456789', 'yyyy-MM-dd HH:mm:ss.SSSSSSSSS', '2023-03-29 10:05:00.123456'],
    ['2023-03-29 24:00:00', 'yyyy-MM-dd HH:mm:ss', null],
    ['2023-03-29T09:45:28', 'yyyy-MM-dd HH:mm:ss', null],
    ['29/03/2023', 'yyyy-MM-dd', null],
    ['1680083128', 's', null],
    ['', 'yyyy-MM-dd', null],
  ])('%s by %s is %s', async (text, pattern, answer) => {
    expect(await shown(`to_timestamp('${text}', '${pattern}')`, contextOf('UTC'))).toBe(answer);
  });
});

describe('text that only the parser of Spark 2 would have taken', () => {
  const upgrade = 'SparkUpgradeException';
  test.each([
    ['2023-03-29 09:45:28.714978', 'yyyy-MM-dd HH:mm:ss'],
    ['2023-3-29 9:45:28', 'yyyy-MM-dd HH:mm:ss'],
    [' 2023-03-29', 'yyyy-MM-dd'],
    ['2023-03-29 ', 'yyyy-MM-dd'],
    ['23-03-29', 'yyyy-MM-dd'],
    ['12023-03-29', 'yyyy-MM-dd'],
    ['1/2/2023', 'dd/MM/yyyy'],
    ['2023-03-29 10:05:00Z', 'yyyy-MM-dd HH:mm:ss'],
  ])('%s by %s stops the query', async (text, pattern) => {
    const failure = await shown(`to_timestamp('${text}', '${pattern}')`, contextOf('UTC')).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      errorClass: upgrade,
      message: `[INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER] You may get a different result due to the upgrading to Spark >= 3.0:\nFail to parse '${text}' in the new parser. You can set "spark.sql.legacy.timeParserPolicy" to "LEGACY" to restore the behavior before Spark 3.0, or set to "CORRECTED" and treat it as an invalid datetime string.`,
    });
  });

  test('is NULL under CORRECTED and read as Spark 2 did under LEGACY', async () => {
    const call = "to_timestamp('2023-3-29 9:45:28.5', 'yyyy-MM-dd HH:mm:ss')";
    expect(await shown(call, contextOf('UTC', { timeParserPolicy: 'CORRECTED' }))).toBeNull();
    expect(await shown(call, contextOf('UTC', { timeParserPolicy: 'LEGACY' }))).toBe('2023-03-29 09:45:28');
  });
});

describe('under LEGACY, dates print as Spark 2 printed them', () => {
  test.each([
    ["date_format(TIMESTAMP '2022-05-09 17:05:03', 'YYYY')", '2022'],
    ["date_format(TIMESTAMP '2022-05-09 17:05:03.123456', 'dd/MM/yyyy HH:mm:ss.SSS')", '09/05/2022 17:05:03.123'],
    ["date_format(TIMESTAMP '2022-05-09 17:05:03', 'E MMM dd hh:mm a u D w W F')", 'Mon May 09 05:05 PM 1 129 20 2 2'],
  ])('%s is %s', async (text, answer) => {
    expect(await shown(text, contextOf('UTC', { timeParserPolicy: 'LEGACY' }))).toBe(answer);
  });

  test('a letter that Spark 2 did not know is refused', async () => {
    await expect(
      shown("date_format(TIMESTAMP '2022-05-09 17:05:03', 'D Q')", contextOf('UTC', { timeParserPolicy: 'LEGACY' })),
    ).rejects.toThrow("Illegal pattern character 'Q'");
  });
});

describe('patterns that Spark refuses', () => {
  test.each([
    [
      "to_timestamp('2023-03-29', 'YYYY-MM-dd')",
      'SparkUpgradeException',
      "Fail to recognize 'YYYY-MM-dd' pattern in the DateTimeFormatter. 1) You can set",
    ],
    ["to_timestamp('2023-03-29', 'EEE yyyy')", 'SparkUpgradeException', "Fail to recognize 'EEE yyyy' pattern"],
    [
      "to_timestamp('2023-03-29', 'yyyy-MM-dd e')",
      'IllegalArgumentException',
      'All week-based patterns are unsupported since Spark 3.0, detected: e, Please use the SQL function EXTRACT instead',
    ],
    ["to_timestamp('2023 Q1', 'yyyy QQQ')", 'IllegalArgumentException', 'Illegal pattern character: Q'],
    ["to_timestamp('2023-03-29', 'yyyy j')", 'IllegalArgumentException', 'Unknown pattern letter: j'],
    [
      "to_timestamp('2023-03-29', \"yyyy-MM-dd'T\")",
      'IllegalArgumentException',
      "Pattern ends with an incomplete string literal: uuuu-MM-dd'T",
    ],
    ["date_format('2023-03-29', 'MMMMM')", 'SparkUpgradeException', "Fail to recognize 'MMMMM' pattern"],
    ["date_format('2023-03-29', 'qqqqq')", 'IllegalArgumentException', 'Too many pattern letters: q'],
    ["date_format('2023-03-29', 'n')", 'IllegalArgumentException', 'Illegal pattern character: n'],
    ["date_format('2023-03-29', 'OO')", 'IllegalArgumentException', 'Pattern letter count must be 1 or 4: O'],
    ["from_utc_timestamp('2016-08-31', 'bad')", 'DateTimeException', 'Unknown time-zone ID: bad'],
  ])('%s raises %s', async (text, errorClass, message) => {
    const failure = await shown(text, contextOf('UTC')).catch((error: unknown) => error);
    expect(failure).toMatchObject({ errorClass, message: expect.stringContaining(message) as string });
  });
});

test('with ANSI on, text that does not fit is an error that says where', async () => {
  const ansi = contextOf('UTC', { ansi: true });
  await expect(shown("to_timestamp('bad', 'yyyy')", ansi)).rejects.toThrow(
    `[CANNOT_PARSE_TIMESTAMP] Text 'bad' could not be parsed at index 0. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.`,
  );
  expect(await shown("try_to_timestamp('bad')", ansi)).toBeNull();
});
