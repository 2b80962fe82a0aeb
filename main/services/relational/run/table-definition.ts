import { defaultCollation, sameColumnName, type Column, type Key, type Table } from '../catalog/catalog.ts';
import type { SqlType } from '../catalog/sql-type.ts';
import {
  duplicateColumn,
  duplicateKeyName,
  invalidDefault,
  missingKeyColumn,
  multiplePrimaryKeys,
  wrongAutoColumn,
  wrongColumnSpecifier,
} from '../relational-errors.ts';
import { canAutoIncrement } from '../syntax/parse-column.ts';
import type { ColumnDefinition, KeyDefinition, TableOptions } from '../syntax/statement.ts';
import { defaultSource } from './column-cells.ts';
import { fitValue } from './store-value.ts';

/** A new table of the catalogue; raises MariaDB's errors for definitions that contradict themselves. */
export function newTable(
  id: number,
  database: string,
  name: string,
  columns: readonly ColumnDefinition[],
  keys: readonly KeyDefinition[],
  options: TableOptions,
  createdAt: number,
): Table {
  const table: Table = {
    id,
    database,
    name,
    columns: columns.map((column, i) => ({ ...column, id: i + 1 })),
    keys: [],
    comment: options.comment ?? '',
    collation: options.collation ?? defaultCollation,
    createdAt,
  };
  return checkTable(keys.reduce(withKey, table));
}

/** Columns of a primary key cannot be NULL, whatever their definition says. */
export function withKey(table: Table, definition: KeyDefinition): Table {
  const columns = definition.columns.map((name) => {
    const column = table.columns.find((each) => sameColumnName(each.name, name));
    if (column === undefined) throw missingKeyColumn(name);
    return column;
  });
  const isPrimary = definition.kind === 'primary';
  if (isPrimary && table.keys.some((key) => key.kind === 'primary')) throw multiplePrimaryKeys();
  const name = isPrimary ? 'PRIMARY' : (definition.name ?? freeKeyName(table, columns[0]?.name ?? 'key'));
  if (table.keys.some((key) => sameColumnName(key.name, name))) throw duplicateKeyName(name);
  const ids = columns.map((column) => column.id);
  const key: Key = { kind: definition.kind, name, columns: ids };
  return {
    ...table,
    keys: [...table.keys, key],
    columns: isPrimary
      ? table.columns.map((column) => (ids.includes(column.id) ? { ...column, isNullable: false } : column))
      : table.columns,
  };
}

function freeKeyName(table: Table, base: string): string {
  let name = base;
  for (let n = 2; table.keys.some((key) => sameColumnName(key.name, name)); n += 1) name = `${base}_${n}`;
  return name;
}

export function checkTable(table: Table): Table {
  table.columns.forEach((column, i) => {
    const twin = table.columns.findIndex((other) => sameColumnName(other.name, column.name));
    if (twin !== i) throw duplicateColumn(column.name);
    checkDefault(table, column);
  });
  const counting = table.columns.filter((column) => column.isAutoIncrement);
  const [first] = counting;
  if (first === undefined) return table;
  if (!canAutoIncrement(first)) throw wrongColumnSpecifier(first.name);
  const isKey = table.keys.some((key) => key.columns[0] === first.id);
  if (counting.length > 1 || !isKey) throw wrongAutoColumn();
  return table;
}

function checkDefault(table: Table, column: Column): void {
  const value = column.default;
  if (value?.kind !== 'literal') return;
  if (value.value === null) {
    if (!column.isNullable) throw invalidDefault(column.name);
    return;
  }
  const source = defaultSource(value.value, column);
  const { error } = fitValue(source.value, source.type, table, column, 1);
  if (error !== undefined) throw invalidDefault(column.name);
}

/** A column for the result of a query, as CREATE TABLE … AS SELECT makes it. */
export const selectedColumn = (name: string, type: SqlType, isNullable: boolean): ColumnDefinition => ({
  name,
  type: type.name === 'null' ? { ...type, name: 'binary' } : type,
  isNullable,
  default: undefined,
  onUpdate: undefined,
  isAutoIncrement: false,
  comment: '',
  isJson: false,
});
