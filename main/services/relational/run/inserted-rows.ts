import { RelationalError } from '../../../../engine/api/relational-client.ts';
import { sql, sqlInteger } from '../../../../engine/core/sql-text.ts';
import type { Table } from '../catalog/catalog.ts';
import { rowNumberName } from '../compile/compile-from.ts';
import type { Insert } from '../syntax/statement.ts';
import { DuplicateUpdate } from './duplicate-update.ts';
import type { StatementRun } from './statement-run.ts';
import { writeRemoval } from './removed-rows.ts';
import { storedRows } from './stored-rows.ts';
import { cellText, type StoredRow, type StoredValue } from './stored-form.ts';
import { loadKeys, type KeyIndex } from './unique-keys.ts';

/** A row that the server refused: its place among those given. */
export type Refusal = { readonly place: number; readonly error: RelationalError };

/** The rows that one INSERT or REPLACE leaves behind: numbers them, counts columns that count themselves, and decides about duplicates. */
export class InsertedRows {
  /** The first number that was generated, else the last that was given. */
  insertId = 0n;
  private readonly statement: Insert;
  private readonly table: Table;
  private readonly run: StatementRun;
  private readonly added = new Map<bigint, StoredRow>();
  private readonly removed = new Map<bigint, StoredRow>();
  private duplicates = 0;
  private hasGenerated = false;

  constructor(statement: Insert, table: Table, run: StatementRun) {
    this.statement = statement;
    this.table = table;
    this.run = run;
  }

  info = (records: number): string =>
    `Records: ${records}  Duplicates: ${this.duplicates}  Warnings: ${this.run.warnings.length}`;

  /** Writes the rows; answers how many it touched, as MariaDB counts: 1 for a new row, 2 for one that was changed or replaced. */
  async add(rows: readonly (readonly StoredValue[])[]): Promise<number> {
    const { candidates, keys } = await this.numberedRows(rows);
    let affected = 0;
    for (const row of candidates) affected += await this.addRow(row, keys);
    this.write();
    return affected;
  }

  /** The same, but a row that is refused leaves the others alone; `refused`: the last such, by its place. */
  async addEach(
    rows: readonly (readonly StoredValue[])[],
  ): Promise<{ readonly affected: number; readonly refused: Refusal | undefined }> {
    const { candidates, keys } = await this.numberedRows(rows);
    let affected = 0;
    let refused: Refusal | undefined;
    for (const [place, row] of candidates.entries()) {
      try {
        affected += await this.addRow(row, keys);
      } catch (error) {
        if (!(error instanceof RelationalError)) throw error;
        refused = { place, error };
      }
    }
    this.write();
    return { affected, refused };
  }

  private async numberedRows(
    rows: readonly (readonly StoredValue[])[],
  ): Promise<{ readonly candidates: readonly StoredRow[]; readonly keys: readonly KeyIndex[] }> {
    const { state, transaction } = this.run;
    await state.loadCounter(this.table, transaction.connection);
    const first = await state.takeRowNumbers(this.table, rows.length, transaction.connection);
    const candidates = rows.map((values, i) => ({ number: first + BigInt(i), values: this.numbered(values) }));
    return { candidates, keys: await loadKeys(this.table, candidates, transaction) };
  }

  /** Fills the column that counts itself where NULL or 0 was given. */
  private numbered(values: readonly StoredValue[]): readonly StoredValue[] {
    const index = this.table.columns.findIndex((column) => column.isAutoIncrement);
    const column = this.table.columns[index];
    if (column === undefined) return values;
    const cell = values[index] ?? null;
    const given = cell === null ? 0n : BigInt(cellText(cell).replace(/\..*$/, ''));
    const { state } = this.run;
    const next = state.nextNumber(this.table);
    if (given > 0n) {
      if (given >= next) state.setNextNumber(this.table, given + 1n);
      if (!this.hasGenerated) this.insertId = given;
      return values;
    }
    state.setNextNumber(this.table, next + 1n);
    if (!this.hasGenerated) this.insertId = next;
    this.hasGenerated = true;
    const isDouble = column.type.name === 'double' || column.type.name === 'float';
    return values.with(index, isDouble ? Number(next) : next);
  }

  private async addRow(row: StoredRow, keys: readonly KeyIndex[]): Promise<number> {
    for (const key of keys) {
      const rival = key.rival(row);
      if (rival === undefined) continue;
      if (this.statement.onDuplicate.length > 0) return this.updateRival(rival, row, keys);
      if (!this.statement.isReplace && !this.statement.isIgnore) throw key.duplicate(row);
      this.duplicates += 1;
      if (this.statement.isReplace) return this.replaceRivals(row, keys);
      this.run.note(key.duplicate(row), 'Warning');
      return 0;
    }
    this.keep(row, keys);
    return 1;
  }

  private keep(row: StoredRow, keys: readonly KeyIndex[]): void {
    this.added.set(row.number, row);
    for (const key of keys) key.add(row);
  }

  private async replaceRivals(row: StoredRow, keys: readonly KeyIndex[]): Promise<number> {
    const rivals = new Set(keys.map((key) => key.rival(row)).filter((number) => number !== undefined));
    for (const number of rivals) {
      const old = await this.rowNumbered(number);
      for (const key of keys) key.remove(old);
      if (!this.added.delete(number)) this.removed.set(number, old);
    }
    this.keep(row, keys);
    return 1 + rivals.size;
  }

  private async rowNumbered(number: bigint): Promise<StoredRow> {
    const pending = this.added.get(number);
    if (pending !== undefined) return pending;
    const [row] = await storedRows(this.table, this.run, sql` WHERE ${rowNumberName} = ${sqlInteger(number)}`);
    if (row === undefined) throw new Error(`row ${number} is in a key but not in its table`);
    return row;
  }

  /** ON DUPLICATE KEY UPDATE. */
  private async updateRival(number: bigint, row: StoredRow, keys: readonly KeyIndex[]): Promise<number> {
    const old = await this.rowNumbered(number);
    this.duplicates += 1;
    const updated = await new DuplicateUpdate(this.statement, this.table, this.run).updated(old, row);
    if (updated === undefined) return 0;
    for (const key of keys) key.remove(old);
    const refused = keys.find((key) => key.rival(updated) !== undefined);
    if (refused !== undefined) throw refused.duplicate(updated);
    if (!this.added.has(number)) this.removed.set(number, old);
    this.keep(updated, keys);
    return 2;
  }

  private write(): void {
    if (this.removed.size > 0) writeRemoval(this.table, [...this.removed.keys()], this.run);
    const rows = [...this.added.values()];
    if (rows.length > 0) this.run.transaction.write({ kind: 'append', table: this.table, rows });
  }
}
