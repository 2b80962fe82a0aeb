import { sql } from '../../../../engine/core/sql-text.ts';
import type { ColumnName } from '../syntax/expression.ts';
import type { Compiled } from './compiled.ts';
import { findInScope, unknownInScope, type Context, type Scope } from './scope.ts';

/** A column of the tables in scope, or the expression of the SELECT that an alias names. */
export function compileColumn(name: ColumnName, scope: Scope, context: Context): Compiled {
  const aliased = name.table === undefined ? scope.aliases.get(name.name.toLowerCase()) : undefined;
  const compileAlias = (): Compiled | undefined =>
    aliased && context.compiler.expression(aliased, { ...scope, aliases: new Map() }, context);
  if (scope.prefersAliases && aliased !== undefined && scope.mode !== 'aggregate') return compileAlias() as Compiled;
  const found = findInScope(name, scope);
  if (found === undefined) {
    const result = compileAlias();
    if (result === undefined) throw unknownInScope(name, scope);
    return result;
  }
  const { value } = found.column;
  // A column outside an aggregate is that of the group's first row: MariaDB's default mode allows it.
  return found.scope.mode === 'group' ? { ...value, sql: sql`first(${value.sql})` } : value;
}
