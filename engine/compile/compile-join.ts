import { assertNever } from '../core/assert-never.ts';
import { sparkError } from '../core/spark-error.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { JoinType } from '../plan/relation.ts';
import { someExpression } from '../plan/walk-expression.ts';
import { scopeItems, selectList } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import {
  inParentheses,
  numberedDemand,
  orderOnly,
  scopeOf,
  type CompiledRelation,
  type Compiler,
  type Demand,
} from './compiler.ts';
import { cutPython } from './cut-python.ts';
import { compileSortKey } from './expression-scope.ts';
import { idsOf, splitCondition } from './join-conditions.ts';
import { compileStreamJoin } from './stream-join.ts';

export type Join = AnalyzedNode<'join'>;

export function compileJoin(node: Join, compiler: Compiler, demand: Demand): CompiledRelation {
  const isOneSided = node.joinType === 'left_semi' || node.joinType === 'left_anti';
  const isOrdered = demand.ordered && !isOneSided && compiler.options.outputMode === undefined;
  const below = isOrdered ? numberedDemand : orderOnly(demand);
  const left = outputOnly(compiler.relation(node.left, below), node.left);
  const right = outputOnly(compiler.relation(node.right, below), node.right);
  const operator = compiler.operators.get(node);
  if (operator !== undefined) return compileStreamJoin(node, left, right, compiler, operator);
  const columns = isOneSided ? left.columns : new Map([...left.columns, ...right.columns]);
  const both = new Map([...left.columns, ...right.columns]);
  const stateful = [...new Set([...left.below, ...right.below])];
  if (node.condition && someExpression(node.condition, (part) => part.kind === 'python')) {
    return pythonJoin(
      node,
      { from: sql`(SELECT * FROM ${left.from} CROSS JOIN ${right.from})`, columns: both, below: stateful },
      compiler,
    );
  }
  const condition = node.condition
    ? compileExpression(node.condition, scopeOf(compiler, { columns: both }))
    : undefined;
  const [l, r] = isOrdered ? [numbered(left, leftArrival), numbered(right, rightArrival)] : [left.from, right.from];
  const order = isOrdered ? joinOrder(node, compiler, both) : sql``;
  return {
    from: inParentheses(
      sql`SELECT ${selectList(scopeItems(columns))} FROM ${joined(node.joinType, l, r, condition)}${order}`,
    ),
    columns,
    below: stateful,
  };
}

/** A side without columns it carries along but does not show: the other side may have the same ones. */
function outputOnly(relation: CompiledRelation, node: AnalyzedRelation): CompiledRelation {
  const shown = idsOf(node.output);
  const columns = new Map([...relation.columns].filter(([id]) => shown.has(id)));
  if (columns.size === relation.columns.size) return relation;
  return {
    ...relation,
    columns,
    from: inParentheses(sql`SELECT ${selectList(scopeItems(columns))} FROM ${relation.from}`),
  };
}

const leftArrival = sql`marea_left`;
const rightArrival = sql`marea_right`;
const numbered = (relation: CompiledRelation, name: Sql): Sql =>
  sql`(SELECT *, row_number() OVER () AS ${name} FROM ${relation.from})`;

/**
 * The order of Spark's joins of small frames: the side that is kept whole leads, partners come last one first out of its hash table, first one first
 * where there is no key. A full join is a merge of both sides sorted by key.
 */
function joinOrder(node: Join, compiler: Compiler, columns: CompiledRelation['columns']): Sql {
  const { equalities } = splitCondition(node.condition, idsOf(node.left.output), idsOf(node.right.output));
  const direction = equalities.length > 0 ? sql`DESC` : sql`ASC`;
  if (node.joinType === 'right_outer') return sql` ORDER BY ${rightArrival}, ${leftArrival} ${direction}`;
  if (node.joinType !== 'full_outer') return sql` ORDER BY ${leftArrival}, ${rightArrival} ${direction}`;
  const scope = scopeOf(compiler, { columns });
  const keys = equalities.map(
    ({ left, right }) => sql`coalesce(${compileSortKey(left, scope)}, ${compileSortKey(right, scope)}) NULLS FIRST`,
  );
  return sql` ORDER BY ${sqlJoin([...keys, sql`${leftArrival} NULLS LAST`, sql`${rightArrival} NULLS LAST`], ', ')}`;
}

function joined(type: JoinType, left: Sql, right: Sql, condition: Sql | undefined): Sql {
  switch (type) {
    case 'inner':
    case 'cross':
      return condition === undefined ? sql`${left} CROSS JOIN ${right}` : sql`${left} JOIN ${right} ON ${condition}`;
    case 'left_outer':
      return sql`${left} LEFT JOIN ${right} ON ${condition ?? sql`true`}`;
    case 'right_outer':
      return sql`${left} RIGHT JOIN ${right} ON ${condition ?? sql`true`}`;
    case 'full_outer':
      return sql`${left} FULL JOIN ${right} ON ${condition ?? sql`true`}`;
    case 'left_semi':
      return sql`${left} WHERE EXISTS (SELECT 1 FROM ${right} WHERE ${condition ?? sql`true`})`;
    case 'left_anti':
      return sql`${left} WHERE NOT EXISTS (SELECT 1 FROM ${right} WHERE ${condition ?? sql`true`})`;
    default:
      return assertNever(type, 'join type');
  }
}

/** A Python condition runs over all pairs, as Spark's own plan does; outer joins with one are refused by Spark too. */
function pythonJoin(node: Join, pairs: CompiledRelation, compiler: Compiler): CompiledRelation {
  if ((node.joinType !== 'inner' && node.joinType !== 'cross') || !node.condition) {
    throw sparkError('NOT_SUPPORTED_BY_MAREA', {
      feature: `a Python function in the condition of a ${node.joinType} join`,
    });
  }
  const cut = cutPython(pairs, [node.condition], compiler);
  const condition = compileExpression(cut.expressions[0] ?? node.condition, scopeOf(compiler, cut.relation));
  return {
    ...pairs,
    from: inParentheses(
      sql`SELECT ${selectList(scopeItems(pairs.columns))} FROM ${cut.relation.from} WHERE ${condition}`,
    ),
  };
}
