import { expect } from 'vitest';
import type { RelationalClient, RelationalColumn, RelationalValue } from '../../../../engine/api/relational-client.ts';
import { RelationalError } from '../../../../engine/api/relational-client.ts';

export type Failure = readonly [errno: number, sqlState: string, message: string];

/** Errno, SQLSTATE and text of a refusal. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RelationalError) return [error.errno, error.sqlState, error.message];
    throw error;
  }
  throw new Error('the server refused nothing');
}

export async function rowsOf(client: RelationalClient, statement: string, values?: readonly RelationalValue[]) {
  const result = await client.query(statement, values);
  if (result.kind !== 'rows') throw new Error(`${statement}: no rows`);
  return result.rows;
}

/** The one row of a SELECT. */
export async function rowOf(client: RelationalClient, statement: string, values?: readonly RelationalValue[]) {
  const rows = await rowsOf(client, statement, values);
  expect(rows).toHaveLength(1);
  return rows[0];
}

export async function run(client: RelationalClient, ...statements: readonly string[]): Promise<void> {
  for (const statement of statements) await client.query(statement);
}

/** A column in one line: `bigint unsigned(20) NOT NULL auto_increment`. */
export function columnText(column: RelationalColumn): string {
  const size = column.scale > 0 ? `${column.length},${column.scale}` : `${column.length}`;
  const words = [
    `${column.name} ${column.type}(${size})`,
    ...(column.unsigned ? ['unsigned'] : []),
    ...(column.nullable ? [] : ['not null']),
    ...(column.autoIncrement ? ['auto_increment'] : []),
  ];
  return words.join(' ');
}

export async function columnsOf(client: RelationalClient, statement: string): Promise<readonly string[]> {
  const result = await client.query(statement);
  if (result.kind !== 'rows') throw new Error(`${statement}: no rows`);
  return result.columns.map(columnText);
}

/** What a statement that changes rows answers. */
export async function doneOf(client: RelationalClient, statement: string, values?: readonly RelationalValue[]) {
  const result = await client.query(statement, values);
  if (result.kind !== 'done') throw new Error(`${statement}: rows`);
  return { affected: result.affectedRows, id: result.insertId, warnings: result.warnings, info: result.info };
}
