import {
  databaseDenied,
  noDatabaseSelected,
  noSuchTable,
  unknownColumn,
  unknownDatabase,
} from '../relational-errors.ts';
import type { TableName } from '../syntax/query.ts';
import type { ColumnDefinition } from '../syntax/statement.ts';

export type Column = ColumnDefinition & {
  /** Of the column in DuckDB, `c<id>`: it stays when the column is renamed or moved. */
  readonly id: number;
};

export type Key = {
  readonly kind: 'primary' | 'unique' | 'index';
  readonly name: string;
  readonly columns: readonly number[];
};

export type Table = {
  /** Of the table in DuckDB, `t<id>`. */
  readonly id: number;
  readonly database: string;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly keys: readonly Key[];
  readonly comment: string;
  readonly collation: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
};

export type Database = { readonly name: string; readonly collation: string; readonly tables: readonly Table[] };

/** What exists, and the truth about types: DuckDB only holds the rows. */
export type Catalog = { readonly databases: readonly Database[]; readonly nextTable: number };

export const emptyCatalog: Catalog = { databases: [], nextTable: 1 };
export const defaultCollation = 'utf8mb4_general_ci';
export const informationSchema = 'information_schema';

/** Names of databases and tables are compared exactly, as MariaDB does on Linux; names of columns ignoring case. */
export const sameColumnName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const findDatabase = (catalog: Catalog, name: string): Database | undefined =>
  catalog.databases.find((database) => database.name === name);

export function requireDatabase(catalog: Catalog, name: string): Database {
  const database = findDatabase(catalog, name);
  if (database === undefined) throw unknownDatabase(name);
  return database;
}

/** Raises as MariaDB does for a user without rights on everything: only `root` learns that a database is not there. */
export function requireAccess(catalog: Catalog, name: string, user: string): void {
  if (name.toLowerCase() === informationSchema || findDatabase(catalog, name) !== undefined) return;
  throw user === 'root' ? unknownDatabase(name) : databaseDenied(user, name);
}

/** The database that a name means: its own, else the one in use. */
export function databaseOf(table: TableName, current: string | undefined): string {
  const database = table.database ?? current;
  if (database === undefined) throw noDatabaseSelected();
  return database;
}

export const findTable = (catalog: Catalog, database: string, name: string): Table | undefined =>
  findDatabase(catalog, database)?.tables.find((table) => table.name === name);

export function requireTable(catalog: Catalog, table: TableName, current: string | undefined): Table {
  const database = databaseOf(table, current);
  const found = findTable(catalog, database, table.name);
  if (found === undefined) throw noSuchTable(database, table.name);
  return found;
}

export const findColumn = (table: Table, name: string): Column | undefined =>
  table.columns.find((column) => sameColumnName(column.name, name));

export function requireColumn(table: Table, name: string, clause: string): Column {
  const column = findColumn(table, name);
  if (column === undefined) throw unknownColumn(name, clause);
  return column;
}

export const primaryKey = (table: Table): Key | undefined => table.keys.find((key) => key.kind === 'primary');

export const keyColumns = (table: Table, key: Key): readonly Column[] =>
  key.columns.flatMap((id) => table.columns.filter((column) => column.id === id));

export function withTable(catalog: Catalog, table: Table): Catalog {
  return withTables(catalog, table.database, (tables) => [...tables.filter((other) => other.id !== table.id), table]);
}

export function withoutTable(catalog: Catalog, table: Table): Catalog {
  return withTables(catalog, table.database, (tables) => tables.filter((other) => other.id !== table.id));
}

function withTables(
  catalog: Catalog,
  database: string,
  change: (tables: readonly Table[]) => readonly Table[],
): Catalog {
  return {
    ...catalog,
    databases: catalog.databases.map((each) =>
      each.name === database ? { ...each, tables: change(each.tables) } : each,
    ),
  };
}
