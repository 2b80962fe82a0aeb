import type { RelationalValue } from '../../../../engine/api/relational-client.ts';
import type { Sql } from '../../../../engine/core/sql-text.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { SqlType } from '../catalog/sql-type.ts';
import { ambiguousColumn, unknownColumn } from '../relational-errors.ts';
import type { ColumnName, Expression } from '../syntax/expression.ts';
import type { CommonTable, Query } from '../syntax/query.ts';
import type { Compiled } from './compiled.ts';

/** What an expression may ask of the connection it runs on. */
export type SessionView = {
  readonly database: string | undefined;
  readonly user: string;
  readonly connectionId: number;
  /** Connections open now. */
  readonly connections: number;
  readonly lastInsertId: bigint;
  readonly foundRows: number;
  readonly userVariables: ReadonlyMap<string, RelationalValue>;
  readonly systemVariable: (name: string) => string | number | undefined;
};

/** A query for DuckDB; its columns are called c0, c1, … there. */
export type CompiledQuery = { readonly sql: Sql; readonly columns: readonly OutputColumn[] };

/** The two rules that all others lead back to. */
export type Compiler = {
  /** Raises MariaDB's errors for unknown names and wrong arguments. */
  readonly expression: (expression: Expression, scope: Scope, context: Context) => Compiled;
  /** `parent`: the scope around a subquery, whose columns it may use. */
  readonly query: (query: Query, context: Context, parent?: Scope) => CompiledQuery;
};

export type Context = {
  readonly compiler: Compiler;
  readonly catalog: Catalog;
  readonly session: SessionView;
  readonly values: readonly RelationalValue[];
  /** The moment of the statement: wall time of the server, microseconds as if UTC. */
  readonly nowMicros: bigint;
  /** Rows are written: a division by zero is then an error. */
  readonly isWriting: boolean;
  /** Fresh names for tables, `s1`, `s2` … */
  readonly nextAlias: () => Sql;
};

export type ScopeColumn = {
  readonly name: string;
  readonly value: Compiled;
  /** The right-hand twin of a USING column: reached only with its table's name. */
  readonly isHidden: boolean;
};

export type ScopeTable = {
  readonly database: string | undefined;
  readonly alias: string;
  readonly columns: readonly ScopeColumn[];
};

/** `row`: columns are values of a row. `group`: of the first row of a group, and aggregates are allowed. */
export type ScopeMode = 'row' | 'group' | 'aggregate';

export type Scope = {
  readonly tables: readonly ScopeTable[];
  readonly parent: Scope | undefined;
  /** As error texts name it: `SELECT`, `WHERE`, `ORDER BY` … */
  readonly clause: string;
  readonly mode: ScopeMode;
  /** Labels of the SELECT that the clause may use. */
  readonly aliases: ReadonlyMap<string, Expression>;
  readonly prefersAliases: boolean;
  readonly commonTables: readonly CommonTable[];
  /** `VALUES(column)` of ON DUPLICATE KEY UPDATE, by lower-case name. */
  readonly inserted: ReadonlyMap<string, Compiled>;
};

export const emptyScope = (clause: string, parent?: Scope): Scope => ({
  tables: [],
  parent,
  clause,
  mode: 'row',
  aliases: new Map(),
  prefersAliases: false,
  commonTables: parent?.commonTables ?? [],
  inserted: new Map(),
});

export type FoundColumn = { readonly column: ScopeColumn; readonly scope: Scope };

/** The column that a name means, in the nearest scope that has one. */
export function findInScope(name: ColumnName, scope: Scope): FoundColumn | undefined {
  const matches = scope.tables
    .filter((table) => isTableMeant(table, name))
    .flatMap((table) => table.columns.filter((column) => isColumnMeant(column, name)));
  const [first, second] = matches;
  if (second !== undefined) throw ambiguousColumn(columnText(name), scope.clause);
  if (first !== undefined) return { column: first, scope };
  return scope.parent && findInScope(name, scope.parent);
}

export const unknownInScope = (name: ColumnName, scope: Scope): Error => unknownColumn(columnText(name), scope.clause);

const isTableMeant = (table: ScopeTable, name: ColumnName): boolean =>
  (name.table === undefined || table.alias === name.table) &&
  (name.database === undefined || table.database === name.database);

const isColumnMeant = (column: ScopeColumn, name: ColumnName): boolean =>
  column.name.toLowerCase() === name.name.toLowerCase() && !(column.isHidden && name.table === undefined);

const columnText = (name: ColumnName): string =>
  [name.database, name.table, name.name].filter((part) => part !== undefined).join('.');

export type OutputColumn = {
  readonly name: string;
  readonly type: SqlType;
  readonly isNullable: boolean;
  readonly isAutoIncrement: boolean;
};
