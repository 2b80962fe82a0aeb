import { sql, sqlInteger, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import {
  databaseOf,
  informationSchema,
  keyColumns,
  primaryKey,
  requireTable,
  type Column,
  type Table,
} from '../catalog/catalog.ts';
import { duplicateColumn, sameTableTwice } from '../relational-errors.ts';
import type { CommonTable, TableReference } from '../syntax/query.ts';
import { compileComparison, sortSql } from './compile-comparison.ts';
import { compiled, type Compiled } from './compiled.ts';
import { conditionSql } from './convert.ts';
import { orderBySql } from './compile-order.ts';
import { informationTable } from './information-schema.ts';
import { outputs } from './output-columns.ts';
import {
  emptyScope,
  findInScope,
  unknownInScope,
  type CompiledQuery,
  type Context,
  type Scope,
  type ScopeColumn,
  type ScopeTable,
} from './scope.ts';

export type CompiledFrom = {
  readonly sql: Sql;
  readonly tables: readonly ScopeTable[];
  /** By what InnoDB would answer the rows in order; empty where nothing is known. */
  readonly naturalOrder: readonly Sql[];
  /** The same in that order, for groups that show a column of their first row. */
  readonly orderedSql: Sql;
};

export function compileFrom(reference: TableReference, context: Context, parent?: Scope): CompiledFrom {
  switch (reference.kind) {
    case 'table':
      return compileTable(reference, context, parent);
    case 'derived':
      return namedQuery(context.compiler.query(reference.query, context, parent), reference.alias, context, []);
    case 'join':
      return compileJoin(reference, context, parent);
  }
}

export const storedTableName = (table: Table): Sql => sql`t${sqlInteger(table.id)}`;
export const storedColumnName = (column: Column): Sql => sql`c${sqlInteger(column.id)}`;
/** Every stored row has a number of its own, as InnoDB's rows without a primary key: rows keep it when they are updated. */
export const rowNumberName: Sql = sql`o`;

/** A stored column as an expression. */
function storedColumn(column: Column, alias: Sql): Compiled {
  const name = sql`${alias}.${storedColumnName(column)}`;
  return compiled(name, column.type, column.isNullable, {
    isAutoIncrement: column.isAutoIncrement,
    isBinary: column.isJson,
  });
}

export function naturalOrder(table: Table, alias: Sql): readonly Sql[] {
  const key = primaryKey(table);
  const columns = key === undefined ? [] : keyColumns(table, key);
  return columns.length === 0
    ? [sql`${alias}.${rowNumberName}`]
    : columns.map((column) => sortSql(storedColumn(column, alias)));
}

export function scopeTable(table: Table, name: string, alias: Sql): ScopeTable {
  return {
    database: table.database,
    alias: name,
    columns: table.columns.map((column) => ({
      name: column.name,
      value: storedColumn(column, alias),
      isHidden: false,
    })),
  };
}

function compileTable(
  reference: Extract<TableReference, { kind: 'table' }>,
  context: Context,
  parent?: Scope,
): CompiledFrom {
  const { table: name, alias: shownName = name.name } = reference;
  const common = name.database === undefined ? parent?.commonTables.find((each) => each.name === name.name) : undefined;
  if (common !== undefined) return compileCommonTable(common, shownName, context, parent);
  const database = databaseOf(name, context.session.database);
  if (database.toLowerCase() === informationSchema) {
    return namedQuery(informationTable(name.name, context), shownName, context, []);
  }
  const table = requireTable(context.catalog, name, context.session.database);
  const alias = context.nextAlias();
  const from = sql`${storedTableName(table)} AS ${alias}`;
  const order = naturalOrder(table, alias);
  return {
    sql: from,
    tables: [scopeTable(table, shownName, alias)],
    naturalOrder: order,
    orderedSql: sql`(SELECT * FROM ${from}${orderBySql(order)}) AS ${alias}`,
  };
}

/** A common table sees only those before it. */
function compileCommonTable(common: CommonTable, alias: string, context: Context, parent?: Scope): CompiledFrom {
  const earlier = parent?.commonTables.slice(0, parent.commonTables.indexOf(common)) ?? [];
  const scope: Scope = { ...(parent ?? emptyScope('WITH')), commonTables: earlier };
  return namedQuery(context.compiler.query(common.query, context, scope), alias, context, common.columns);
}

function namedQuery(query: CompiledQuery, alias: string, context: Context, names: readonly string[]): CompiledFrom {
  const sqlAlias = context.nextAlias();
  const text = sql`(${query.sql}) AS ${sqlAlias}`;
  const seen = new Set<string>();
  const columns = outputs(query.columns, sqlAlias).map((value, i): ScopeColumn => {
    const name = names[i] ?? query.columns[i]?.name ?? '';
    if (seen.has(name.toLowerCase())) throw duplicateColumn(name);
    seen.add(name.toLowerCase());
    return { name, value, isHidden: false };
  });
  return {
    sql: text,
    orderedSql: text,
    tables: [{ database: undefined, alias, columns }],
    // DuckDB keeps the order in which an inner query answers.
    naturalOrder: [],
  };
}

function compileJoin(
  reference: Extract<TableReference, { kind: 'join' }>,
  context: Context,
  parent?: Scope,
): CompiledFrom {
  const left = compileFrom(reference.left, context, parent);
  const right = compileFrom(reference.right, context, parent);
  const twin = right.tables.find((table) =>
    left.tables.some((other) => other.alias === table.alias && other.database === table.database),
  );
  if (twin !== undefined) throw sameTableTwice(twin.alias);
  const shared = reference.isNatural ? sharedColumns(left, right) : reference.using;
  const tables = [
    ...(reference.type === 'RIGHT' ? left.tables.map(nullable) : left.tables),
    ...(reference.type === 'LEFT' ? right.tables.map(nullable) : right.tables).map((table) => hide(table, shared)),
  ];
  const condition = joinCondition(reference, left, right, shared, context, parent);
  const word = condition === undefined ? sql`CROSS JOIN` : joinWords[reference.type];
  const on = condition === undefined ? sql`` : sql` ON ${condition}`;
  const sides = reference.type === 'RIGHT' ? [right, left] : [left, right];
  const isKnown = sides.every(({ naturalOrder: order }) => order.length > 0);
  const text = sql`${left.sql} ${word} ${right.sql}${on}`;
  return {
    sql: text,
    orderedSql: text,
    tables,
    naturalOrder: isKnown ? sides.flatMap(({ naturalOrder: order }) => order) : [],
  };
}

const joinWords = { INNER: sql`JOIN`, LEFT: sql`LEFT JOIN`, RIGHT: sql`RIGHT JOIN` } as const;

function joinCondition(
  reference: Extract<TableReference, { kind: 'join' }>,
  left: CompiledFrom,
  right: CompiledFrom,
  shared: readonly string[],
  context: Context,
  parent?: Scope,
): Sql | undefined {
  const tables = [...left.tables, ...right.tables];
  if (reference.on !== undefined) {
    return conditionSql(context.compiler.expression(reference.on, { ...emptyScope('ON', parent), tables }, context));
  }
  const equalities = shared.map((name) => {
    const [one, two] = [left, right].map((side) => usingColumn(name, side));
    if (one === undefined || two === undefined) throw new Error('USING names a column of each side');
    return compileComparison('=', one, two).sql;
  });
  return equalities.length === 0 ? undefined : sqlJoin(equalities, ' AND ');
}

function usingColumn(name: string, side: CompiledFrom): Compiled {
  const scope = { ...emptyScope('FROM'), tables: side.tables };
  const column = { kind: 'column', database: undefined, table: undefined, name } as const;
  const found = findInScope(column, scope);
  if (found === undefined) throw unknownInScope(column, scope);
  return found.column.value;
}

const sharedColumns = (left: CompiledFrom, right: CompiledFrom): readonly string[] => {
  const names = new Set(left.tables.flatMap((table) => table.columns.map((column) => column.name.toLowerCase())));
  return right.tables
    .flatMap((table) => table.columns.map((column) => column.name))
    .filter((name) => names.has(name.toLowerCase()));
};

const nullable = (table: ScopeTable): ScopeTable => ({
  ...table,
  columns: table.columns.map((column) => ({ ...column, value: { ...column.value, isNullable: true } })),
});

const hide = (table: ScopeTable, names: readonly string[]): ScopeTable => ({
  ...table,
  columns: table.columns.map((column) =>
    names.some((name) => name.toLowerCase() === column.name.toLowerCase()) ? { ...column, isHidden: true } : column,
  ),
});
