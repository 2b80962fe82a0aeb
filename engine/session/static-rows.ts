import type { BatchSource, SourceRows } from '../api/source.ts';
import type { CompileContext } from '../functions/define-function.ts';
import type { PlanWithStatics } from '../microbatch/start-spec.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { walkPlan } from '../plan/walk-plan.ts';
import type { EngineState } from './engine-state.ts';
import { handOverFilters } from './hand-over-filters.ts';

/** Reads the static sources of a plan now. Filters that a source tests itself are gone from the plan that comes back. */
export async function withStaticRows(
  plan: AnalyzedRelation,
  engine: EngineState,
  context: CompileContext,
): Promise<PlanWithStatics> {
  const sources = new Map<number, BatchSource>();
  for (const key of sourceKeys(plan)) {
    const source = engine.sources.byKey(key);
    if (!source.isStreaming) sources.set(key, source.batch);
  }
  const handed = await handOverFilters(plan, sources, engine.database.query, context);
  const statics = new Map<number, SourceRows>();
  for (const key of sourceKeys(handed.plan)) {
    const read = handed.reads.get(key);
    if (read) statics.set(key, await read());
  }
  return { plan: handed.plan, statics };
}

export function sourceKeys(plan: AnalyzedRelation): ReadonlySet<number> {
  const keys = new Set<number>();
  walkPlan(plan, (node) => {
    if (node.kind === 'source') keys.add(node.sourceKey);
  });
  return keys;
}
