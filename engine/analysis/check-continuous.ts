import type { AnalyzedKind, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { walkPlan } from '../plan/walk-plan.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { refuse } from './check-streaming.ts';

/** Sources of Spark's first kind, which only deliver micro-batches. */
const fileFormats: ReadonlySet<string> = new Set(['parquet', 'json', 'csv', 'text']);

/** What a trigger of continuous processing lets through; any other node is refused under its name in Spark's plan. */
const nodeNames: Readonly<Partial<Record<AnalyzedKind, string>>> = {
  local_rows: 'LocalRelation',
  table: 'LogicalRDD',
  range: 'Range',
  watermark: 'EventTimeWatermark',
  generate: 'Generate',
  expand: 'Expand',
  aggregate: 'Aggregate',
  deduplicate: 'Deduplicate',
  join: 'Join',
  union: 'Union',
  intersect: 'Intersect',
  except: 'Except',
  sort: 'Sort',
  limit: 'LocalLimit',
  offset: 'Offset',
  tail: 'Tail',
  sample: 'Sample',
  repartition: 'Repartition',
  hint: 'ResolvedHint',
};

/** Spark's `UnsupportedOperationChecker.checkForContinuous`, from the sources up. */
export function checkContinuous(plan: AnalyzedRelation, context: Pick<AnalysisContext, 'zone' | 'conf'>): void {
  walkPlan(plan, (node) => {
    const name = node.kind === 'source' ? sourceName(node.format, node.isStreaming) : nodeNames[node.kind];
    if (name !== undefined) refuse(`Continuous processing does not support ${name} operations.`, node, context);
  });
}

function sourceName(format: string, isStreaming: boolean): string | undefined {
  if (!isStreaming) return 'LogicalRelation';
  return fileFormats.has(format) ? 'StreamingRelation' : undefined;
}
