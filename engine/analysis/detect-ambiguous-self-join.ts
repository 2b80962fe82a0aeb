import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { attributeText } from '../plan/print-plan.ts';
import { planChildren } from '../plan/plan-children.ts';
import type { Binder, FrameReference } from './binder.ts';

/**
 * Spark's `DetectAmbiguousSelfJoin`: `df.a` is refused when the plan below holds `df` more than once, that is, when some copy of `df` has other ids
 * at that column. `ignored`: references that a trivial `df.a == df.a` join condition will bind to both sides.
 */
export function checkAmbiguousSelfJoin(
  binder: Binder,
  inputs: readonly AnalyzedRelation[],
  ignored: ReadonlySet<FrameReference> = new Set(),
): void {
  const references = binder.frameReferences.filter((reference) => !ignored.has(reference));
  if (references.length === 0 || binder.context.conf('spark.sql.analyzer.failAmbiguousSelfJoin') === 'false') return;
  const ambiguous = new Set<string>();
  const visit = (plan: AnalyzedRelation): void => {
    for (const reference of references) {
      if (!plan.planIds.includes(reference.planId)) continue;
      const own = plan.output[reference.position];
      if (own && own.id !== reference.attribute.id)
        ambiguous.add(attributeText({ ...reference.attribute, type: { kind: 'void' } }));
    }
    planChildren(plan).forEach(visit);
  };
  inputs.forEach(visit);
  if (ambiguous.size > 0)
    throw sparkError('_LEGACY_ERROR_TEMP_1182', { attributes: orderedText(references, ambiguous).join(', ') });
}

const orderedText = (references: readonly FrameReference[], ambiguous: ReadonlySet<string>): readonly string[] => [
  ...new Set(
    references
      .map((reference) => attributeText({ ...reference.attribute, type: { kind: 'void' } }))
      .filter((text) => ambiguous.has(text)),
  ),
];
