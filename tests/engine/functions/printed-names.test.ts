import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import type { Database } from '../../../engine/duckdb/open-database.ts';
import { openExampleDatabase, sparkAnswer } from '../../support/spark-answer.ts';
import { recordedColumns } from './recorded-columns.ts';

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openExampleDatabase();
  connection = await database.connect();
});
afterAll(() => database.close());

describe('a call without alias names and types its column as Spark 3.5.7 does', () => {
  test.each(recordedColumns)('%s', async (sql, name, type) => {
    const { columns, types, nullable } = await sparkAnswer(sql, connection);
    expect([columns[0], `${types[0]}${nullable[0] ? '' : ' not null'}`]).toEqual([name, type]);
  });
});
