import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringType } from '../../../engine/core/data-type.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { castSql } from '../../../engine/functions/cast.ts';
import { csvFunctions } from '../../../engine/functions/csv-functions.ts';
import type { CompileContext, FunctionTable } from '../../../engine/functions/define-function.ts';
import { jsonFunctions } from '../../../engine/functions/json-functions.ts';
import { csvScalars } from '../../../engine/functions/scalar/csv-scalars.ts';
import { jsonScalars } from '../../../engine/functions/scalar/json-scalars.ts';
import { numberTextScalars } from '../../../engine/functions/scalar/number-text.ts';
import { timeScalars } from '../../../engine/functions/scalar/time-scalars.ts';
import { ExampleCalls } from './example-calls.ts';

const table: FunctionTable = { ...jsonFunctions, ...csvFunctions };
const contextOf = (zone: string): CompileContext => ({
  zone,
  ansi: false,
  nowUs: 1_720_000_000_000_000n,
  timeParserPolicy: 'EXCEPTION',
});

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({
    path: ':memory:',
    threads: 1,
    scalars: [...numberTextScalars, ...timeScalars, ...jsonScalars, ...csvScalars],
  });
  connection = await database.connect();
});
afterAll(() => database.close());

/** `show` prints nested NULL, a cast prints null. */
async function shown(text: string, zone = 'UTC'): Promise<string | null> {
  const value = new ExampleCalls(table, contextOf(zone)).compile(text);
  const [answer] = await connection.one(
    sql`SELECT ${castSql(value.sql, value.type, stringType, 'legacy', contextOf(zone))}`,
    [stringType],
  );
  const isNested = ['struct', 'array', 'map'].includes(value.type.kind);
  return typeof answer === 'string' && isNested
    ? answer.replace(/(^|[{[ ,])null(?=[,}\]]|$)/g, '$1NULL')
    : (answer as string | null);
}

const examples = Object.values(table)
  .flatMap((row) => ('examples' in row ? row.examples : []))
  .flatMap((example) => ('sql' in example ? [[example.sql, example.answer] as const] : []));

describe.each(['UTC', 'Europe/Madrid'])('JSON and CSV functions in %s', (zone) => {
  test.each(examples)('%s is %s', async (text, answer) => {
    expect(await shown(text, zone)).toBe(answer);
  });
});

const json = (text: string, schema: string, ...options: readonly string[]): string =>
  `from_json('${text.replace(/[\\']/g, '\\$&')}', '${schema}'${options.length > 0 ? `, map(${options.map((option) => `'${option}'`).join(', ')})` : ''})`;

