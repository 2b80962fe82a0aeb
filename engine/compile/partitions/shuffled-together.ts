import type { AnalyzedRelation } from '../../plan/analyzed-relation.ts';
import { rowBytes } from './believed-bytes.ts';
import { onePartition, type Layout, type LayoutContext } from './layout.ts';

/** `spark.sql.adaptive.coalescePartitions.minPartitionSize`: less than this is never cut. */
const wholeBytes = 1024 * 1024;

/** A shuffle of little data: adaptive execution reads it as one partition. Null where there is more, and the cut depends on how well bytes compress. */
export async function shuffledTogether(
  node: AnalyzedRelation,
  shuffled: readonly AnalyzedRelation[],
  context: LayoutContext,
): Promise<Layout | null> {
  let bytes = 0;
  for (const side of shuffled) bytes += (await context.rowCount(side)) * rowBytes(side.output);
  return bytes > wholeBytes ? null : onePartition(node, context);
}
