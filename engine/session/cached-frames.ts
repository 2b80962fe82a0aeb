import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';

type CachedFrame = {
  readonly tableKey: string;
  /** Of `localCheckpoint`: Spark executes it like any action, and its partitions are joined like those of any action. */
  readonly isCheckpoint: boolean;
  plan: AnalyzedRelation;
  isStored: boolean;
};

/**
 * Frames under `cache()`/`persist()`. As in Spark, nothing is stored until an action needs the frame; from then on every plan that holds
 * it reads the stored rows, until `unpersist()`.
 */
export class CachedFrames {
  readonly #frames = new Map<number, CachedFrame>();
  #last = 0;

  mark(plan: AnalyzedRelation, isCheckpoint: boolean): void {
    const [planId] = plan.planIds;
    if (planId === undefined || this.#frames.has(planId)) return;
    this.#last += 1;
    this.#frames.set(planId, { tableKey: `cache_${this.#last}`, isCheckpoint, plan, isStored: false });
  }

  /** Forgets the frame; answers the table to drop, if rows were stored. */
  release(plan: AnalyzedRelation): string | undefined {
    for (const planId of plan.planIds) {
      const frame = this.#frames.get(planId);
      if (!frame) continue;
      this.#frames.delete(planId);
      return frame.isStored ? frame.tableKey : undefined;
    }
    return undefined;
  }

  /** Forgets all frames; answers the tables to drop. */
  releaseAll(): readonly string[] {
    const stored = [...this.#frames.values()].filter((frame) => frame.isStored);
    this.#frames.clear();
    return stored.map((frame) => frame.tableKey);
  }

  get isEmpty(): boolean {
    return this.#frames.size === 0;
  }

  /** The frame that a node of a plan is, if it is marked. */
  frameOf(node: AnalyzedRelation): CachedFrame | undefined {
    for (const planId of node.planIds) {
      const frame = this.#frames.get(planId);
      if (frame) return frame;
    }
    return undefined;
  }
}
