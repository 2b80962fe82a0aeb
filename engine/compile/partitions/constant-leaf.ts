import type { AnalyzedNode } from '../../plan/analyzed-relation.ts';
import { idsOf } from '../join-conditions.ts';
import { rowBytes } from './believed-bytes.ts';
import type { Layout } from './layout.ts';

/** Rows that need no reading. `sizes`: of each partition. */
export type ConstantLeaf = {
  readonly sizes: readonly number[];
  readonly bytes: number;
  readonly spread?: Layout['spread'];
};

/**
 * Values of a program stand in the slices that Python made, and Spark's planner does not know how many they are; rows written in SQL are cut evenly, a range
 * too, but by its number of partitions.
 */
export function constantLeaf(node: AnalyzedNode<'local_rows' | 'range'>, parallelism: number): ConstantLeaf {
  if (node.kind === 'local_rows') {
    if (node.partitionSizes) return { sizes: node.partitionSizes, bytes: Number.POSITIVE_INFINITY };
    const rows = node.rows.length;
    return { sizes: evenSlices(rows, Math.min(rows, parallelism)), bytes: rows * rowBytes(node.output) };
  }
  const rows = Math.max(0, Math.ceil((node.end - node.start) / node.step));
  const count = rows === 0 ? 0 : (node.partitions ?? parallelism);
  const spread: Layout['spread'] = count === 1 ? 'single' : { by: idsOf(node.output), isHash: false };
  return { sizes: evenSlices(rows, count), bytes: rows * 8, spread };
}

/** As `ParallelCollectionRDD` cuts a list. */
export const evenSlices = (rows: number, count: number): readonly number[] =>
  Array.from(
    { length: count },
    (_, slice) => Math.floor(((slice + 1) * rows) / count) - Math.floor((slice * rows) / count),
  );
