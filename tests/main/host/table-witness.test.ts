import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { RelationalClient } from '../../../engine/api/relational-client.ts';
import { systemClock } from '../../../engine/core/clock.ts';
import { witnessedTables, type TableVersion } from '../../../main/host/table-witness.ts';
import { RelationalStore } from '../../../main/services/relational/relational-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-witness-'));
const login = { host: 'localhost', port: 3306, database: 'spark', user: 'iabd', password: 'iabd' };
let store: RelationalStore;
let client: RelationalClient;
let told: TableVersion[];

beforeAll(async () => {
  store = await RelationalStore.open({ folder, clock: systemClock });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  told = [];
  const endpoints: Pick<Endpoints, 'relational'> = { relational: (address) => store.connect(address) };
  client = await witnessedTables(endpoints, async (version) => void told.push(version)).relational(login);
});

test('the whole table is told before it is read, whatever columns and rows are wanted', async () => {
  await client.query('SELECT nombre FROM usuarios WHERE id = 1');
  expect(told.map(({ database, name, rows }) => ({ database, name, ids: rows.map(([id]) => id) }))).toEqual([
    { database: 'spark', name: 'usuarios', ids: ['1', '2', '3', '4'] },
  ]);
  expect(told[0]?.create).toMatch(/^CREATE TABLE `usuarios`/);
});

test('a table is told again only when it has changed', async () => {
  const read = () => client.query('SELECT * FROM (SELECT id, nombre FROM spark.usuarios) t');
  await read();
  await read();
  expect(told).toHaveLength(1);
  await client.query("UPDATE spark.usuarios SET nombre = 'Aitor' WHERE id = 1");
  await read();
  expect(told.map(({ rows }) => rows[0]?.[1])).toEqual(['Aitor Medrano', 'Aitor']);
});

test('tables of joins and subqueries are told, and what is no table is left to the query', async () => {
  await client.query('CREATE TABLE spark.pagos (usuario BIGINT, cantidad INT)');
  await client.query('SELECT 1 FROM spark.usuarios u JOIN spark.pagos p ON p.usuario = u.id');
  expect(told.map(({ name }) => name)).toEqual(['usuarios', 'pagos']);
  await client.query('SELECT id FROM spark.usuarios WHERE id IN (SELECT usuario FROM spark.pagos)');
  await expect(client.query('SELECT * FROM spark.nada')).rejects.toThrow("Table 'spark.nada' doesn't exist");
  expect(told).toHaveLength(2);
});
