import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringType } from '../../../engine/core/data-type.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { csvHeaderText, csvLineSql } from '../../../engine/functions/csv-write.ts';
import { jsonLineSql } from '../../../engine/functions/json-write.ts';
import { jsScalars } from '../../../engine/functions/scalar/catalog.ts';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: jsScalars });
  connection = await database.connect();
});
afterAll(() => database.close());

describe('lines of text files', () => {
  const schema = parseTableSchema('a INT, b STRING, t TIMESTAMP');
  const columns = [sql`1`, sql`NULL::VARCHAR`, sql`TIMESTAMP '2024-07-01 10:00:00'`];

  test('hold an object without its NULL fields', async () => {
    const [line] = await connection.one(sql`SELECT ${jsonLineSql(columns, schema, {}, 'Europe/Madrid')}`, [stringType]);
    expect(line).toBe('{"a":1,"t":"2024-07-01T12:00:00.000+02:00"}');
  });

  test('are quoted, escaped and trimmed as Spark writes them', async () => {
    const wide = parseTableSchema(
      'a INT, b STRING, c STRING, d STRING, e STRING, f STRING, j STRING, m STRING, n DECIMAL(10,8), p STRING',
    );
    const values = [
      sql`1`,
      sql`NULL::VARCHAR`,
      sql`''`,
      sql`'x,y'`,
      sql`' p '`,
      sql`'q"z'`,
      sql`'l1' || chr(10) || 'l2'`,
      sql`'#x'`,
      sql`0.00000001::DECIMAL(10,8)`,
      sql`'a\b'`,
    ];
    const line = async (options: Readonly<Record<string, string>>): Promise<unknown> =>
      (await connection.one(sql`SELECT ${csvLineSql(values, wide, options, 'UTC')}`, [stringType]))[0];
    expect(await line({})).toBe('1,,"","x,y",p,"q\\"z","l1\nl2",#x,1E-8,a\\b');
    expect(await line({ sep: ';', nullvalue: 'NULL', emptyvalue: 'E', quoteall: 'true' })).toBe(
      '"1";"NULL";"E";"x,y";"p";"q\\"z";"l1\nl2";"#x";"1E-8";"a\\\\b"',
    );
    expect(await line({ escapequotes: 'false' })).toBe('1,,"","x,y",p,q"z,"l1\nl2",#x,1E-8,a\\b');
    expect(csvHeaderText(parseTableSchema('`a,b` INT, ` c ` INT'), {})).toBe('"a,b",c');
    const [json] = await connection.one(sql`SELECT ${jsonLineSql(values, wide, {}, 'UTC')}`, [stringType]);
    expect(json).toBe('{"a":1,"c":"","d":"x,y","e":" p ","f":"q\\"z","j":"l1\\nl2","m":"#x","n":1E-8,"p":"a\\\\b"}');
  });

  test('hold values separated as asked, under a header', async () => {
    const [line] = await connection.one(
      sql`SELECT ${csvLineSql(columns, schema, { sep: ';', nullvalue: '-' }, 'UTC')}`,
      [stringType],
    );
    expect(line).toBe('1;-;2024-07-01T10:00:00.000Z');
    expect(csvHeaderText(schema, { sep: ';' })).toBe('a;b;t');
  });
});
