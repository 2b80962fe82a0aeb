import type { RelationalValue } from '../../../../engine/api/relational-client.ts';
import { sql, sqlJoin } from '../../../../engine/core/sql-text.ts';
import { datetimeType, varcharType, wideInteger, type SqlType } from '../catalog/sql-type.ts';
import { literalOf } from '../syntax/expression.ts';
import { compileLiteral } from './compile-literal.ts';
import { carrierSql } from './compiled.ts';
import { convertTo } from './convert.ts';
import { outputName } from './output-columns.ts';
import type { CompiledQuery } from './scope.ts';

export type InlineColumn = { readonly name: string; readonly type: SqlType; readonly isNullable: boolean };

export const textColumn = (name: string, length: number, isNullable = false): InlineColumn => ({
  name,
  type: varcharType(length),
  isNullable,
});
export const numberColumn = (name: string, isNullable = true, unsigned = true): InlineColumn => ({
  name,
  type: wideInteger('bigint', 21, unsigned),
  isNullable,
});
export const momentColumn = (name: string): InlineColumn => ({ name, type: datetimeType(0), isNullable: true });

/** Rows that the catalogue knows, as a query: what SHOW answers and what information_schema holds. */
export function inlineTable(
  columns: readonly InlineColumn[],
  rows: readonly (readonly RelationalValue[])[],
): CompiledQuery {
  const values = (row: readonly RelationalValue[]) =>
    sqlJoin(
      columns.map(({ type }, i) => {
        const value = row[i] ?? null;
        return sql`CAST(${value === null ? sql`NULL` : convertTo(compileLiteral(literalOf(value)), type).sql} AS ${carrierSql(type)}) AS ${outputName(i)}`;
      }),
      ', ',
    );
  const blank = values(columns.map(() => null));
  const text =
    rows.length === 0
      ? sql`SELECT ${blank} WHERE FALSE`
      : sqlJoin(
          rows.map((row) => sql`SELECT ${values(row)}`),
          ' UNION ALL ',
        );
  return { sql: text, columns: columns.map((column) => ({ ...column, isAutoIncrement: false })) };
}
