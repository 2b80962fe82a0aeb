import { longType, type DataType } from '../../../../engine/core/data-type.ts';
import type { RelationalValue } from '../../../../engine/api/relational-client.ts';
import type { Row, SparkValue } from '../../../../engine/core/spark-value.ts';
import { sql, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import type { Table } from '../catalog/catalog.ts';
import type { SqlType } from '../catalog/sql-type.ts';
import { rowNumberName, storedColumnName, storedTableName } from '../compile/compile-from.ts';
import { valueSql, type Compiled } from '../compile/compiled.ts';
import { resultForm } from './read-rows.ts';
import type { StatementRun } from './statement-run.ts';
import { storedDataType, type StoredRow } from './stored-form.ts';

/** A value in the form of the port, and the type it came with. */
export type SourceValue = { readonly value: RelationalValue; readonly type: SqlType };

/** All rows of a table, in their order. */
export async function storedRows(table: Table, run: StatementRun, where: Sql = sql``): Promise<StoredRow[]> {
  const names = sqlJoin([rowNumberName, ...table.columns.map(storedColumnName)], ', ');
  const text = sql`SELECT ${names} FROM ${storedTableName(table)}${where} ORDER BY ${rowNumberName}`;
  const rows = await run.transaction.rows(text, [longType, ...storedTypes(table)]);
  return rows.map((row) => storedRow(row));
}

const storedTypes = (table: Table): readonly DataType[] => table.columns.map((column) => storedDataType(column.type));

const storedRow = (row: readonly SparkValue[]): StoredRow => ({
  number: row[0] as bigint,
  values: row.slice(1),
});

/** Rows of a table with some computed values beside each. `tail`: WHERE, ORDER BY and LIMIT. */
export async function rowsWithValues(
  table: Table,
  alias: Sql,
  values: readonly Compiled[],
  tail: Sql,
  run: StatementRun,
): Promise<readonly { readonly row: StoredRow; readonly values: readonly SourceValue[] }[]> {
  const stored = [rowNumberName, ...table.columns.map(storedColumnName)].map((name) => sql`${alias}.${name}`);
  const list = sqlJoin([...stored, ...values.map(readSql)], ', ');
  const text = sql`SELECT ${list} FROM ${storedTableName(table)} AS ${alias}${tail}`;
  const types = [longType, ...storedTypes(table), ...values.map(({ type }) => resultForm(type).type)];
  const rows = await run.transaction.rows(text, types);
  const width = table.columns.length + 1;
  return rows.map((row) => ({ row: storedRow(row.slice(0, width)), values: readValues(row.slice(width), values) }));
}

/** Values of expressions that need no stored table; `from` gives the one row they may use. */
export async function computedValues(
  values: readonly Compiled[],
  run: StatementRun,
  from: Sql = sql``,
): Promise<readonly SourceValue[]> {
  if (values.length === 0) return [];
  const text = sql`SELECT ${sqlJoin(values.map(readSql), ', ')}${from}`;
  const [row = []] = await run.transaction.rows(
    text,
    values.map(({ type }) => resultForm(type).type),
  );
  return readValues(row, values);
}

const readSql = (value: Compiled): Sql => resultForm(value.type).sql({ ...value, sql: valueSql(value) });

const readValues = (cells: Row, values: readonly Compiled[]): readonly SourceValue[] =>
  values.map(({ type }, i) => {
    const cell = cells[i] ?? null;
    const { read } = resultForm(type);
    return { type, value: cell === null ? null : read === undefined ? (cell as RelationalValue) : read(cell, type) };
  });
