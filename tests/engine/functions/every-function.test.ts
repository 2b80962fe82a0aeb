import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import type { Database } from '../../../engine/duckdb/open-database.ts';
import { findFunction, functionNames } from '../../../engine/functions/catalog.ts';
import { unsupportedFunctions } from '../../../engine/functions/unsupported-functions.ts';
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
const withoutExamples: ReadonlySet<string> = new Set(['product', 'window_time', ...Object.keys(unsupportedFunctions)]);

describe('every function gives the answer that Spark 3.5.7 gave', () => {
  test.each(functionExamples().map(({ sql, answer }) => [sql, answer] as const))('%s', async (sql, answer) => {
    expect((await sparkAnswer(sql, connection)).answer).toBe(answer);
  });
});

test('every row of the catalogue carries an example', () => {
  expect(
    functionNames().filter((name) => findFunction(name)?.examples.length === 0 && !withoutExamples.has(name)),
  ).toEqual([]);
});

test.each(Object.keys(unsupportedFunctions))('%s is refused by name', async (name) => {
  await expect(sparkAnswer(`${name}('x')`, connection)).rejects.toThrow(`Marea does not have the function ${name}.`);
});
