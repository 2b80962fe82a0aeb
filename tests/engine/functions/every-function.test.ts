import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import type { Database } from '../../../engine/duckdb/open-database.ts';
import { findFunction, functionNames } from '../../../engine/functions/catalog.ts';
import { functionExamples } from '../../support/function-examples.ts';
import { openExampleDatabase, sparkAnswer } from '../../support/spark-answer.ts';

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openExampleDatabase();
  connection = await database.connect();
});
afterAll(() => database.close());

/** Not callable from SQL in Spark, refused by name, or without an answer that two runs share. */
const withoutExamples: ReadonlySet<string> = new Set(['product', 'input_file_name', 'window_time']);

describe('every function gives the answer that Spark 3.5.7 gave', () => {
  test.each(functionExamples().map(({ sql, answer }) => [sql, answer] as const))('%s', async (sql, answer) => {
    expect((await sparkAnswer(sql, connection)).answer).toBe(answer);
  });
});

test('every row of the catalogue carries an example', () => {
  expect(functionNames().filter((name) => findFunction(name)?.examples.length === 0 && !withoutExamples.has(name))).toEqual([]);
});
