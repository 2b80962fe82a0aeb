import type { AnalyzedKind, AnalyzedNode, AnalyzedRelation } from './analyzed-relation.ts';
import type { BoundExpression } from './bound-expression.ts';
import { planChildren } from './plan-children.ts';

/** Visits every node, inputs before the node that reads them. */
export function walkPlan(plan: AnalyzedRelation, visit: (node: AnalyzedRelation) => void): void {
  for (const child of planChildren(plan)) walkPlan(child, visit);
  visit(plan);
}

/** Does any node of the tree satisfy the test? Looks at the root first. */
export const somePlan = (plan: AnalyzedRelation, test: (node: AnalyzedRelation) => boolean): boolean =>
  test(plan) || planChildren(plan).some((child) => somePlan(child, test));

/** Every node of one kind, root first, left before right. */
export function plansOfKind<Kind extends AnalyzedKind>(
  plan: AnalyzedRelation,
  kind: Kind,
): readonly AnalyzedNode<Kind>[] {
  const found: AnalyzedNode<Kind>[] = [];
  const visit = (node: AnalyzedRelation): void => {
    if (node.kind === kind) found.push(node as AnalyzedNode<Kind>);
    planChildren(node).forEach(visit);
  };
  visit(plan);
  return found;
}

/** The expressions that one node holds, not those of its inputs. */
export function planExpressions(plan: AnalyzedRelation): readonly BoundExpression[] {
  switch (plan.kind) {
    case 'project':
      return plan.items.map((item) => item.expression);
    case 'filter':
      return [plan.condition];
    case 'time_window':
      return [plan.time];
    case 'session_window':
      return [plan.time, plan.gap];
    case 'generate':
      return plan.args;
    case 'expand':
      return plan.projections.flat();
    case 'aggregate':
      return [
        ...plan.grouping.map((item) => item.expression),
        ...plan.calls.map((c) => c.call),
        ...plan.result.map((item) => item.expression),
      ];
    case 'join':
      return plan.condition ? [plan.condition] : [];
    case 'sort':
      return plan.order.map((order) => order.expression);
    case 'repartition':
      return plan.by;
    default:
      return [];
  }
}
