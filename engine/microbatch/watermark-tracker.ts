import { SparkError } from '../core/spark-error.ts';
import { watermark, type Watermark } from '../core/time.ts';
import type { EventTimeStatistics } from '../state/stateful-batch.ts';

export type WatermarkNode = { readonly node: number; readonly delayMs: number };
export type WatermarkPolicy = 'min' | 'max';

export function watermarkPolicy(text: string): WatermarkPolicy {
  const lower = text.toLowerCase();
  if (lower === 'min' || lower === 'max') return lower;
  throw new SparkError('IllegalArgumentException', `Could not recognize watermark policy '${text}'`);
}

/**
 * The watermark of each node and the global one, which never goes back. Nodes start empty after a restart: with policy `min` the global watermark
 * waits until every node has seen rows again.
 */
export class WatermarkTracker {
  private readonly policy: WatermarkPolicy;
  private readonly byNode = new Map<number, number>();
  private global: Watermark;

  constructor(policy: WatermarkPolicy, start: Watermark) {
    this.policy = policy;
    this.global = start;
  }

  get current(): Watermark {
    return this.global;
  }

  /** Takes the statistics of a finished batch; what it changes counts from the next batch on. */
  update(nodes: readonly WatermarkNode[], statistics: ReadonlyMap<number, EventTimeStatistics>): void {
    if (nodes.length === 0) return;
    for (const { node, delayMs } of nodes) {
      const seen = statistics.get(node);
      const before = this.byNode.get(node);
      if (seen !== undefined && seen.rows > 0)
        this.byNode.set(node, Math.max(before ?? Number.NEGATIVE_INFINITY, seen.maxMs - delayMs));
      else if (before === undefined) this.byNode.set(node, 0);
    }
    const all = [...this.byNode.values()];
    const chosen = this.policy === 'min' ? Math.min(...all) : Math.max(...all);
    this.global = watermark(Math.max(this.global, chosen));
  }
}
