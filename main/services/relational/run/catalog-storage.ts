import type { Connection } from '../../../../engine/duckdb/connection.ts';
import { longType, stringType } from '../../../../engine/core/data-type.ts';
import { sql, sqlInteger, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import { emptyCatalog, type Catalog, type Table } from '../catalog/catalog.ts';

/** Raised when what is written below changes its meaning. */
const formatVersion = 1;

/** The tables of the store's own: the catalogue as one JSON text, and the next number of each column that counts itself. */
export const storageTables: readonly Sql[] = [
  sql`CREATE TABLE IF NOT EXISTS catalog (version INTEGER, content VARCHAR)`,
  sql`CREATE TABLE IF NOT EXISTS counters (table_id BIGINT, next_number DECIMAL(20,0))`,
];

export const catalogStatements = (catalog: Catalog): Sql =>
  sql`DELETE FROM catalog; INSERT INTO catalog VALUES (${sqlInteger(formatVersion)}, ${sqlString(JSON.stringify(catalog))})`;

export const counterStatement = (table: Table, next: bigint): Sql =>
  sql`DELETE FROM counters WHERE table_id = ${sqlInteger(table.id)}; INSERT INTO counters VALUES (${sqlInteger(table.id)}, ${sqlInteger(next)})`;

export async function readCatalog(connection: Connection): Promise<Catalog> {
  const [row] = await connection.rows(sql`SELECT version, content FROM catalog`, [longType, stringType]);
  if (row === undefined) return emptyCatalog;
  if (Number(row[0]) !== formatVersion)
    throw new Error(`the store was written by another version of Marea (${Number(row[0])})`);
  return JSON.parse(row[1] as string) as Catalog;
}

export async function readCounters(connection: Connection): Promise<Map<number, bigint>> {
  const rows = await connection.rows(sql`SELECT table_id, CAST(next_number AS UBIGINT) FROM counters`, [
    longType,
    longType,
  ]);
  return new Map(rows.map(([id, next]) => [Number(id), next as bigint]));
}
