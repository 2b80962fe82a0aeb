import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { RelationalClient, RelationalValue } from '../../../engine/api/relational-client.ts';
import { tablesRead, tableWritten } from '../../services/relational/tables-read.ts';
import { bytesOf } from '../../workspace/input-item.ts';
import { courseLogin } from '../host-services.ts';
import type { TableVersion } from '../table-witness.ts';
import { ReplayImpossible } from './replay-impossible.ts';

/**
 * The relational tables of a replay: those of the record, in the version of the moment, and those that the notebook writes itself. A version takes its place
 * when a program is about to read it, as it was found in the record: nobody reads a table that is being replaced.
 */
export class ReplayTables {
  readonly #endpoints: Pick<Endpoints, 'relational'>;
  readonly #staged = new Map<string, TableVersion>();
  readonly #written = new Set<string>();
  #replacing: Promise<void> = Promise.resolve();

  constructor(endpoints: Pick<Endpoints, 'relational'>) {
    this.#endpoints = endpoints;
  }

  /** For the notebook's programs: what they write is theirs from then on, and no version of the record replaces it. */
  readonly endpoints: Pick<Endpoints, 'relational'> = {
    relational: async (address) => {
      const client = await this.#endpoints.relational(address);
      const about = async (statement: string): Promise<void> => {
        const written = tableWritten(statement);
        if (written) this.#written.add(keyOf(written.database ?? address.database ?? '', written.name));
        const read = tablesRead(statement).map(({ database, name }) => keyOf(database ?? address.database ?? '', name));
        await this.#takePlace(read);
      };
      return {
        serverVersion: client.serverVersion,
        query: async (statement, values) => {
          await about(statement);
          return client.query(statement, values);
        },
        batch: async (statement, rows) => {
          await about(statement);
          return client.batch(statement, rows);
        },
        begin: () => client.begin(),
        commit: () => client.commit(),
        rollback: () => client.rollback(),
        close: () => client.close(),
      };
    },
  };

  /** From now on the table is in this version. */
  stage(version: TableVersion): void {
    this.#staged.set(keyOf(version.database, version.name), version);
  }

  #takePlace(keys: readonly string[]): Promise<void> {
    this.#replacing = this.#replacing.then(async () => {
      for (const key of keys) {
        const version = this.#staged.get(key);
        this.#staged.delete(key);
        if (version !== undefined && !this.#written.has(key)) await this.#replace(version);
      }
    });
    return this.#replacing;
  }

  async #replace(version: TableVersion): Promise<void> {
    const { database, name } = version;
    if (tableWritten(version.create)?.name !== name)
      throw new ReplayImpossible(`la tabla ${database}.${name} del registro no se puede crear.`);
    const client = await this.#endpoints.relational({ ...courseLogin, database: undefined });
    try {
      await client.query(`CREATE DATABASE IF NOT EXISTS ${quoted(database)}`);
      await client.query(`USE ${quoted(database)}`);
      await client.query(`DROP TABLE IF EXISTS ${quoted(name)}`);
      await client.query(version.create);
      await insert(client, version);
    } finally {
      await client.close();
    }
  }

  /** The rows of a table as text; null when there is none. */
  async rows(database: string, name: string): Promise<readonly (readonly string[])[] | null> {
    const client = await this.#endpoints.relational(courseLogin);
    try {
      const found = await client.query(`SELECT * FROM ${quoted(database)}.${quoted(name)}`);
      return found.kind === 'rows' ? found.rows.map((row) => row.map(text)) : null;
    } catch {
      return null;
    } finally {
      await client.close();
    }
  }
}

const keyOf = (database: string, name: string): string => `${database}.${name}`.toLowerCase();
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const text = (value: RelationalValue): string => (value === null ? 'NULL' : String(value));

async function insert(client: RelationalClient, { name, rows }: TableVersion): Promise<void> {
  const width = rows[0]?.length ?? 0;
  if (width === 0) return;
  const values = rows.map((row) =>
    row.map((cell) => (cell === null || typeof cell === 'string' ? cell : new Uint8Array(bytesOf(cell)))),
  );
  const places = Array.from({ length: width }, () => '?').join(', ');
  await client.batch(`INSERT INTO ${quoted(name)} VALUES (${places})`, values);
}
