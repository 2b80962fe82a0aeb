import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timestampType } from '../../../engine/core/data-type.ts';
import { sql, sqlInteger, sqlJoin } from '../../../engine/core/sql-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { localColumnToTimestampSql, localToTimestampSql } from '../../../engine/functions/zone-conversion.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 1, scalars: [] });
  connection = await database.connect();
});
afterAll(() => database.close());

const day = 86_400_000;
/** Wall clocks of any time, and every half hour of the days around the changes of a year. */
const wallClocks = (year: number): readonly number[] =>
  Array.from({ length: 366 * 48 }, (_, index) => Date.UTC(year, 0, 1) + index * (day / 48));

async function disagreements(wallMs: readonly number[], zone: string): Promise<readonly unknown[]> {
  const rows = sqlJoin(
    wallMs.map((ms) => sql`(${sqlInteger(BigInt(ms) * 1000n)}::BIGINT)`),
    ', ',
  );
  const column = sql`c`;
  const from = sql`(SELECT make_timestamp(us) AS c FROM (VALUES ${rows}) t(us))`;
  const found = await connection.rows(
    sql`SELECT c, ${localColumnToTimestampSql(column, zone)}, ${localToTimestampSql(column, zone)} FROM ${from}`,
    [timestampType, timestampType, timestampType],
  );
  return found.filter(([, fast, exact]) => fast !== exact);
}

test.each([
  'Europe/Madrid',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Atlantic/Canary',
  '+05:30',
  'UTC',
])('the offsets written out give what the time zone database gives, through gaps and overlaps: %s', async (zone) => {
  for (const year of [1985, 2024]) expect(await disagreements(wallClocks(year), zone)).toEqual([]);
});

test('at any time, also before and after the years that are written out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2060, 0, 1) }), { minLength: 1, maxLength: 200 }),
      async (wallMs) => {
        expect(await disagreements(wallMs, 'Europe/Madrid')).toEqual([]);
      },
    ),
    { numRuns: 20 },
  );
});
