import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { longType } from '../../../engine/core/data-type.ts';
import { sql } from '../../../engine/core/sql-text.ts';
import { isDatabaseOpen, openDatabase, type DatabaseOptions } from '../../../engine/duckdb/open-database.ts';

let folder: string;
const options = (path: string): DatabaseOptions => ({ path, threads: 1, scalars: [] });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'marea-duckdb-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file opened twice, also by another path, is one database: no row of either holder is lost', async () => {
  const path = join(folder, 'state.duckdb');
  const first = await openDatabase(options(path));
  const one = await first.connect();
  await one.run(sql`CREATE TABLE rows (n BIGINT)`);
  symlinkSync(path, join(folder, 'alias.duckdb'));
  const second = await openDatabase(options(join(folder, 'alias.duckdb')));
  const two = await second.connect();
  await one.run(sql`INSERT INTO rows SELECT range FROM range(10)`);
  await two.run(sql`INSERT INTO rows SELECT range FROM range(10)`);
  await first.close();
  expect(isDatabaseOpen(path)).toBe(true);
  await two.run(sql`INSERT INTO rows SELECT range FROM range(10)`);
  await second.close();
  expect(isDatabaseOpen(path)).toBe(false);
  const again = await openDatabase(options(path));
  const reader = await again.connect();
  expect(await reader.count(sql`SELECT count(*) FROM rows`)).toBe(30);
  await again.close();
});

test('two openings at the same moment share one instance', async () => {
  const path = join(folder, 'race.duckdb');
  const [a, b] = await Promise.all([openDatabase(options(path)), openDatabase(options(path))]);
  const [x, y] = await Promise.all([a.connect(), b.connect()]);
  await x.run(sql`CREATE TABLE rows (n BIGINT)`);
  await y.run(sql`INSERT INTO rows VALUES (1), (2)`);
  expect(await x.rows(sql`SELECT n FROM rows`, [longType])).toEqual([[1n], [2n]]);
  await a.close();
  await b.close();
});

test('memory databases are apart', async () => {
  const [a, b] = await Promise.all([openDatabase(options(':memory:')), openDatabase(options(':memory:'))]);
  const x = await a.connect();
  const y = await b.connect();
  await x.run(sql`CREATE TABLE rows (n BIGINT)`);
  await expect(y.run(sql`SELECT * FROM rows`)).rejects.toThrow('rows');
  await a.close();
  await b.close();
});

test('a file that another process holds is refused with the error Spark gives for a shared checkpoint', async () => {
  const path = join(folder, 'held.duckdb');
  const holder = spawn(
    process.execPath,
    [
      '-e',
      `
    const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(process.argv[1]).then(() => { console.log('open'); setInterval(() => {}, 1000); });
  `,
      path,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(holder.stdout, 'data');
  await expect(openDatabase({ ...options(path), batchId: 4 })).rejects.toMatchObject({
    condition: 'CONCURRENT_STREAM_LOG_UPDATE',
    message: expect.stringContaining('Multiple streaming jobs detected for 4.'),
  });
  expect(isDatabaseOpen(path)).toBe(false);
  holder.kill();
  await once(holder, 'exit');
});

/** The trap of duckdb #23704: when a new version no longer falls into it, this test says so. */
test('a prepared statement answers from old statistics; our connection, which sends text, does not', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const raw = await instance.connect();
  await raw.run('CREATE TABLE state (w BIGINT, k VARCHAR, n BIGINT)');
  const prepared = await raw.prepare('SELECT k FROM state WHERE w >= 2');
  const groups = `INSERT INTO state VALUES (1,'a',1),(1,'b',1),(2,'a',1),(3,'a',1),(3,'c',1)`;
  await raw.run(groups);
  expect((await prepared.runAndReadAll()).currentRowCount).toBe(0);
  raw.closeSync();

  const database = await openDatabase(options(':memory:'));
  const connection = await database.connect();
  await connection.run(sql`CREATE TABLE state (w BIGINT, k VARCHAR, n BIGINT)`);
  const select = sql`SELECT count(*) FROM state WHERE w >= 2`;
  expect(await connection.count(select)).toBe(0);
  await connection.run(sql`INSERT INTO state VALUES (1,'a',1),(1,'b',1),(2,'a',1),(3,'a',1),(3,'c',1)`);
  expect(await connection.count(select)).toBe(3);
  await database.close();
});
