import { sql, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import { requireColumn, type Table } from '../catalog/catalog.ts';
import { compileExpression } from '../compile/compile-expression.ts';
import { storedColumnName, scopeTable } from '../compile/compile-from.ts';
import type { Compiled } from '../compile/compiled.ts';
import { emptyScope, type Scope, type ScopeTable } from '../compile/scope.ts';
import type { Insert } from '../syntax/statement.ts';
import { changedRow } from './changed-row.ts';
import type { StatementRun } from './statement-run.ts';
import { storedLiteral, storedTypeSql, type StoredRow } from './stored-form.ts';
import { computedValues } from './stored-rows.ts';

/** What ON DUPLICATE KEY UPDATE makes of a row. */
export class DuplicateUpdate {
  private readonly statement: Insert;
  private readonly table: Table;
  private readonly run: StatementRun;

  constructor(statement: Insert, table: Table, run: StatementRun) {
    this.statement = statement;
    this.table = table;
    this.run = run;
  }

  /** The old row with the assignments made; undefined when nothing in it changes. `inserted`: the row that `VALUES(column)` means. */
  async updated(old: StoredRow, inserted: StoredRow): Promise<StoredRow | undefined> {
    const context = this.run.context(true);
    const scope: Scope = {
      ...emptyScope('UPDATE'),
      tables: [scopeTable(this.table, this.table.name, sql`old`)],
      inserted: columnsByName(scopeTable(this.table, this.table.name, sql`given`)),
    };
    const columns = this.statement.onDuplicate.map(({ column }) => requireColumn(this.table, column, 'UPDATE'));
    const values = this.statement.onDuplicate.map(({ value }) => compileExpression(value, scope, context));
    const from = sql`${this.rowSql(old)} AS old, ${this.rowSql(inserted)} AS given`;
    const sources = await computedValues(values, this.run, sql` FROM ${from}`);
    const changes = columns.map((column, i) => ({ column, source: sources[i] ?? { value: null, type: column.type } }));
    return changedRow(this.table, old, changes, 1, this.run, this.statement.isIgnore);
  }

  private rowSql(row: StoredRow): Sql {
    const cells = this.table.columns.map(
      (column, i) =>
        sql`CAST(${storedLiteral(row.values[i] ?? null, column)} AS ${storedTypeSql(column)}) AS ${storedColumnName(column)}`,
    );
    return sql`(SELECT ${sqlJoin(cells, ', ')})`;
  }
}

const columnsByName = (table: ScopeTable): ReadonlyMap<string, Compiled> =>
  new Map(table.columns.map(({ name, value }) => [name.toLowerCase(), value]));
