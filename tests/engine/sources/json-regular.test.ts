import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Files } from '../../../engine/api/files.ts';
import type { StructType } from '../../../engine/core/data-type.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { readJsonSelect } from '../../../engine/functions/json-read.ts';
import { regularJsonSelect } from '../../../engine/sources/json-regular.ts';
import type { ReadContext } from '../../../engine/functions/read-context.ts';
import { jsScalars } from '../../../engine/functions/scalar/catalog.ts';
import { optionsOfRecord } from '../../../engine/functions/text-options.ts';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';

let folder: string;
let database: Database;
let connection: Connection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marea-regular-'));
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: jsScalars });
  connection = await database.connect();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const contextOf = (zone: string): ReadContext => ({
  zone,
  conf: () => undefined,
  clock: { now: () => 1_720_000_000_000 },
  query: { rows: (select, types) => connection.rows(select, types) },
});

/** The bytes in pieces of `size`, so that lines and characters are cut anywhere. */
const inPieces = (text: string | Uint8Array, size: number): Pick<Files, 'stat' | 'chunks'> => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return {
    stat: async (path) => ({ path, name: path, isFolder: false, size: bytes.length, modifiedMs: 0 }),
    chunks: async function* () {
      for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
    },
  };
};

const bizum = 's STRING, i INT, l BIGINT, sh SMALLINT, b BYTE, d DOUBLE, o BOOLEAN, f DATE, t TIMESTAMP';
const first =
  '{"s": "Sandalio", "i": 43, "l": -900000000000000001, "sh": 7, "b": -3, "d": 0.1, "o": true, "f": "2023-03-29", "t": "2023-03-29 09:45:28.714978"}';

const select = (text: string, ddl: string, zone = 'UTC', size = 7, options = {}) =>
  regularJsonSelect(['x'], parseTableSchema(ddl), optionsOfRecord(options), contextOf(zone), inPieces(text, size));

async function rowsOf(text: string, ddl: string, zone: string): Promise<{ regular: unknown; exact: unknown }> {
  const file = join(folder, 'rows.json');
  await writeFile(file, text);
  const schema: StructType = parseTableSchema(ddl);
  const types = schema.fields.map((field) => field.type);
  const regular = await regularJsonSelect([file], schema, optionsOfRecord({}), contextOf(zone), inPieces(text, 11));
  const exact = readJsonSelect([file], schema, optionsOfRecord({}), contextOf(zone));
  return {
    regular: await connection.rows(regular ?? sql``, types),
    exact: await connection.rows(exact, types),
  };
}

describe('files whose lines are all alike are read by DuckDB itself, with the rows of the exact reader', () => {
  const others = [
    '{"s": "ñandú 🦤", "i": null, "l": 0, "sh": -0, "b": 0, "d": -12.5, "o": false, "f": "2024-02-30", "t": "1969-12-31T23:59:59"}',
    '{"s": null, "i": -999999999, "l": null, "sh": null, "b": null, "d": 100000000000000, "o": null, "f": null, "t": "2023-03-26 02:30:00"}',
    '{"s": "", "i": 0, "l": 1, "sh": 1, "b": 1, "d": 0, "o": true, "f": "1582-10-10", "t": "2023-10-29 02:30:00.5"}',
  ];
  test.each(['UTC', 'Europe/Madrid', 'America/Santiago'])('in %s', async (zone) => {
    const { regular, exact } = await rowsOf([first, ...others].join('\n'), bizum, zone);
    expect(regular).toEqual(exact);
  });

  test('keys that the schema does not name are passed over, and fields without a key are NULL', async () => {
    const { regular, exact } = await rowsOf(
      '{"a":1,"z":"x","y":1.5}\n{"a":2,"z":null,"y":false}\n',
      'a INT, q STRING',
      'UTC',
    );
    expect(regular).toEqual(exact);
    expect(regular).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  test('an empty file has no rows', async () => {
    expect(await select('', 'a INT')).not.toBeNull();
  });
});

describe('anything else is left to the exact reader', () => {
  test.each([
    ['a whole number written with a fraction', '{"a":1}\n{"a":1.0}\n'],
    ['a whole number in quotes', '{"a":"1"}\n'],
    ['a number too long for the type', '{"a":12345678901}\n'],
    ['keys in another order', '{"a":1,"s":"x"}\n{"s":"x","a":1}\n'],
    ['a missing key', '{"a":1,"s":"x"}\n{"a":1}\n'],
    ['a repeated key', '{"a":1,"a":2}\n'],
    ['a key in another letter case', '{"A":1}\n'],
    ['an escape', '{"a":1,"s":"x\\ny"}\n'],
    ['a nested object', '{"a":1,"s":{"x":1}}\n'],
    ['an array on top', '[{"a":1}]\n'],
    ['two objects in a line', '{"a":1}{"a":2}\n'],
    ['a torn line', '{"a":1}\n{"a":'],
    ['an empty line', '{"a":1}\n\n{"a":2}\n'],
    ['lines that end with a carriage return', '{"a":1}\r\n{"a":2}\r\n'],
    ['single quotes', "{'a':1}\n"],
    ['text where a number is due', '{"a":"uno"}\n'],
  ])('%s', async (_, text) => {
    expect(await select(text, 'a INT, s STRING')).toBeNull();
  });

  test('bytes that are no UTF-8', async () => {
    const latin = inPieces(Buffer.from('{"s":"ñ"}\n', 'latin1'), 100);
    const schema = parseTableSchema('s STRING');
    expect(await regularJsonSelect(['x'], schema, optionsOfRecord({}), contextOf('UTC'), latin)).toBeNull();
  });

  test.each([
    ['a format of its own', 't TIMESTAMP', { timestampFormat: 'dd/MM/yyyy' }],
    ['a mode that judges records', 'a INT', { mode: 'DROPMALFORMED' }],
    ['a column for bad records', 'a INT, _corrupt_record STRING', {}],
    ['records of several lines', 'a INT', { multiLine: 'true' }],
    ['a type with parts', 'a ARRAY<INT>', {}],
    ['names that differ in letter case only', 'a INT, A INT', {}],
  ])('%s', async (_, ddl, options) => {
    expect(await select('{"a":1}\n', ddl, 'UTC', 7, options)).toBeNull();
  });
});

test('a line is judged whole wherever the pieces cut it', async () => {
  for (let size = 1; size < 40; size += 1) {
    expect(await select(`${first}\n${first}\n`, bizum, 'UTC', size)).not.toBeNull();
    expect(await select(`${first}\n${first.replace('43', '43.5')}`, bizum, 'UTC', size)).toBeNull();
  }
});
