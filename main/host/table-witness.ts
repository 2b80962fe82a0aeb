import type { Endpoints } from '../../engine/api/endpoint.ts';
import type { RelationalClient, RelationalResult, RelationalValue } from '../../engine/api/relational-client.ts';
import { tablesRead } from '../services/relational/tables-read.ts';
import { contentOf, type InputItem } from '../workspace/input-item.ts';

export type TableVersion = Extract<InputItem, { readonly kind: 'table' }>;

/** A larger table is no table of an exercise; to read all of it with each batch would cost more than the batch. */
const mostRows = 20_000;

/** The same endpoints; before a query reads tables, their whole content is told, where it may have changed since it was told last. */
export function witnessedTables(
  endpoints: Pick<Endpoints, 'relational'>,
  tell: (version: TableVersion) => Promise<void>,
): Pick<Endpoints, 'relational'> {
  const toldAt = new Map<string, number>();
  const look = async (client: RelationalClient, database: string, name: string): Promise<void> => {
    const key = `${database}.${name}`;
    const now = client.changes?.();
    if (now !== undefined && toldAt.get(key) === now) return;
    const version = await versionOf(client, database, name);
    if (now !== undefined) toldAt.set(key, now);
    if (version !== null) await tell(version);
  };
  return {
    relational: async (address) => {
      const client = await endpoints.relational(address);
      return {
        serverVersion: client.serverVersion,
        query: async (statement, values) => {
          for (const { database = address.database, name } of tablesRead(statement))
            if (database !== undefined) await look(client, database, name);
          return client.query(statement, values);
        },
        batch: (statement, rows) => client.batch(statement, rows),
        begin: () => client.begin(),
        commit: () => client.commit(),
        rollback: () => client.rollback(),
        close: () => client.close(),
      };
    },
  };
}

/** Null for what is no table, or too large; the query itself says what is wrong with it. */
async function versionOf(client: RelationalClient, database: string, name: string): Promise<TableVersion | null> {
  const table = `\`${database.replaceAll('`', '``')}\`.\`${name.replaceAll('`', '``')}\``;
  try {
    const made = await client.query(`SHOW CREATE TABLE ${table}`);
    const found = await client.query(`SELECT * FROM ${table} LIMIT ${mostRows + 1}`);
    const create = rowsOf(made)[0]?.[1];
    const rows = rowsOf(found);
    if (typeof create !== 'string' || rows.length > mostRows) return null;
    return { kind: 'table', database, name, create, rows: rows.map((row) => row.map(storedValue)) };
  } catch {
    return null;
  }
}

const rowsOf = (result: RelationalResult): readonly (readonly RelationalValue[])[] =>
  result.kind === 'rows' ? result.rows : [];

const storedValue = (value: RelationalValue): TableVersion['rows'][number][number] =>
  value === null ? null : value instanceof Uint8Array ? contentOf(value) : String(value);
