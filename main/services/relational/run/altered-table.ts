import { findColumn, keyColumns, sameColumnName, type Column, type Table } from '../catalog/catalog.ts';
import { cannotDrop, duplicateColumn, lastColumn, unknownColumn } from '../relational-errors.ts';
import type { ColumnPosition, TableChange } from '../syntax/statement.ts';
import type { StatementRun } from './statement-run.ts';
import { withKey } from './table-definition.ts';

/** The definition of a table after one change of ALTER TABLE; renames of the table itself are the caller's. */
export function alteredTable(table: Table, change: TableChange, run: StatementRun): Table {
  switch (change.kind) {
    case 'add-column':
      return addColumn(table, change, run);
    case 'change-column':
      return changeColumn(table, change);
    case 'drop-column':
      return dropColumn(table, change.name, change.ifExists, run);
    case 'rename-column': {
      const column = requireOld(table, change.from);
      return withColumn(table, { ...column, name: change.to });
    }
    case 'set-default':
      return withColumn(table, { ...requireOld(table, change.column), default: change.default });
    case 'add-key':
      return withKey(table, change.key);
    case 'drop-key': {
      const key = table.keys.find((each) => sameColumnName(each.name, change.name));
      if (key === undefined) throw cannotDrop('INDEX', change.name);
      return { ...table, keys: table.keys.filter((each) => each !== key) };
    }
    case 'options':
      return {
        ...table,
        comment: change.options.comment ?? table.comment,
        collation: change.options.collation ?? table.collation,
      };
    case 'rename-table':
      return table;
  }
}

function requireOld(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column === undefined) throw unknownColumn(name, table.name);
  return column;
}

const withColumn = (table: Table, column: Column): Table => ({
  ...table,
  columns: table.columns.map((each) => (each.id === column.id ? column : each)),
});

function addColumn(table: Table, change: Extract<TableChange, { kind: 'add-column' }>, run: StatementRun): Table {
  const { column } = change;
  if (findColumn(table, column.name) !== undefined) {
    if (!change.ifNotExists) throw duplicateColumn(column.name);
    run.note(duplicateColumn(column.name));
    return table;
  }
  const id = Math.max(0, ...table.columns.map((each) => each.id)) + 1;
  const columns = placed(table, table.columns, { ...column, id }, change.position ?? { kind: 'last' });
  return change.keys.reduce(withKey, { ...table, columns });
}

function changeColumn(table: Table, change: Extract<TableChange, { kind: 'change-column' }>): Table {
  const old = requireOld(table, change.from);
  const isPrimary = table.keys.some((key) => key.kind === 'primary' && key.columns.includes(old.id));
  const column: Column = { ...change.column, id: old.id, isNullable: change.column.isNullable && !isPrimary };
  const { position } = change;
  const changed =
    position === undefined
      ? withColumn(table, column)
      : {
          ...table,
          columns: placed(
            table,
            table.columns.filter((each) => each !== old),
            column,
            position,
          ),
        };
  return change.keys.reduce(withKey, changed);
}

function placed(
  table: Table,
  others: readonly Column[],
  column: Column,
  position: ColumnPosition | { readonly kind: 'last' },
): readonly Column[] {
  if (position.kind === 'first') return [column, ...others];
  if (position.kind === 'last') return [...others, column];
  const before = others.findIndex((each) => sameColumnName(each.name, position.column));
  if (before < 0) throw unknownColumn(position.column, table.name);
  return others.toSpliced(before + 1, 0, column);
}

/** Keys lose the column, and go when nothing is left of them. */
function dropColumn(table: Table, name: string, ifExists: boolean, run: StatementRun): Table {
  const column = findColumn(table, name);
  if (column === undefined) {
    if (!ifExists) throw cannotDrop('COLUMN', name);
    run.note(cannotDrop('COLUMN', name));
    return table;
  }
  if (table.columns.length === 1) throw lastColumn();
  const keys = table.keys
    .map((key) => ({ ...key, columns: key.columns.filter((id) => id !== column.id) }))
    .filter((key) => keyColumns(table, key).length > 0);
  return { ...table, keys, columns: table.columns.filter((each) => each !== column) };
}
