import { sql, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import { differentColumnCounts, unknownColumn } from '../relational-errors.ts';
import type { Expression } from '../syntax/expression.ts';
import type { Query, SetOperation } from '../syntax/query.ts';
import { groupSql } from './compile-comparison.ts';
import { limitSql, orderBySql, orderSql } from './compile-order.ts';
import { compileSelect } from './compile-select.ts';
import type { Compiled } from './compiled.ts';
import { convertTo } from './convert.ts';
import { outputName, outputs } from './output-columns.ts';
import { emptyScope, type CompiledQuery, type Context, type OutputColumn, type Scope } from './scope.ts';
import { unifyTypes } from './unify-types.ts';

/** `parent`: the scope around a subquery, whose columns it may use. */
export function compileQuery(query: Query, context: Context, parent?: Scope): CompiledQuery {
  switch (query.kind) {
    case 'select':
      return compileSelect(query, context, parent);
    case 'set-operation':
      return compileSetOperation(query, context, parent);
    case 'with': {
      const around = parent ?? emptyScope('WITH');
      return compileQuery(query.query, context, { ...around, commonTables: [...around.commonTables, ...query.tables] });
    }
  }
}

function compileSetOperation(query: SetOperation, context: Context, parent?: Scope): CompiledQuery {
  const left = compileQuery(query.left, context, parent);
  const right = compileQuery(query.right, context, parent);
  if (left.columns.length !== right.columns.length) throw differentColumnCounts();
  const columns = left.columns.map((column, i): OutputColumn => {
    const other = right.columns[i] ?? column;
    return {
      name: column.name,
      type: unifyTypes([column.type, other.type]),
      isNullable: column.isNullable || other.isNullable,
      isAutoIncrement: false,
    };
  });
  const arm = (of: CompiledQuery): Sql => {
    const alias = context.nextAlias();
    const items = outputs(of.columns, alias).map(
      (value, i) => sql`${convertTo(value, columns[i]?.type ?? value.type).sql} AS ${outputName(i)}`,
    );
    return sql`SELECT ${sqlJoin(items, ', ')} FROM (${of.sql}) AS ${alias}`;
  };
  const alias = context.nextAlias();
  const values = outputs(columns, alias);
  const all = combined(query, arm(left), arm(right));
  const distinct =
    query.isAll || query.operator !== 'UNION' ? sql`` : sql`DISTINCT ON (${sqlJoin(values.map(groupSql), ', ')}) `;
  const order = query.orderBy.map((key) => orderSql(key, (each) => outputKey(each, columns, values)));
  const text = sql`SELECT ${distinct}${sqlJoin(
    columns.map((_, i) => outputName(i)),
    ', ',
  )} FROM (${all}) AS ${alias}${orderBySql(order)}${limitSql(query.limit, context)}`;
  return { sql: text, columns };
}

function combined(query: SetOperation, left: Sql, right: Sql): Sql {
  if (query.operator === 'UNION') return sql`${left} UNION ALL ${right}`;
  const word = query.operator === 'INTERSECT' ? sql`INTERSECT` : sql`EXCEPT`;
  return query.isAll ? sql`${left} ${word} ALL ${right}` : sql`${left} ${word} ${right}`;
}

/** Behind a UNION, ORDER BY knows only the labels and numbers of its columns. */
function outputKey(key: Expression, columns: readonly OutputColumn[], values: readonly Compiled[]): Compiled {
  const index =
    key.kind === 'integer'
      ? Number(key.text) - 1
      : key.kind === 'column'
        ? columns.findIndex((column) => column.name.toLowerCase() === key.name.toLowerCase())
        : -1;
  const value = values[index];
  if (value === undefined) throw unknownColumn(key.kind === 'column' ? key.name : '?', 'ORDER BY');
  return value;
}
