import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import type { Database } from '../../../engine/duckdb/open-database.ts';
import { openExampleDatabase, sparkAnswer } from '../../support/spark-answer.ts';
import { edgeRows, recordedOverRows } from './recorded-over-rows.ts';

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openExampleDatabase();
  connection = await database.connect();
});
afterAll(() => database.close());

const withoutEndBlanks = (answer: string): string =>
  answer
    .split('; ')
    .map((cell) => cell.trimEnd())
    .join('; ');

describe('over rows of a table, extreme values included, a function answers as Spark 3.5.7 does', () => {
  test.each(recordedOverRows)('%s', async (sql, answer) => {
    const ours = await sparkAnswer(`${sql} ${edgeRows}`, connection);
    expect(withoutEndBlanks(ours.answer)).toBe(withoutEndBlanks(answer));
  });
});
