import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { CommandResults } from '../plan/command.ts';
import type { EngineState } from './engine-state.ts';

/** How Spark would cut a frame that only chooses columns of a source which knows its partitions; null for all others. */
export async function partitionSizes(
  plan: AnalyzedRelation,
  engine: EngineState,
): Promise<CommandResults['partition_sizes']> {
  if (plan.kind === 'project' || plan.kind === 'subquery_alias') return partitionSizes(plan.input, engine);
  if (plan.kind !== 'source') return null;
  const source = engine.sources.byKey(plan.sourceKey);
  const sizes = source.isStreaming ? undefined : await source.batch.partitionSizes?.();
  return sizes === undefined ? null : { sizes };
}
