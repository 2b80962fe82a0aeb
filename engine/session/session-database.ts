import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { QueryPort } from '../api/query-port.ts';
import type { SessionTables, TableUsage } from '../api/session-tables.ts';
import type { StructType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import type { Connection } from '../duckdb/connection.ts';
import { openDatabase, type Database } from '../duckdb/open-database.ts';
import { jsScalars } from '../functions/scalar/catalog.ts';

type StoredTable = { readonly schema: StructType; readonly partitions: number | null | undefined; usage: TableUsage };
const unused: TableUsage = { executions: 0, partialExecutions: 0, pulledRows: 0 };

/** A view that a sink made visible by name. */
export type ExposedTable = { readonly name: string; readonly tableKey: string; readonly schema: StructType };

/**
 * The session's own DuckDB instance, in memory: batch queries run here, and here live the memory sink's tables, saved tables, cached frames and
 * the frames of `foreachBatch`. Tables are named by key; columns are `f0`, `f1`, … in schema order.
 */
export class SessionDatabase {
  readonly #database: Database;
  readonly #main: Connection;
  readonly #stored = new Map<string, StoredTable>();
  readonly #exposed = new Map<string, ExposedTable>();
  readonly #temporaryFolder: string;

  private constructor(database: Database, main: Connection, temporaryFolder: string) {
    this.#database = database;
    this.#main = main;
    this.#temporaryFolder = temporaryFolder;
  }

  static async open(cores: number, temporaryFolder: string): Promise<SessionDatabase> {
    const database = await openDatabase({ path: ':memory:', threads: cores, temporaryFolder, scalars: jsScalars });
    return new SessionDatabase(database, await database.connect(), temporaryFolder);
  }

  /** A connection of its own: its temporary tables are seen by nobody else. Whoever asks closes it. */
  connect(): Promise<Connection> {
    return this.#database.connect();
  }

  /** What stands in FROM for a table. */
  readonly reference = (tableKey: string): Sql => sqlName(tableKey);

  schemaOf(tableKey: string): StructType | undefined {
    return this.#stored.get(tableKey)?.schema;
  }

  /** As `create` was told. */
  partitionsOf(tableKey: string): number | null | undefined {
    return this.#stored.get(tableKey)?.partitions;
  }

  exposed(name: string): ExposedTable | undefined {
    return this.#exposed.get(name.toLowerCase());
  }

  /** As the queries are called. */
  exposedNames(): readonly string[] {
    return [...this.#exposed.values()].map(({ name }) => name);
  }

  /** A batch action evaluated the table: all its rows, or only `pulled` of them. */
  countUsage(tableKey: string, pulled?: number): void {
    const table = this.#stored.get(tableKey);
    if (!table) return;
    const { executions, partialExecutions, pulledRows } = table.usage;
    table.usage =
      pulled === undefined
        ? { executions: executions + 1, partialExecutions, pulledRows }
        : { executions, partialExecutions: partialExecutions + 1, pulledRows: pulledRows + pulled };
  }

  readonly query: QueryPort = {
    rows: (select, types) => this.#main.rows(select, types),
    describe: (select) => this.#main.describe(select),
  };

  readonly tables: SessionTables = {
    create: async (tableKey, schema, partitions) => {
      const columns = schema.fields.map((field, index) => sql`${sqlName(`f${index}`)} ${storageType(field.type)}`);
      await this.#main.run(
        sql`CREATE OR REPLACE TABLE ${sqlName(tableKey)} (${columns.length > 0 ? sqlJoin(columns, ', ') : sql`f0 INTEGER`})`,
      );
      this.#stored.set(tableKey, { schema, partitions, usage: unused });
    },
    drop: async (tableKey) => {
      await this.#main.run(sql`DROP TABLE IF EXISTS ${sqlName(tableKey)}`);
      this.#stored.delete(tableKey);
    },
    load: async (tableKey, parquetFile, how) => {
      const copy = sql`INSERT INTO ${sqlName(tableKey)} SELECT * FROM read_parquet(${sqlString(parquetFile)})`;
      await this.#main.run(how === 'replace' ? sql`BEGIN; DELETE FROM ${sqlName(tableKey)}; ${copy}; COMMIT` : copy);
    },
    append: async (tableKey, rows) => {
      const types = this.#stored.get(tableKey)?.schema.fields.map((field) => field.type) ?? [];
      if (rows.length > 0) await this.#main.appendRows(tableKey, types, [rows]);
    },
    store: (tableKey, parquetFile) =>
      this.#main.run(sql`COPY ${sqlName(tableKey)} TO ${sqlString(parquetFile)} (FORMAT parquet)`),
    temporaryFile: (suffix) => join(this.#temporaryFolder, `${randomUUID()}${suffix}`),
    expose: (name, tableKey, schema) => void this.#exposed.set(name.toLowerCase(), { name, tableKey, schema }),
    hide: (name) => this.#exposed.delete(name.toLowerCase()),
    usage: (tableKey) => this.#stored.get(tableKey)?.usage ?? unused,
  };

  /** Rows of a stored table from `start` (0-based) on, at most `count`, as a SELECT: for streams over a table. */
  slice(tableKey: string, start: number, count: number): Sql {
    return sql`SELECT * FROM ${sqlName(tableKey)} WHERE rowid >= ${sqlInteger(start)} AND rowid < ${sqlInteger(start + count)}`;
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
