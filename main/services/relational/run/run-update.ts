import type { RelationalResult } from '../../../../engine/api/relational-client.ts';
import { sql, type Sql } from '../../../../engine/core/sql-text.ts';
import { requireColumn, sameColumnName, type Column, type Table } from '../catalog/catalog.ts';
import { compileExpression } from '../compile/compile-expression.ts';
import { naturalOrder, scopeTable } from '../compile/compile-from.ts';
import { limitSql, orderBySql, orderSql } from '../compile/compile-order.ts';
import type { Compiled } from '../compile/compiled.ts';
import { conditionSql, convertTo } from '../compile/convert.ts';
import { emptyScope, type Context, type Scope } from '../compile/scope.ts';
import type { Expression } from '../syntax/expression.ts';
import { readerOf } from '../syntax/grammar.ts';
import type { Delete, Update } from '../syntax/statement.ts';
import { changedRow } from './changed-row.ts';
import { writeCounter, writeRemoval } from './removed-rows.ts';
import type { StatementRun } from './statement-run.ts';
import type { StoredRow } from './stored-form.ts';
import { rowsWithValues } from './stored-rows.ts';
import { loadKeys } from './unique-keys.ts';

export function runUpdate(statement: Update, run: StatementRun): Promise<RelationalResult> {
  return run.transaction.writing(async () => {
    const table = run.changedTable(statement.table);
    const context = run.context(true);
    const alias = context.nextAlias();
    const scope = tableScope(table, statement.alias, alias, 'SET');
    const { columns, values } = compileAssignments(statement, table, scope, context);
    const found = await rowsWithValues(table, alias, values, tailSql(statement, table, scope, alias, context), run);
    const pairs: { readonly old: StoredRow; readonly updated: StoredRow }[] = [];
    for (const [index, { row, values: sources }] of found.entries()) {
      const changes = columns.map((column, i) => ({
        column,
        source: sources[i] ?? { value: null, type: column.type },
      }));
      const updated = await changedRow(table, row, changes, index + 1, run, statement.isIgnore);
      if (updated !== undefined) pairs.push({ old: row, updated });
    }
    await checkKeys(table, pairs, run);
    replaceRows(
      table,
      pairs.map(({ updated }) => updated),
      run,
    );
    return run.done(
      pairs.length,
      `Rows matched: ${found.length}  Changed: ${pairs.length}  Warnings: ${run.warnings.length}`,
    );
  });
}

const tableScope = (table: Table, name: string | undefined, alias: Sql, clause: string): Scope => ({
  ...emptyScope(clause),
  tables: [scopeTable(table, name ?? table.name, alias)],
});

/** From left to right: an assignment sees the values of those before it, as in MariaDB and unlike standard SQL. */
function compileAssignments(
  statement: Update,
  table: Table,
  start: Scope,
  context: Context,
): { readonly columns: readonly Column[]; readonly values: readonly Compiled[] } {
  let scope = start;
  const columns: Column[] = [];
  const values: Compiled[] = [];
  for (const { column: name, value } of statement.assignments) {
    const column = requireColumn(table, name, 'SET');
    const isDefault = value.kind === 'default' && value.column === undefined;
    const result = compileExpression(isDefault ? defaultExpression(column) : value, scope, context);
    columns.push(column);
    values.push(result);
    scope = {
      ...scope,
      tables: scope.tables.map((each) => ({
        ...each,
        columns: each.columns.map((other) =>
          sameColumnName(other.name, column.name) ? { ...other, value: convertTo(result, column.type) } : other,
        ),
      })),
    };
  }
  return { columns, values };
}

function defaultExpression(column: Column): Expression {
  const value = column.default;
  if (value?.kind === 'expression') return readerOf(value.text).expression();
  return value === undefined || value.value === null ? { kind: 'null' } : { kind: 'string', text: value.value };
}

/** WHERE, ORDER BY and LIMIT; without an order of its own the statement takes the rows in theirs. */
function tailSql(statement: Update | Delete, table: Table, scope: Scope, alias: Sql, context: Context): Sql {
  const where =
    statement.where === undefined
      ? sql``
      : sql` WHERE ${conditionSql(compileExpression(statement.where, { ...scope, clause: 'WHERE' }, context))}`;
  const order = statement.orderBy.map((key) =>
    orderSql(key, (each) => compileExpression(each, { ...scope, clause: 'ORDER BY' }, context)),
  );
  const keys = order.length > 0 ? order : naturalOrder(table, alias);
  return sql`${where}${orderBySql(keys)}${limitSql(statement.limit, context)}`;
}

async function checkKeys(
  table: Table,
  pairs: readonly { readonly old: StoredRow; readonly updated: StoredRow }[],
  run: StatementRun,
): Promise<void> {
  const keys = await loadKeys(
    table,
    pairs.map(({ updated }) => updated),
    run.transaction,
  );
  for (const key of keys) {
    for (const { old, updated } of pairs) {
      key.remove(old);
      if (key.rival(updated) !== undefined) throw key.duplicate(updated);
      key.add(updated);
    }
  }
}

function replaceRows(table: Table, rows: readonly StoredRow[], run: StatementRun): void {
  if (rows.length === 0) return;
  const numbers = rows.map(({ number }) => number);
  writeRemoval(table, numbers, run);
  run.transaction.write({ kind: 'append', table, rows });
}

export function runDelete(statement: Delete, run: StatementRun): Promise<RelationalResult> {
  return run.transaction.writing(async () => {
    const table = run.changedTable(statement.table);
    const context = run.context(true);
    const alias = context.nextAlias();
    const scope = tableScope(table, statement.alias, alias, 'WHERE');
    const tail = tailSql(statement, table, scope, alias, context);
    const found = await rowsWithValues(table, alias, [], tail, run);
    const rows = found.map(({ row }) => row);
    writeRemoval(
      table,
      rows.map(({ number }) => number),
      run,
    );
    await writeCounter(table, rows, run);
    return run.done(rows.length);
  });
}
