import type { RelationalResult, RelationalValue } from '../../../../engine/api/relational-client.ts';
import { decimalText, type DecimalValue } from '../../../../engine/core/spark-value.ts';
import {
  databaseOf,
  findTable,
  requireDatabase,
  withoutTable,
  withTable,
  type Catalog,
  type Column,
  type Table,
} from '../catalog/catalog.ts';
import { familyOf, typeText } from '../catalog/sql-type.ts';
import { dataTruncated, tableExists } from '../relational-errors.ts';
import type { TableName } from '../syntax/query.ts';
import type { Statement } from '../syntax/statement.ts';
import { alteredTable } from './altered-table.ts';
import { ColumnCells, emptyCell } from './column-cells.ts';
import { defining } from './defining.ts';
import type { StatementRun } from './statement-run.ts';
import { shownCell } from './store-value.ts';
import type { StoredRow, StoredValue } from './stored-form.ts';
import { storedRows } from './stored-rows.ts';
import { checkTable } from './table-definition.ts';
import { loadKeys } from './unique-keys.ts';
import type { WriteOperation } from './write-operation.ts';

/** ALTER TABLE, CREATE INDEX and DROP INDEX. */
export function runAlter(
  statement: Extract<Statement, { kind: 'alter-table' }>,
  run: StatementRun,
): Promise<RelationalResult> {
  return defining(run, async (catalog) => {
    const table = run.changedTable(statement.table);
    const changed = checkTable(statement.changes.reduce((each, change) => alteredTable(each, change, run), table));
    const renames = statement.changes.filter((change) => change.kind === 'rename-table');
    const isOnlyRename = renames.length === statement.changes.length;
    const renamed = renames.reduce((each, change) => renamedTable(catalog, each, change.to, run), changed);
    const rebuilt = await rebuiltTable(table, renamed, catalog, run);
    const counters = statement.changes.flatMap((change): WriteOperation[] => {
      const start = change.kind === 'options' ? change.options.autoIncrement : undefined;
      if (start === undefined) return [];
      run.state.setNextNumber(rebuilt.table, start);
      return [{ kind: 'counter', table: rebuilt.table, next: start }];
    });
    const next = withTable(withoutTable(catalog, table), rebuilt.table);
    return {
      catalog: { ...next, nextTable: rebuilt.nextTable },
      operations: [...rebuilt.operations, ...counters],
      result: () =>
        isOnlyRename
          ? run.done(0)
          : run.done(rebuilt.copied, `Records: ${rebuilt.copied}  Duplicates: 0  Warnings: ${run.warnings.length}`),
    };
  });
}

export function renamedTable(catalog: Catalog, table: Table, to: TableName, run: StatementRun): Table {
  const database = databaseOf(to, run.session.database);
  requireDatabase(catalog, database);
  const isSame = database === table.database && to.name === table.name;
  if (!isSame && findTable(catalog, database, to.name) !== undefined) throw tableExists(to.name);
  return { ...table, database, name: to.name };
}

type Rebuilt = {
  readonly table: Table;
  readonly nextTable: number;
  readonly operations: readonly WriteOperation[];
  readonly copied: number;
};

/** Where the columns in DuckDB would be others, the rows move to a new table there, each cell fitted to its new column. */
async function rebuiltTable(old: Table, changed: Table, catalog: Catalog, run: StatementRun): Promise<Rebuilt> {
  const rows = await storedRows(old, run);
  if (storageOf(old) === storageOf(changed)) {
    await checkUnique(old, changed, rows, run);
    return { table: changed, nextTable: catalog.nextTable, operations: [], copied: 0 };
  }
  const table: Table = { ...changed, id: catalog.nextTable };
  const moved: StoredRow[] = [];
  for (const [index, row] of rows.entries()) moved.push(await movedRow(row, old, table, index + 1, run));
  await checkUnique(old, table, moved, run);
  await run.state.loadCounter(old, run.transaction.connection);
  const next = run.state.nextNumber(old);
  run.state.setNextNumber(table, next);
  return {
    table,
    nextTable: catalog.nextTable + 1,
    operations: [
      { kind: 'create', table },
      ...(moved.length === 0 ? [] : [{ kind: 'append', table, rows: moved } as const]),
      { kind: 'drop', table: old },
      { kind: 'counter', table, next },
    ],
    copied: isCopied(old, changed) ? moved.length : 0,
  };
}

const storageOf = (table: Table): string =>
  JSON.stringify(table.columns.map((column) => [column.id, typeText(column.type), column.isNullable]));

/** InnoDB adds and drops columns on the spot: only a changed type makes it copy the rows, and count them. */
const isCopied = (old: Table, changed: Table): boolean =>
  changed.columns.some((column) => {
    const before = old.columns.find((each) => each.id === column.id);
    return before !== undefined && typeText(before.type) !== typeText(column.type);
  });

async function movedRow(
  row: StoredRow,
  old: Table,
  table: Table,
  rowNumber: number,
  run: StatementRun,
): Promise<StoredRow> {
  const cells = new ColumnCells(table, run, false);
  const values: StoredValue[] = [];
  for (const column of table.columns) {
    const index = old.columns.findIndex((each) => each.id === column.id);
    const before = old.columns[index];
    if (before === undefined) values.push(await addedCell(column, table, cells, rowNumber));
    else values.push(movedCell(row.values[index] ?? null, before, column, cells, rowNumber));
  }
  return { number: row.number, values };
}

/** A new column that may not be NULL and has no default starts with 0 or the empty text. */
async function addedCell(column: Column, table: Table, cells: ColumnCells, row: number): Promise<StoredValue> {
  return column.default === undefined && !column.isNullable ? emptyCell(column, table) : cells.defaultCell(column, row);
}

function movedCell(value: StoredValue, before: Column, after: Column, cells: ColumnCells, row: number): StoredValue {
  if (value === null && !after.isNullable) throw dataTruncated(after.name, row);
  return cells.fit({ value: portValue(value, before), type: before.type }, after, row);
}

/** A cell in the form of the port. */
function portValue(value: StoredValue, column: Column): RelationalValue {
  if (value === null || value instanceof Uint8Array || typeof value === 'string') return value;
  switch (familyOf(column.type)) {
    case 'integer':
      return BigInt(typeof value === 'object' ? decimalText(value as DecimalValue) : (value as bigint));
    case 'double':
      return value as number;
    default:
      return shownCell(value, column.type);
  }
}

async function checkUnique(old: Table, changed: Table, rows: readonly StoredRow[], run: StatementRun): Promise<void> {
  const isNew = (name: string): boolean => !old.keys.some((key) => key.name === name);
  const added = { ...changed, keys: changed.keys.filter((key) => isNew(key.name) || changed.id !== old.id) };
  // The index starts empty: the rows are compared among themselves, and the error names the first of two.
  for (const key of await loadKeys(added, [], run.transaction)) {
    for (const row of rows.toReversed()) {
      if (key.rival(row) !== undefined) throw key.duplicate(row);
      key.add(row);
    }
  }
}
