import type { Connection } from '../../../../engine/duckdb/connection.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import { longType } from '../../../../engine/core/data-type.ts';
import type { Catalog, Table } from '../catalog/catalog.ts';
import { rowNumberName, storedColumnName, storedTableName } from '../compile/compile-from.ts';
import { catalogStatements, counterStatement } from './catalog-storage.ts';
import { appendedDataType, appendedValue, storedLiteral, storedTypeSql, type StoredRow } from './stored-form.ts';

/** One change of what DuckDB holds. Data only, so that a transaction can be repeated after DuckDB had to abort it. */
export type WriteOperation =
  | { readonly kind: 'append'; readonly table: Table; readonly rows: readonly StoredRow[] }
  | { readonly kind: 'delete'; readonly table: Table; readonly numbers: readonly bigint[] }
  | { readonly kind: 'counter'; readonly table: Table; readonly next: bigint }
  | { readonly kind: 'create'; readonly table: Table }
  | { readonly kind: 'drop'; readonly table: Table }
  | { readonly kind: 'catalog'; readonly catalog: Catalog };

/** Up to here one INSERT text is quicker than an appender. */
const appenderFrom = 16;

/** Writes in the transaction that is open, or `asTransaction` of their own: then as one text where that can be, which saves round trips. */
export async function applyOperations(
  connection: Connection,
  operations: readonly WriteOperation[],
  asTransaction: boolean,
): Promise<void> {
  const isText = operations.every((operation) => operation.kind !== 'append' || operation.rows.length < appenderFrom);
  if (isText) {
    const text = sqlJoin(operations.map(operationSql), '; ');
    await connection.run(asTransaction ? sql`BEGIN TRANSACTION; ${text}; COMMIT` : text);
    return;
  }
  if (asTransaction) connection.begin();
  for (const operation of operations) {
    const isBlock = operation.kind === 'append' && operation.rows.length >= appenderFrom;
    if (isBlock) await appendRows(connection, operation.table, operation.rows);
    else await connection.run(operationSql(operation));
  }
  if (asTransaction) await connection.commit();
}

function operationSql(operation: WriteOperation): Sql {
  switch (operation.kind) {
    case 'append':
      return insertSql(operation.table, operation.rows);
    case 'delete':
      return deleteSql(operation.table, operation.numbers);
    case 'counter':
      return counterStatement(operation.table, operation.next);
    case 'create':
      return createSql(operation.table);
    case 'drop':
      return sql`DROP TABLE ${storedTableName(operation.table)}`;
    case 'catalog':
      return catalogStatements(operation.catalog);
  }
}

/** UPDATE is a DELETE and an INSERT: DuckDB must not update columns of 128 bits in place. */
function deleteSql(table: Table, numbers: readonly bigint[]): Sql {
  const list = sqlJoin(
    numbers.map((number) => sqlInteger(number)),
    ', ',
  );
  return sql`DELETE FROM ${storedTableName(table)} WHERE ${rowNumberName} IN (${list})`;
}

function insertSql(table: Table, rows: readonly StoredRow[]): Sql {
  const names = sqlJoin([rowNumberName, ...table.columns.map(storedColumnName)], ', ');
  const values = rows.map(({ number, values: cells }) => {
    const literals = table.columns.map((column, i) => storedLiteral(cells[i] ?? null, column));
    return sql`(${sqlJoin([sqlInteger(number), ...literals], ', ')})`;
  });
  return sql`INSERT INTO ${storedTableName(table)} (${names}) VALUES ${sqlJoin(values, ', ')}`;
}

function createSql(table: Table): Sql {
  const columns = table.columns.map((column) => sql`${storedColumnName(column)} ${storedTypeSql(column)}`);
  return sql`CREATE TABLE ${storedTableName(table)} (${sqlJoin([sql`${rowNumberName} BIGINT`, ...columns], ', ')})`;
}

/** DuckDB's table has its columns in the order of the catalogue: every change of that order makes a new table. */
async function appendRows(connection: Connection, table: Table, rows: readonly StoredRow[]): Promise<void> {
  const types = [longType, ...table.columns.map((column) => appendedDataType(column.type))];
  const block = rows.map(({ number, values }) => [
    number,
    ...table.columns.map((column, i) => appendedValue(values[i] ?? null, column.type)),
  ]);
  await connection.appendRows(storedTableName(table), types, [block]);
}
