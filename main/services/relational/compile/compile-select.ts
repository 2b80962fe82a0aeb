import { sql, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import { noTablesUsed, unknownColumn, unknownTable } from '../relational-errors.ts';
import type { Expression } from '../syntax/expression.ts';
import type { Select, SelectItem } from '../syntax/query.ts';
import { groupSql } from './compile-comparison.ts';
import { compileFrom, type CompiledFrom } from './compile-from.ts';
import { limitSql, orderBySql, orderSql } from './compile-order.ts';
import { outputName, outputs } from './output-columns.ts';
import { shownSql, type Compiled } from './compiled.ts';
import { conditionSql } from './convert.ts';
import { hasAggregate, hasBareColumn } from './expression-children.ts';
import {
  emptyScope,
  type CompiledQuery,
  type Context,
  type OutputColumn,
  type Scope,
  type ScopeColumn,
} from './scope.ts';

type Item = { readonly name: string; readonly value: Compiled };

export function compileSelect(select: Select, context: Context, parent?: Scope): CompiledQuery {
  const from = select.from && compileFrom(select.from, context, parent);
  const base: Scope = { ...emptyScope('SELECT', parent), tables: from?.tables ?? [] };
  const where =
    select.where && conditionSql(context.compiler.expression(select.where, { ...base, clause: 'WHERE' }, context));
  const aliases = aliasesOf(select);
  const groupKeys = select.groupBy.map((key) => groupSql(compileGroupKey(key, select, { ...base, aliases }, context)));
  const isGrouped = isGroupedSelect(select);
  const scope: Scope = { ...base, mode: isGrouped ? 'group' : 'row' };
  const items = select.items.flatMap((item) => compileItem(item, scope, context, from));
  const having = select.having && compileHaving(select.having, { ...scope, aliases }, context);
  const order = select.orderBy.map((key) =>
    orderSql(key, (each) =>
      compileOrderKey(each, items, { ...scope, clause: 'ORDER BY', aliases, prefersAliases: true }, context),
    ),
  );
  const clauses = {
    from: fromSql(from, select, isGrouped),
    where: whereSql(where, isGrouped ? undefined : having),
    groupBy: groupKeys.length === 0 ? sql`` : sql` GROUP BY ${sqlJoin(groupKeys, ', ')}`,
    having: having === undefined || !isGrouped ? sql`` : sql` HAVING ${having}`,
  };
  const body = sql`${clauses.from}${clauses.where}${clauses.groupBy}${clauses.having}`;
  const keys = order.length > 0 ? order : usualOrder(groupKeys, isGrouped, from);
  const columns = items.map(outputOf);
  const limit = limitSql(select.limit, context);
  const list = sqlJoin(
    items.map(({ value }, i) => sql`${shownSql(value)} AS ${outputName(i)}`),
    ', ',
  );
  if (!select.isDistinct) return { sql: sql`SELECT ${list}${body}${orderBySql(keys)}${limit}`, columns };
  return { sql: distinctSql(list, body, keys, columns, limit, context), columns };
}

/** Sorting is only worth its time where a group shows something of its first row. */
function fromSql(from: CompiledFrom | undefined, select: Select, isGrouped: boolean): Sql {
  if (from === undefined) return sql``;
  const showsFirst = select.items.some((item) => item.kind === 'star' || hasBareColumn(item.value));
  return sql` FROM ${isGrouped && showsFirst ? from.orderedSql : from.sql}`;
}

const outputOf = ({ name, value }: Item): OutputColumn => ({
  name,
  type: value.type,
  isNullable: value.isNullable,
  isAutoIncrement: value.isAutoIncrement,
});

/** HAVING without groups filters rows, after WHERE. */
function whereSql(where: Sql | undefined, having: Sql | undefined): Sql {
  const parts = [where, having].filter((part) => part !== undefined);
  return parts.length === 0 ? sql`` : sql` WHERE ${sqlJoin(parts, ' AND ')}`;
}

/** Without ORDER BY InnoDB answers in the order of the primary key, and groups in that of their keys; learners see that order. */
function usualOrder(groupKeys: readonly Sql[], isGrouped: boolean, from: CompiledFrom | undefined): readonly Sql[] {
  return isGrouped ? groupKeys : (from?.naturalOrder ?? []);
}

/** The first row of those that are equal, rows in their order. */
function distinctSql(
  list: Sql,
  body: Sql,
  order: readonly Sql[],
  columns: readonly OutputColumn[],
  limit: Sql,
  context: Context,
): Sql {
  const alias = context.nextAlias();
  const number = order.length === 0 ? sql`` : sql`, row_number() OVER (ORDER BY ${sqlJoin(order, ', ')}) AS n`;
  const keys = sqlJoin(outputs(columns, alias).map(groupSql), ', ');
  const names = sqlJoin(
    columns.map((_, i) => outputName(i)),
    ', ',
  );
  const ordered = order.length === 0 ? sql`` : sql` ORDER BY n`;
  const rows = sql`SELECT DISTINCT ON (${keys}) * FROM (SELECT ${list}${number}${body}) AS ${alias}${ordered}`;
  return sql`SELECT ${names} FROM (${rows})${ordered}${limit}`;
}

function aliasesOf(select: Select): ReadonlyMap<string, Expression> {
  const aliases = new Map<string, Expression>();
  for (const item of select.items) {
    if (item.kind === 'value' && item.hasAlias) aliases.set(item.label.toLowerCase(), item.value);
  }
  return aliases;
}

function isGroupedSelect(select: Select): boolean {
  const all = [
    ...select.items.flatMap((item) => (item.kind === 'value' ? [item.value] : [])),
    ...(select.having === undefined ? [] : [select.having]),
    ...select.orderBy.map(({ key }) => key),
  ];
  return select.groupBy.length > 0 || all.some(hasAggregate);
}

function compileGroupKey(key: Expression, select: Select, scope: Scope, context: Context): Compiled {
  const clause = { ...scope, clause: 'GROUP BY' };
  if (key.kind !== 'integer') return context.compiler.expression(key, clause, context);
  const item = select.items[Number(key.text) - 1];
  if (item?.kind !== 'value') throw unknownColumn(key.text, 'GROUP BY');
  return context.compiler.expression(item.value, clause, context);
}

function compileOrderKey(key: Expression, items: readonly Item[], scope: Scope, context: Context): Compiled {
  if (key.kind !== 'integer') return context.compiler.expression(key, scope, context);
  const item = items[Number(key.text) - 1];
  if (item === undefined) throw unknownColumn(key.text, 'ORDER BY');
  return item.value;
}

const compileHaving = (having: Expression, scope: Scope, context: Context): Sql =>
  conditionSql(context.compiler.expression(having, { ...scope, clause: 'HAVING', prefersAliases: true }, context));

function compileItem(item: SelectItem, scope: Scope, context: Context, from: CompiledFrom | undefined): Item[] {
  if (item.kind === 'value')
    return [{ name: item.label, value: context.compiler.expression(item.value, scope, context) }];
  if (from === undefined) throw noTablesUsed();
  const tables = from.tables.filter((table) => item.table === undefined || table.alias === item.table);
  if (tables.length === 0)
    throw unknownTable([context.session.database, item.table].filter((part) => part !== undefined).join('.'));
  const isShown = (column: ScopeColumn): boolean => !column.isHidden || item.table !== undefined;
  const shown = tables.flatMap((table) => table.columns.filter(isShown));
  const first = (value: Compiled): Compiled =>
    scope.mode === 'group' ? { ...value, sql: sql`first(${value.sql})` } : value;
  return shown.map((column) => ({ name: column.name, value: first(column.value) }));
}
