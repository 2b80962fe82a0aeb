import type { StateColumn } from '../compile/compiled-step.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';

/**
 * Equality of two rows' keys, NULL equal to NULL. `exact` columns are never NULL and compare with `=`: DuckDB then filters the state scan by the batch's range,
 * which null-safe comparison does not allow.
 */
export function keyMatch(left: Sql, right: Sql, keys: readonly StateColumn[], exact: readonly Sql[] = []): Sql {
  if (keys.length === 0) return sql`true`;
  return sqlJoin(
    keys.map(({ name }) =>
      exact.includes(name)
        ? sql`${left}.${name} = ${right}.${name}`
        : sql`${left}.${name} IS NOT DISTINCT FROM ${right}.${name}`,
    ),
    ' AND ',
  );
}

export const columnList = (columns: readonly StateColumn[], alias?: Sql): Sql =>
  sqlJoin(
    columns.map(({ name }) => (alias === undefined ? name : sql`${alias}.${name}`)),
    ', ',
  );

export const columnDefinitions = (columns: readonly StateColumn[]): readonly Sql[] =>
  columns.map((column) => sql`${column.name} ${column.storage}`);
