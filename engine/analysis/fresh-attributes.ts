import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { newAttributeId, type Attribute, type AttributeId } from '../plan/attribute.ts';
import { mapPlanAttributes } from '../plan/rewrite-plan.ts';

/**
 * The right side of a join or union with new ids for the columns that the left side also has (a frame joined with itself); references inside follow.
 * Without columns in common the very same relation.
 */
export function withFreshAttributes(right: AnalyzedRelation, left: readonly Attribute[]): AnalyzedRelation {
  const taken = new Set(left.map((attribute) => attribute.id));
  const shared = new Set(right.output.map((attribute) => attribute.id).filter((id) => taken.has(id)));
  if (shared.size === 0) return right;
  const fresh = new Map<AttributeId, AttributeId>([...shared].map((id) => [id, newAttributeId()]));
  return mapPlanAttributes(right, (attribute) => {
    const id = fresh.get(attribute.id);
    return id === undefined ? attribute : { ...attribute, id };
  });
}
