import type { AnalyzedRelation } from './analyzed-relation.ts';
import { planChildren, withChildren } from './plan-children.ts';

/** The tree with some nodes replaced: `replacement` answers a node's stand-in, which is not looked into, or undefined to go on below. */
export function replaceNodes(
  plan: AnalyzedRelation,
  replacement: (node: AnalyzedRelation) => AnalyzedRelation | undefined,
): AnalyzedRelation {
  const standIn = replacement(plan);
  if (standIn) return standIn;
  const children = planChildren(plan);
  const replaced = children.map((child) => replaceNodes(child, replacement));
  return replaced.every((child, index) => child === children[index]) ? plan : withChildren(plan, replaced);
}
