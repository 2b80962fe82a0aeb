import type { AnalyzedRelation } from './analyzed-relation.ts';
import type { Attribute } from './attribute.ts';
import type { BoundAggregate, BoundExpression, ProjectItem } from './bound-expression.ts';
import { planChildren, withChildren } from './plan-children.ts';
import { mapOrder, rewriteExpression } from './rewrite-expression.ts';

type AttributeMap = (attribute: Attribute) => Attribute;

/** Applies `change` to every attribute of the tree: outputs, definitions and references alike. Nodes it does not touch stay the same objects. */
export function mapPlanAttributes(plan: AnalyzedRelation, change: AttributeMap): AnalyzedRelation {
  const children = planChildren(plan);
  const mapped = children.map((child) => mapPlanAttributes(child, change));
  const output = plan.output.map(change);
  const unchanged =
    mapped.every((child, index) => child === children[index]) && output.every((a, index) => a === plan.output[index]);
  const below = unchanged ? plan : { ...withChildren(plan, mapped), output };
  return mapNodeAttributes(below, change);
}

/** References inside an expression, changed. */
const mapExpressionAttributes = (expression: BoundExpression, change: AttributeMap): BoundExpression =>
  rewriteExpression(expression, (part) => {
    if (part.kind !== 'attribute') return undefined;
    const attribute = change(part.attribute);
    return attribute === part.attribute ? part : { ...part, attribute };
  });

function mapNodeAttributes(plan: AnalyzedRelation, change: AttributeMap): AnalyzedRelation {
  const inside = (expression: BoundExpression): BoundExpression => mapExpressionAttributes(expression, change);
  const item = (old: ProjectItem): ProjectItem => ({
    ...old,
    output: change(old.output),
    expression: inside(old.expression),
  });
  switch (plan.kind) {
    case 'project':
      return { ...plan, items: plan.items.map(item), ...(plan.hidden ? { hidden: plan.hidden.map(change) } : {}) };
    case 'filter':
      return { ...plan, condition: inside(plan.condition) };
    case 'time_window':
      return { ...plan, time: inside(plan.time), window: change(plan.window) };
    case 'session_window':
      return { ...plan, time: inside(plan.time), gap: inside(plan.gap), window: change(plan.window) };
    case 'watermark':
      return { ...plan, attribute: change(plan.attribute) };
    case 'generate':
      return { ...plan, args: plan.args.map(inside), generated: plan.generated.map(change) };
    case 'expand':
      return { ...plan, projections: plan.projections.map((list) => list.map(inside)) };
    case 'aggregate':
      return {
        ...plan,
        grouping: plan.grouping.map(item),
        calls: plan.calls.map(({ output, call }) => ({ output: change(output), call: inside(call) as BoundAggregate })),
        result: plan.result.map(item),
      };
    case 'deduplicate':
      return { ...plan, keys: plan.keys.map(change) };
    case 'join':
      return plan.condition ? { ...plan, condition: inside(plan.condition) } : plan;
    case 'sort':
      return { ...plan, order: mapOrder(plan.order, inside) };
    case 'repartition':
      return { ...plan, by: plan.by.map(inside) };
    default:
      return plan;
  }
}
