import type { SparkRead } from '../api/source.ts';
import { constantLeaf } from '../compile/partitions/constant-leaf.ts';
import { noPartitions, type Layout, type LayoutContext } from '../compile/partitions/layout.ts';
import { layoutOf } from '../compile/partitions/layout-of.ts';
import { byteSize } from '../core/byte-size.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { QueryRun } from './query-run.ts';

type Inputs = ReadonlyMap<number, SparkRead>;

/** Partitions in which Spark would hand a batch to its sink; null: unknown. Streams run without adaptive execution. */
export async function partitionCount(plan: AnalyzedRelation, inputs: Inputs, run: QueryRun): Promise<number | null> {
  const { parallelism } = run.spec;
  const layout = await layoutOf(plan, {
    isAdaptive: false,
    shufflePartitions: Number(run.conf('spark.sql.shuffle.partitions') ?? '200'),
    broadcastBytes: byteSize(run.conf('spark.sql.autoBroadcastJoinThreshold') ?? '10485760b'),
    leaf: async (node) => leafLayout(node, inputs, parallelism),
    leafBytes: (node) => leafBytes(node, inputs, parallelism),
    isCached: () => false,
    ...nothingIsRead,
  });
  return layout && layout.count;
}

/** A source without new data is an empty relation. */
function leafLayout(node: AnalyzedRelation, inputs: Inputs, parallelism: number): Layout | null {
  if (node.kind === 'local_rows' || node.kind === 'range')
    return { count: constantLeaf(node, parallelism).sizes.length };
  if (node.kind !== 'source') return null;
  const input = inputs.get(node.sourceKey);
  if (input === undefined) return noPartitions;
  return input.partitions === undefined ? null : { count: input.partitions };
}

function leafBytes(node: AnalyzedRelation, inputs: Inputs, parallelism: number): number {
  if (node.kind === 'local_rows' || node.kind === 'range') return constantLeaf(node, parallelism).bytes;
  const input = node.kind === 'source' ? inputs.get(node.sourceKey) : undefined;
  return input?.bytes ?? Number.POSITIVE_INFINITY;
}

/** The number alone never needs rows. */
const nothingIsRead: Pick<LayoutContext, 'rowCount' | 'taggedSizes'> = {
  rowCount: () => Promise.reject(new Error('internal error: a batch was asked for the sizes of its partitions')),
  taggedSizes: () => Promise.reject(new Error('internal error: a batch was asked for the sizes of its partitions')),
};
