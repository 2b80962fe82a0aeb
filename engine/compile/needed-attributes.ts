import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { AttributeId } from '../plan/attribute.ts';
import { referencedAttributes } from '../plan/walk-expression.ts';
import { planExpressions, walkPlan } from '../plan/walk-plan.ts';

/**
 * Every column that some part of the plan reads. Ids are unique and pass upwards unchanged, so what is in no expression, no key, no positional
 * list and not in the result need not be read at all.
 */
export function neededAttributes(plan: AnalyzedRelation): ReadonlySet<AttributeId> {
  const needed = new Set<AttributeId>(plan.output.map((attribute) => attribute.id));
  walkPlan(plan, (node) => {
    for (const expression of planExpressions(node)) {
      for (const attribute of referencedAttributes(expression)) needed.add(attribute.id);
    }
    for (const id of otherReads(node)) needed.add(id);
  });
  return needed;
}

function otherReads(node: AnalyzedRelation): readonly AttributeId[] {
  switch (node.kind) {
    case 'union':
      return [...node.output, ...node.inputs.flatMap((input) => input.output)].map((attribute) => attribute.id);
    case 'intersect':
    case 'except':
      return [...node.output, ...node.left.output, ...node.right.output].map((attribute) => attribute.id);
    case 'deduplicate':
      return [...node.keys, ...node.input.output.filter((a) => a.watermarkDelayMs !== undefined)].map(
        (attribute) => attribute.id,
      );
    case 'watermark':
      return [node.attribute.id];
    case 'join':
      return [...node.left.output, ...node.right.output]
        .filter((a) => a.watermarkDelayMs !== undefined)
        .map((a) => a.id);
    case 'aggregate':
      return node.calls.map(({ output }) => output.id);
    case 'expand':
      return node.output.map((attribute) => attribute.id);
    default:
      return [];
  }
}
