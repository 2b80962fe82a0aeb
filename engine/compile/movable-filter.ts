import { booleanType } from '../core/data-type.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { someExpression } from '../plan/walk-expression.ts';
import { functionRow } from './function-row.ts';

/** The conditions as one, joined by AND in their order; undefined when there are none. */
export const joinedByAnd = (conditions: readonly BoundExpression[]): BoundExpression | undefined =>
  conditions.reduce<BoundExpression | undefined>(
    (all, next) =>
      all
        ? { kind: 'call', name: 'and', args: [all, next], type: booleanType, nullable: all.nullable || next.nullable }
        : next,
    undefined,
  );

/** The node under a filter, where there is something to filter by. */
export function withFilter(node: AnalyzedRelation, conditions: readonly BoundExpression[]): AnalyzedRelation {
  const condition = joinedByAnd(conditions);
  return condition
    ? { kind: 'filter', input: node, condition, output: node.output, isStreaming: node.isStreaming, planIds: [] }
    : node;
}

/** May run anywhere and any number of times. */
export const isMovable = (expression: BoundExpression): boolean =>
  !someExpression(expression, (part) => {
    if (part.kind === 'python' || part.kind === 'window' || part.kind === 'aggregate') return true;
    if (part.kind !== 'call') return false;
    const row = functionRow(part.name);
    return row.kind === 'scalar' && row.nondeterministic === true;
  });
