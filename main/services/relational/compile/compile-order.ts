import { sql, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import type { Expression } from '../syntax/expression.ts';
import type { Limit, OrderKey } from '../syntax/query.ts';
import { sortSql } from './compile-comparison.ts';
import type { Compiled } from './compiled.ts';
import { integerArgument } from './convert.ts';
import { emptyScope, type Context } from './scope.ts';

export function orderSql(key: OrderKey, compile: (key: Expression) => Compiled): Sql {
  const value = sortSql(compile(key.key));
  return key.isDescending ? sql`${value} DESC` : value;
}

export const orderBySql = (keys: readonly Sql[]): Sql =>
  keys.length === 0 ? sql`` : sql` ORDER BY ${sqlJoin(keys, ', ')}`;

export function limitSql(limit: Limit | undefined, context: Context): Sql {
  if (limit === undefined) return sql``;
  const number = (value: Expression): Sql =>
    integerArgument(context.compiler.expression(value, emptyScope('LIMIT'), context));
  const offset = limit.offset === undefined ? sql`` : sql` OFFSET ${number(limit.offset)}`;
  return sql` LIMIT ${number(limit.count)}${offset}`;
}