describe('from_json takes the tokens Spark takes', () => {
  test.each([
    ['{"a":99999999999}', 'a INT', '{NULL}'],
    ['{"a":true}', 'a INT', '{NULL}'],
    ['[]', 'a INT', '{NULL}'],
    ['null', 'a INT', '{NULL}'],
    ['5', 'a INT', '{NULL}'],
    ['   ', 'a INT', null],
    ['{"a":5}{"a":6}', 'a INT', '{5}'],
    ['[{"a":5}]', 'a INT', '{NULL}'],
    ["{'a':5}", 'a INT', '{5}'],
    ['{a:5}', 'a INT', '{NULL}'],
    ['{"a":05}', 'a INT', '{NULL}'],
    ['{"a":1e3}', 'a INT', '{NULL}'],
    ['{"a":5,}', 'a INT', '{NULL}'],
    ['{"a":"1.5"}', 'a DOUBLE', '{NULL}'],
    ['{"a":"NaN"}', 'a DOUBLE', '{NaN}'],
    ['{"a":NaN}', 'a DOUBLE', '{NaN}'],
    ['{"a":-Infinity}', 'a DOUBLE', '{-Infinity}'],
    ['{"a":"+INF"}', 'a DOUBLE', '{Infinity}'],
    ['{"a":"inf"}', 'a DOUBLE', '{NULL}'],
    ['{"a":1e400}', 'a DOUBLE', '{Infinity}'],
    ['{"a":1.50}', 'a STRING', '{1.5}'],
    ['{"a":1e10}', 'a STRING', '{1.0E10}'],
    ['{"a":true}', 'a STRING', '{true}'],
    ['{"a":{"x":1.50, "y":[1, 2]}}', 'a STRING', '{{"x":1.5,"y":[1,2]}}'],
    ['{"a":{"x":1e10}}', 'a STRING', '{{"x":1.0E10}}'],
    ['{"a":12345678901234567890123}', 'a STRING', '{12345678901234567890123}'],
    ['{"a":0.00001}', 'a STRING', '{1.0E-5}'],
    ['{"a":""}', 'a STRING', '{}'],
    ['{"a":"true"}', 'a BOOLEAN', '{NULL}'],
    ['{"a":"1.55"}', 'a DECIMAL(5,2)', '{1.55}'],
    ['{"a":1.555}', 'a DECIMAL(5,2)', '{1.56}'],
    ['{"a":12345678.123}', 'a DECIMAL(5,2)', '{NULL}'],
    ['{"a":" 1.5 "}', 'a DECIMAL(5,2)', '{NULL}'],
    ['{"a":"2023-03-29 09:45:28.714978"}', 'a TIMESTAMP', '{2023-03-29 09:45:28.714978}'],
    ['{"a":"2022-05-09T10:05:00Z"}', 'a TIMESTAMP', '{2022-05-09 10:05:00}'],
    ['{"a":1720000000}', 'a TIMESTAMP', '{2024-07-03 09:46:40}'],
    ['{"a":1720000000.5}', 'a TIMESTAMP', '{NULL}'],
    ['{"a":""}', 'a TIMESTAMP', '{NULL}'],
    ['{"a":"100"}', 'a DATE', '{1970-04-11}'],
    ['{"a":100}', 'a DATE', '{NULL}'],
    ['{"a":[]}', 'a ARRAY<INT>', '{[]}'],
    ['{"a":[1,null]}', 'a ARRAY<INT>', '{[1, NULL]}'],
    ['{"a":{}}', 'a ARRAY<INT>', '{NULL}'],
    ['{"a":{"k":1,"j":"x"},"b":"q"}', 'a MAP<STRING, INT>, b STRING', '{NULL, q}'],
    ['{"a":{"k":1,"j":null}}', 'a MAP<STRING, INT>', '{{k -> 1, j -> NULL}}'],
    ['{"a":[1],"b":1}', 'a STRUCT<x: INT>, b INT', '{NULL, 1}'],
    ['{"a":[{"x":1},{"x":"s"},5],"b":1}', 'a ARRAY<STRUCT<x: INT>>, b INT', '{NULL, 1}'],
    ['{"a":1}', 'ARRAY<STRUCT<a: INT>>', '[{1}]'],
    ['[{"a":"x"}]', 'ARRAY<STRUCT<a: INT>>', '[{NULL}]'],
    ['[1,"x"]', 'ARRAY<INT>', null],
    ['{"a":"x"}', 'MAP<STRING, INT>', null],
    ['{"a":"x","A":"y"}', 'a STRING, A STRING', '{x, y}'],
    ['{"a":"x","b":1}', 'a INT, b INT, _corrupt_record STRING', '{NULL, 1, {"a":"x","b":1}}'],
    ['{"a":', 'a INT, b INT, _corrupt_record STRING', '{NULL, NULL, {"a":}'],
    ['{"a":1,"b":2}', 'a INT, b INT, _corrupt_record STRING', '{1, 2, NULL}'],
    ['{"a":{"x":"s"}}', 'a STRUCT<x: INT>, _corrupt_record STRING', '{{NULL}, {"a":{"x":"s"}}}'],
    ['{"a":"QUI=","b":300}', 'a BINARY, b TINYINT', '{AB, NULL}'],
  ])('%s as %s is %s', async (text, schema, answer) => {
    expect(await shown(json(text, schema))).toBe(answer);
  });

  test('timestampFormat decides, and what Spark 2 took stops the query', async () => {
    const options = ['timestampFormat', 'dd/MM/yyyy HH:mm'];
    expect(await shown(json('{"a":"09/05/2022 10:05"}', 'a TIMESTAMP', ...options))).toBe('{2022-05-09 10:05:00}');
    expect(await shown(json('{"a":"2022-05-09 10:05:00"}', 'a TIMESTAMP', ...options))).toBe('{NULL}');
    await expect(shown(json('{"a":"09/05/2022 10:05:33"}', 'a TIMESTAMP', ...options))).rejects.toThrow(
      "Fail to parse '09/05/2022 10:05:33' in the new parser.",
    );
  });

  test('FAILFAST names the record as far as it was read; DROPMALFORMED is refused', async () => {
    await expect(shown(json('{"a":"x","b":1}', 'a INT, b INT', 'mode', 'FAILFAST'))).rejects.toThrow(
      "[MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed records are detected in record parsing: [null,1].\nParse Mode: FAILFAST. To process malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'.",
    );
    await expect(shown(json('{"a":1}', 'a INT', 'mode', 'DROPMALFORMED'))).rejects.toThrow(
      "from_json() doesn't support the DROPMALFORMED mode. Acceptable modes are PERMISSIVE and FAILFAST.",
    );
  });
});

describe('to_json and to_csv write what Spark writes', () => {
  test.each([
    ["to_json(named_struct('t', TIMESTAMP '2022-05-09 10:05:00.123456'))", 'UTC', '{"t":"2022-05-09T10:05:00.123Z"}'],
    [
      "to_json(named_struct('t', TIMESTAMP '2022-05-09 10:05:00'))",
      'Europe/Madrid',
      '{"t":"2022-05-09T10:05:00.000+02:00"}',
    ],
    [
      "to_json(named_struct('n', TIMESTAMP_NTZ '2022-05-09 10:05:00', 'i', INTERVAL '1' DAY))",
      'UTC',
      `{"n":"2022-05-09T10:05:00.000","i":"INTERVAL '1' DAY"}`,
    ],
    [
      "to_json(named_struct('m', map('a', named_struct('x', NULL, 'y', 2)), 'arr', array(named_struct('q', 1), NULL)))",
      'UTC',
      '{"m":{"a":{"y":2}},"arr":[{"q":1},null]}',
    ],
    ["to_json(named_struct('s', 'a\"b\\\\c\\n\\té/<'))", 'UTC', '{"s":"a\\"b\\\\c\\n\\té/<"}'],
    ["to_json(map(named_struct('a', 1), 2))", 'UTC', '{"[1]":2}'],
    ["to_json(map(DATE '2022-05-09', 2))", 'UTC', '{"19121":2}'],
    ["to_json(named_struct('b', X'414243'))", 'UTC', '{"b":"QUJD"}'],
    ["to_csv(named_struct('t', TIMESTAMP '2022-05-09 10:05:00.5'))", 'Europe/Madrid', '2022-05-09T10:05:00.500+02:00'],
    ["to_csv(named_struct('a', NULL, 'b', true))", 'UTC', ',true'],
    ["to_csv(named_struct('a', 'back\\\\slash', 'b', 'a\"b,c'))", 'UTC', 'back\\slash,"a\\"b,c"'],
  ])('%s in %s', async (text, zone, answer) => {
    expect(await shown(text, zone)).toBe(answer);
  });
});
