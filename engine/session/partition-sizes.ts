import { checkBatch } from '../analysis/check-batch.ts';
import { sizesOf, type LayoutContext } from '../compile/partitions/layout.ts';
import { layoutOf } from '../compile/partitions/layout-of.ts';
import { byteSize } from '../core/byte-size.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { CommandResults } from '../plan/command.ts';
import { analysisContext } from './analysis-context-of.ts';
import type { EngineState } from './engine-state.ts';
import { LeafLayouts } from './leaf-layouts.ts';
import type { SparkSession } from './spark-session.ts';

/** How Spark would cut a frame; null where Marea cannot tell. The rows of each partition are counted only if they are asked for. */
export async function partitionSizes(
  plan: AnalyzedRelation,
  wantsSizes: boolean,
  session: SparkSession,
  engine: EngineState,
): Promise<CommandResults['partition_sizes']> {
  checkBatch(plan, analysisContext(session, engine));
  const leaves = new LeafLayouts(session, engine);
  try {
    const context: LayoutContext = {
      ...leaves.context,
      isAdaptive: session.confs.flag('spark.sql.adaptive.enabled'),
      shufflePartitions: Number(session.confs.get('spark.sql.shuffle.partitions') ?? '200'),
      broadcastBytes: byteSize(session.confs.get('spark.sql.autoBroadcastJoinThreshold') ?? '10485760b'),
      isCached: (node) => engine.cached.frameOf(node)?.isCheckpoint === false,
    };
    const layout = await layoutOf(plan, context);
    if (!layout) return null;
    return { count: layout.count, sizes: wantsSizes ? await sizesOf(layout, context) : null };
  } finally {
    await leaves.close();
  }
}
