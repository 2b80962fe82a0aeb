import type { RelationalResult } from '../../../../engine/api/relational-client.ts';
import {
  databaseOf,
  defaultCollation,
  findDatabase,
  findTable,
  informationSchema,
  keyColumns,
  requireDatabase,
  requireTable,
  withTable,
  withoutTable,
  type Catalog,
  type Table,
} from '../catalog/catalog.ts';
import { compileQuery } from '../compile/compile-query.ts';
import {
  cannotDropDatabase,
  databaseExists,
  noSuchTable,
  readOnlySchema,
  tableExists,
  unknownTable,
} from '../relational-errors.ts';
import type { CreateTable, KeyDefinition, Statement } from '../syntax/statement.ts';
import { ColumnCells } from './column-cells.ts';
import { defining, type Definition } from './defining.ts';
import { renamedTable } from './run-alter.ts';
import type { StatementRun } from './statement-run.ts';
import type { StoredRow } from './stored-form.ts';
import { newTable, selectedColumn } from './table-definition.ts';
import type { WriteOperation } from './write-operation.ts';

type Kind<Name extends Statement['kind']> = Extract<Statement, { kind: Name }>;

export function runCreateDatabase(statement: Kind<'create-database'>, run: StatementRun): Promise<RelationalResult> {
  return defining(run, (catalog) => {
    const { name } = statement;
    if (findDatabase(catalog, name) !== undefined || name === informationSchema) {
      if (!statement.ifNotExists) throw databaseExists(name);
      run.note(databaseExists(name));
      return unchanged(catalog, () => run.done(0));
    }
    const collation = statement.options.collation ?? defaultCollation;
    const databases = [...catalog.databases, { name, collation, tables: [] }];
    return { catalog: { ...catalog, databases }, operations: [], result: () => run.done(1) };
  });
}

const unchanged = (catalog: Catalog, result: () => RelationalResult): Definition => ({
  catalog,
  operations: [],
  result,
});

export function runDropDatabase(statement: Kind<'drop-database'>, run: StatementRun): Promise<RelationalResult> {
  return defining(run, (catalog) => {
    const { name } = statement;
    if (name === informationSchema) throw readOnlySchema(run.session.user);
    const database = findDatabase(catalog, name);
    if (database === undefined) {
      if (!statement.ifExists) throw cannotDropDatabase(name);
      run.note(cannotDropDatabase(name));
      return unchanged(catalog, () => run.done(0));
    }
    const databases = catalog.databases.filter((each) => each !== database);
    return {
      catalog: { ...catalog, databases },
      operations: database.tables.map((table) => ({ kind: 'drop', table })),
      result: () => run.done(database.tables.length),
    };
  });
}

export function runCreateTable(statement: CreateTable, run: StatementRun): Promise<RelationalResult> {
  return defining(run, async (catalog) => {
    const { table: wanted } = statement;
    const database = databaseOf(wanted, run.session.database);
    if (database.toLowerCase() === informationSchema) throw readOnlySchema(run.session.user);
    requireDatabase(catalog, database);
    if (findTable(catalog, database, wanted.name) !== undefined) {
      if (!statement.ifNotExists) throw tableExists(wanted.name);
      run.note(tableExists(wanted.name));
      return unchanged(catalog, () => run.done(0));
    }
    if (statement.query !== undefined) return createFromQuery(statement, statement.query, database, catalog, run);
    const like = statement.like && requireTable(catalog, statement.like, run.session.database);
    const table = newTable(
      catalog.nextTable,
      database,
      wanted.name,
      like?.columns ?? statement.columns,
      like === undefined ? statement.keys : keyDefinitions(like),
      like === undefined ? statement.options : { ...statement.options, comment: like.comment },
      run.state.clock.now(),
    );
    const next = statement.options.autoIncrement;
    if (next === undefined) return { ...created(catalog, table, []), result: () => run.done(0) };
    run.state.setNextNumber(table, next);
    return { ...created(catalog, table, [{ kind: 'counter', table, next }]), result: () => run.done(0) };
  });
}

