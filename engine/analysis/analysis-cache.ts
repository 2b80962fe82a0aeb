import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';

/**
 * Frames already analyzed, by `plan_id`. A frame keeps its attribute ids and the views and confs of the moment it was made, as Spark's frames do,
 * and Python may re-send a growing plan at each transformation for the price of its newest node.
 */
export class AnalysisCache {
  private readonly plans = new Map<number, AnalyzedRelation>();
  private readonly limit: number;

  /** `limit`: frames kept; the oldest is forgotten first and analyzed again when needed. A frame takes about 2 kB. */
  constructor(limit = 20_000) {
    this.limit = limit;
  }

  get(planId: number): AnalyzedRelation | undefined {
    return this.plans.get(planId);
  }

  set(planId: number, plan: AnalyzedRelation): void {
    this.plans.set(planId, plan);
    if (this.plans.size <= this.limit) return;
    const oldest = this.plans.keys().next();
    if (!oldest.done) this.plans.delete(oldest.value);
  }
}
