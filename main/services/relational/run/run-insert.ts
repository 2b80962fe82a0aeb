import { RelationalError, type RelationalResult } from '../../../../engine/api/relational-client.ts';
import { requireColumn, type Column, type Table } from '../catalog/catalog.ts';
import { compileExpression } from '../compile/compile-expression.ts';
import { compileLiteral } from '../compile/compile-literal.ts';
import { compileQuery } from '../compile/compile-query.ts';
import type { Compiled } from '../compile/compiled.ts';
import { emptyScope } from '../compile/scope.ts';
import { columnTwice, wrongValueCount } from '../relational-errors.ts';
import { literalOf, type Expression, type Literal } from '../syntax/expression.ts';
import type { Insert } from '../syntax/statement.ts';
import { ColumnCells } from './column-cells.ts';
import { InsertedRows, type Refusal } from './inserted-rows.ts';
import type { StatementRun } from './statement-run.ts';
import { computedValues, type SourceValue } from './stored-rows.ts';
import type { StoredValue } from './stored-form.ts';

/** A value of the source; undefined for DEFAULT. */
type Given = SourceValue | undefined;

/** INSERT and REPLACE. */
export function runInsert(statement: Insert, run: StatementRun): Promise<RelationalResult> {
  return run.transaction.writing(async () => {
    const table = run.changedTable(statement.table);
    const columns = targetColumns(statement, table);
    const given = await sourceRows(statement, columns, run);
    const inserted = new InsertedRows(statement, table, run);
    const cells = new ColumnCells(table, run, statement.isIgnore);
    const rows: StoredValue[][] = [];
    for (const [index, values] of given.entries()) rows.push(await cellsOf(values, columns, table, cells, index + 1));
    const affected = await inserted.add(rows);
    const isMany = statement.source.kind === 'query' || given.length > 1;
    return run.done(affected, isMany ? inserted.info(given.length) : '', inserted.insertId);
  });
}

/** The rows of a batch given as values alone, each its own statement: those that are refused leave the others alone. Throws the last refusal's error. */
export async function insertBatch(
  statement: Insert,
  batch: readonly (readonly Given[])[],
  run: StatementRun,
): Promise<number> {
  const { affected, error } = await run.transaction.writing(async () => {
    const table = run.changedTable(statement.table);
    const columns = targetColumns(statement, table);
    const inserted = new InsertedRows(statement, table, run);
    const cells = new ColumnCells(table, run, statement.isIgnore);
    const rows: { readonly place: number; readonly values: StoredValue[] }[] = [];
    let refused: Refusal | undefined;
    for (const [place, values] of batch.entries()) {
      try {
        rows.push({ place, values: await cellsOf(values, columns, table, cells, 1) });
      } catch (error) {
        if (!(error instanceof RelationalError)) throw error;
        refused = { place, error };
      }
    }
    const added = await inserted.addEach(rows.map(({ values }) => values));
    const place = rows[added.refused?.place ?? -1]?.place ?? -1;
    return { affected: added.affected, error: place > (refused?.place ?? -1) ? added.refused?.error : refused?.error };
  });
  if (error !== undefined) throw error;
  return affected;
}

function targetColumns(statement: Insert, table: Table): readonly Column[] {
  if (statement.columns === undefined) return table.columns;
  const columns = statement.columns.map((name) => requireColumn(table, name, 'INSERT INTO'));
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) throw columnTwice(twice.name);
  // `INSERT INTO t () VALUES ()` gives no column anything.
  return columns;
}

async function cellsOf(
  values: readonly Given[],
  columns: readonly Column[],
  table: Table,
  cells: ColumnCells,
  row: number,
): Promise<StoredValue[]> {
  const result: StoredValue[] = [];
  for (const column of table.columns) {
    const index = columns.indexOf(column);
    const value = index < 0 ? undefined : values[index];
    result.push(value === undefined ? await cells.defaultCell(column, row) : cells.fit(value, column, row));
  }
  return result;
}

async function sourceRows(
  statement: Insert,
  columns: readonly Column[],
  run: StatementRun,
): Promise<readonly (readonly Given[])[]> {
  const { source } = statement;
  if (source.kind === 'query') {
    const query = compileQuery(source.query, run.context(true));
    if (query.columns.length !== columns.length) throw wrongValueCount(1);
    const types = query.columns.map(({ type }) => type);
    const rows = await run.rowsOf(query);
    return rows.map((row) => types.map((type, i) => ({ type, value: row[i] ?? null })));
  }
  source.rows.forEach((row, i) => {
    const isEmpty = row.length === 0 && (statement.columns === undefined || statement.columns.length === 0);
    if (row.length !== columns.length && !isEmpty) throw wrongValueCount(i + 1);
  });
  return expressionRows(source.rows, run);
}

/** Constants are taken as they are; all else is computed by DuckDB, at once. */
async function expressionRows(
  rows: readonly (readonly Expression[])[],
  run: StatementRun,
): Promise<readonly (readonly Given[])[]> {
  const computed: Compiled[] = [];
  const given = rows.map((row) =>
    row.map((expression): Given | number => {
      if (expression.kind === 'default' && expression.column === undefined) return undefined;
      const constant = constantOf(expression, run.values);
      if (constant !== undefined) return constant;
      computed.push(compileExpression(expression, emptyScope('VALUES'), run.context(true)));
      return computed.length - 1;
    }),
  );
  const values = await computedValues(computed, run);
  return given.map((row) => row.map((value) => (typeof value === 'number' ? values[value] : value)));
}

/** The value of a constant or of a `?`; undefined for what must be computed. */
export function constantOf(expression: Expression, values: StatementRun['values']): SourceValue | undefined {
  switch (expression.kind) {
    case 'parameter': {
      const value = values[expression.index] ?? null;
      return { value, type: compileLiteral(literalOf(value)).type };
    }
    case 'null':
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'double':
    case 'string':
    case 'bytes':
      return { value: literalValue(expression), type: compileLiteral(expression).type };
    default:
      return undefined;
  }
}

function literalValue(literal: Literal): SourceValue['value'] {
  switch (literal.kind) {
    case 'null':
      return null;
    case 'boolean':
      return literal.value ? 1 : 0;
    case 'integer':
      return BigInt(literal.text);
    case 'double':
      return Number(literal.text);
    case 'bytes':
      return literal.bytes;
    default:
      return literal.text;
  }
}