const keyDefinitions = (table: Table): readonly KeyDefinition[] =>
  table.keys.map((key) => ({
    kind: key.kind,
    name: key.name,
    columns: keyColumns(table, key).map((column) => column.name),
  }));

function created(catalog: Catalog, table: Table, more: readonly WriteOperation[]) {
  return {
    catalog: { ...withTable(catalog, table), nextTable: catalog.nextTable + 1 },
    operations: [{ kind: 'create', table } as const, ...more],
  };
}

/** Columns that are written out come first, those of the query that have no namesake behind them. */
async function createFromQuery(
  statement: CreateTable,
  query: NonNullable<CreateTable['query']>,
  database: string,
  catalog: Catalog,
  run: StatementRun,
): Promise<Definition> {
  const compiled = compileQuery(query, run.context(true));
  const named = new Set(statement.columns.map((column) => column.name.toLowerCase()));
  const selected = compiled.columns
    .filter((column) => !named.has(column.name.toLowerCase()))
    .map((column) => selectedColumn(column.name, column.type, column.isNullable));
  const columns = [...statement.columns, ...selected];
  const table = newTable(
    catalog.nextTable,
    database,
    statement.table.name,
    columns,
    statement.keys,
    statement.options,
    run.state.clock.now(),
  );
  const cells = new ColumnCells(table, run, false);
  const rows: StoredRow[] = [];
  for (const [index, values] of (await run.rowsOf(compiled)).entries()) {
    const row = [];
    for (const column of table.columns) {
      const position = compiled.columns.findIndex((each) => each.name.toLowerCase() === column.name.toLowerCase());
      const type = compiled.columns[position]?.type;
      const given = type === undefined ? undefined : { value: values[position] ?? null, type };
      row.push(given === undefined ? await cells.defaultCell(column, index + 1) : cells.fit(given, column, index + 1));
    }
    rows.push({ number: BigInt(index + 1), values: row });
  }
  const append: readonly WriteOperation[] = rows.length === 0 ? [] : [{ kind: 'append', table, rows }];
  const info = `Records: ${rows.length}  Duplicates: 0  Warnings: 0`;
  return { ...created(catalog, table, append), result: () => run.done(rows.length, info) };
}

export function runDropTable(statement: Kind<'drop-table'>, run: StatementRun): Promise<RelationalResult> {
  return defining(run, (catalog) => {
    const names = statement.tables.map((name) => ({
      database: databaseOf(name, run.session.database),
      name: name.name,
    }));
    const tables = names.map(({ database, name }) => findTable(catalog, database, name));
    const missing = names.filter((_, i) => tables[i] === undefined).map(({ database, name }) => `${database}.${name}`);
    if (missing.length > 0) {
      const error = unknownTable(missing.join(','));
      if (!statement.ifExists) throw error;
      run.note(error);
    }
    const found = tables.filter((table) => table !== undefined);
    return {
      catalog: found.reduce(withoutTable, catalog),
      operations: found.map((table) => ({ kind: 'drop', table })),
      result: () => run.done(0),
    };
  });
}

/** TRUNCATE: the table is made anew, and counts from 1 again. */
export function runTruncate(statement: Kind<'truncate'>, run: StatementRun): Promise<RelationalResult> {
  return defining(run, (catalog) => {
    const old = run.changedTable(statement.table);
    const table: Table = { ...old, id: catalog.nextTable };
    const without = withoutTable(catalog, old);
    return { ...created(without, table, [{ kind: 'drop', table: old }]), result: () => run.done(0) };
  });
}

export function runRename(statement: Kind<'rename-tables'>, run: StatementRun): Promise<RelationalResult> {
  return defining(run, (catalog) => {
    const renamed = statement.pairs.reduce((each, { from, to }) => {
      const database = databaseOf(from, run.session.database);
      const table = findTable(each, database, from.name);
      if (table === undefined) throw noSuchTable(database, from.name);
      return withTable(withoutTable(each, table), renamedTable(each, table, to, run));
    }, catalog);
    return { catalog: renamed, operations: [], result: () => run.done(0) };
  });
}
