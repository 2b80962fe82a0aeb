import type { QueryPort } from '../api/query-port.ts';
import { compileExpression, expressionScope } from '../compile/compile-expression.ts';
import { isMovable } from '../compile/movable-filter.ts';
import { sql, sqlJoin } from '../core/sql-text.ts';
import type { CompileContext } from '../functions/define-function.ts';
import type { BoundExpression, BoundLiteral } from '../plan/bound-expression.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { expressionChildren, someExpression } from '../plan/walk-expression.ts';

/** The conditions with a literal in the place of every part that reads no column. What cannot be worked out stays, and fails where it is used. */
export async function foldConstants(
  conditions: readonly BoundExpression[],
  query: QueryPort,
  context: CompileContext,
): Promise<readonly BoundExpression[]> {
  const parts = [...new Set(conditions.flatMap(constantParts))];
  if (parts.length === 0) return conditions;
  const literals = await literalsOf(parts, query, context);
  return conditions.map((condition) => rewriteExpression(condition, (part) => literals.get(part)));
}

const constantParts = (expression: BoundExpression): readonly BoundExpression[] => {
  if (expression.kind === 'literal') return [];
  return isConstant(expression) ? [expression] : expressionChildren(expression).flatMap(constantParts);
};

const isConstant = (expression: BoundExpression): boolean =>
  isMovable(expression) &&
  !someExpression(
    expression,
    ({ kind }) => kind === 'attribute' || kind === 'lambda' || kind === 'lambda_variable' || kind === 'aggregate',
  );

async function literalsOf(
  parts: readonly BoundExpression[],
  query: QueryPort,
  context: CompileContext,
): Promise<ReadonlyMap<BoundExpression, BoundLiteral>> {
  const scope = expressionScope(new Map(), context);
  try {
    const [values = []] = await query.rows(
      sql`SELECT ${sqlJoin(
        parts.map((part) => compileExpression(part, scope)),
        ', ',
      )}`,
      parts.map(({ type }) => type),
    );
    return new Map(
      parts.map((part, i) => {
        const value = values[i] ?? null;
        return [part, { kind: 'literal', value, type: part.type, nullable: value === null }];
      }),
    );
  } catch {
    // With ANSI a constant may be an error, which is raised only if a row gets there.
    return new Map();
  }
}
