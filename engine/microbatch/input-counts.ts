import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { planChildren } from '../plan/plan-children.ts';
import { plansOfKind, walkPlan } from '../plan/walk-plan.ts';

/** What the optimiser lets an empty relation rise through. */
const transparent: ReadonlySet<AnalyzedRelation['kind']> = new Set([
  'project',
  'filter',
  'subquery_alias',
  'repartition',
  'sort',
  'limit',
]);

/**
 * Whether Spark can tell how many rows each source gave: it counts the leaves of the executed plan, and a union drops a branch whose source has nothing new.
 * Then every source of the batch reports 0.
 */
export function canCountInputs(plan: AnalyzedRelation, hasRows: (sourceKey: number) => boolean): boolean {
  return !plansOfKind(plan, 'union').some(
    (union) => union.isStreaming && union.inputs.some((input) => isPruned(input, hasRows)),
  );
}

function isPruned(plan: AnalyzedRelation, hasRows: (sourceKey: number) => boolean): boolean {
  if (plan.kind === 'source') return plan.isStreaming && !hasRows(plan.sourceKey);
  return transparent.has(plan.kind) && planChildren(plan).every((child) => isPruned(child, hasRows));
}

/**
 * How often Spark evaluates what lies under a global sort: it samples the rows first to cut their range among several partitions, and its state metrics count
 * that too. A sort under a limit is a top-N, which samples nothing.
 */
export function evaluationsUnderSort(plan: AnalyzedRelation, partitions: number): number {
  const topN = new Set<AnalyzedRelation>();
  walkPlan(plan, (node) => {
    if (node.kind === 'limit') topN.add(node.input);
  });
  const samples =
    partitions > 1 && plansOfKind(plan, 'sort').some((sort) => sort.isGlobal && sort.isStreaming && !topN.has(sort));
  return samples ? 2 : 1;
}
