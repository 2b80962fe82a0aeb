import type { RelationalError } from '../../../../engine/api/relational-client.ts';
import { longType } from '../../../../engine/core/data-type.ts';
import { sql, sqlJoin, sqlString, type Sql } from '../../../../engine/core/sql-text.ts';
import { keyColumns, type Column, type Key, type Table } from '../catalog/catalog.ts';
import { familyOf } from '../catalog/sql-type.ts';
import { foldText } from '../compile/compile-comparison.ts';
import { rowNumberName, storedColumnName, storedTableName } from '../compile/compile-from.ts';
import { callSql } from '../compile/compiled.ts';
import { duplicateEntry } from '../relational-errors.ts';
import type { StoreTransaction } from './store-transaction.ts';
import { shownCell } from './store-value.ts';
import { cellText, storedDataType, storedLiteral, type StoredRow, type StoredValue } from './stored-form.ts';

/** Beyond so many rows the whole key is read instead of asking for each of its values. */
const listLimit = 2000;

const isFolded = (column: Column): boolean => familyOf(column.type) === 'text' && !column.isJson;

/** Two rows have the same key when these texts are equal; undefined when a column is NULL: such rows never collide. */
function keyText(cells: readonly StoredValue[], columns: readonly Column[]): string | undefined {
  if (cells.some((cell) => cell === null)) return undefined;
  const texts = columns.map((column, i) => {
    const cell = cells[i] ?? null;
    return isFolded(column) ? foldText(cell as string) : cellText(cell);
  });
  return texts.length === 1 ? texts[0] : JSON.stringify(texts);
}

/** The rows of a table by the values of one key, kept up to date while a statement runs. */
export class KeyIndex {
  readonly key: Key;
  private readonly columns: readonly Column[];
  private readonly positions: readonly number[];
  private readonly owners: Map<string, bigint>;

  private constructor(table: Table, key: Key, owners: Map<string, bigint>) {
    this.key = key;
    this.columns = keyColumns(table, key);
    this.positions = this.columns.map((column) => table.columns.indexOf(column));
    this.owners = owners;
  }

  /** Reads the rows of the table that may have the same key as one of `candidates`. */
  static async load(
    table: Table,
    key: Key,
    candidates: readonly StoredRow[],
    transaction: StoreTransaction,
  ): Promise<KeyIndex> {
    const index = new KeyIndex(table, key, new Map());
    const keyed = candidates.filter((row) => index.textOf(row) !== undefined);
    if (keyed.length === 0) return index;
    const names = sqlJoin([rowNumberName, ...index.columns.map(storedColumnName)], ', ');
    const where = keyed.length > listLimit ? sql`` : sql` WHERE ${index.filter(keyed)}`;
    const rows = await transaction.rows(sql`SELECT ${names} FROM ${storedTableName(table)}${where}`, [
      longType,
      ...index.columns.map((column) => storedDataType(column.type)),
    ]);
    for (const [number, ...cells] of rows) {
      const text = keyText(cells, index.columns);
      if (text !== undefined) index.owners.set(text, number as bigint);
    }
    return index;
  }

  /** One list for each column of the key: together they let through more than the key itself would, never less. */
  private filter(rows: readonly StoredRow[]): Sql {
    const tests = this.columns.map((column, i) => {
      const cells = rows.map((row) => row.values[this.positions[i] ?? 0] ?? null);
      const literals = isFolded(column)
        ? cells.map((cell) => sqlString(foldText(cell as string)))
        : cells.map((cell) => storedLiteral(cell, column));
      const name = storedColumnName(column);
      const side = isFolded(column) ? callSql('ci', name) : name;
      return sql`${side} IN (${sqlJoin([...new Set(literals)], ', ')})`;
    });
    return sqlJoin(tests, ' AND ');
  }

  private cellsOf(row: StoredRow): readonly StoredValue[] {
    return this.positions.map((position) => row.values[position] ?? null);
  }

  private textOf(row: StoredRow): string | undefined {
    return keyText(this.cellsOf(row), this.columns);
  }

  /** The number of another row that has this row's key. */
  rival(row: StoredRow): bigint | undefined {
    const text = this.textOf(row);
    const owner = text === undefined ? undefined : this.owners.get(text);
    return owner === row.number ? undefined : owner;
  }

  add(row: StoredRow): void {
    const text = this.textOf(row);
    if (text !== undefined) this.owners.set(text, row.number);
  }

  remove(row: StoredRow): void {
    const text = this.textOf(row);
    if (text !== undefined && this.owners.get(text) === row.number) this.owners.delete(text);
  }

  duplicate(row: StoredRow): RelationalError {
    const cells = this.cellsOf(row);
    const shown = this.columns.map((column, i) => shownCell(cells[i] ?? null, column.type));
    return duplicateEntry(shown.join('-'), this.key.name);
  }
}

/** The primary key first, as InnoDB looks at them. */
export const loadKeys = (
  table: Table,
  candidates: readonly StoredRow[],
  transaction: StoreTransaction,
): Promise<KeyIndex[]> => {
  const keys = [
    ...table.keys.filter((key) => key.kind === 'primary'),
    ...table.keys.filter((key) => key.kind === 'unique'),
  ];
  return Promise.all(keys.map((key) => KeyIndex.load(table, key, candidates, transaction)));
};
