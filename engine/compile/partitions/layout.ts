import { integerType, longType } from '../../core/data-type.ts';
import type { AnalyzedRelation } from '../../plan/analyzed-relation.ts';
import { newAttributeId, type Attribute, type AttributeId } from '../../plan/attribute.ts';
import type { BoundExpression } from '../../plan/bound-expression.ts';

/**
 * How Spark cuts the rows of a plan into partitions. `sizes`: rows in each. `tagged`: the rows with the partition of each. Both are absent where Marea
 * cannot tell; neither is worked out before it is asked for.
 */
export type Layout = {
  readonly count: number;
  /** Which rows Spark's planner knows to stand together: all, or those with the same values of some columns. Absent: it knows nothing. */
  readonly spread?: 'single' | Spread;
  readonly sizes?: () => Promise<readonly number[]>;
  readonly tagged?: () => Promise<Tagged>;
};

/** `isHash`: another relation can be put beside it partition by partition; ranges cannot. */
export type Spread = { readonly by: ReadonlySet<AttributeId>; readonly isHash: boolean };

/** `plan` has `part`, the number of the partition, among its columns. */
export type Tagged = { readonly plan: AnalyzedRelation; readonly part: Attribute };

/** What the cut depends on beside the plan. */
export type LayoutContext = {
  /** `spark.sql.adaptive.enabled`: small partitions are joined after each shuffle. */
  readonly isAdaptive: boolean;
  readonly shufflePartitions: number;
  /** `spark.sql.autoBroadcastJoinThreshold`, bytes. */
  readonly broadcastBytes: number;
  /** Partitions of a node without inputs; null: unknown. */
  readonly leaf: (node: AnalyzedRelation) => Promise<Layout | null>;
  /** Bytes that Spark's planner believes a node without inputs to have; infinite where it knows nothing. */
  readonly leafBytes: (node: AnalyzedRelation) => number;
  /** Stored by `cache()`: Spark keeps the partitions of its shuffles as they are. */
  readonly isCached: (node: AnalyzedRelation) => boolean;
  /** Rows that a batch plan gives now. */
  readonly rowCount: (plan: AnalyzedRelation) => Promise<number>;
  /** Rows in each of `count` partitions. */
  readonly taggedSizes: (tagged: Tagged, count: number) => Promise<readonly number[]>;
};

/** An empty relation that Spark's optimizer has recognised. */
export const noPartitions: Layout = { count: 0, sizes: async () => [] };

/** All rows of the plan in one partition. */
export const onePartition = (plan: AnalyzedRelation, context: LayoutContext, spread?: 'single'): Layout => ({
  count: 1,
  ...(spread ? { spread } : {}),
  sizes: async () => [await context.rowCount(plan)],
  tagged: async () => tagBy(plan, literal(0)),
});

/** Rows in each partition; null: unknown. */
export async function sizesOf(layout: Layout, context: LayoutContext): Promise<readonly number[] | null> {
  if (layout.sizes) return layout.sizes();
  return layout.tagged ? context.taggedSizes(await layout.tagged(), layout.count) : null;
}

export const newPart = (): Attribute => ({
  id: newAttributeId(),
  name: 'part',
  type: longType,
  nullable: false,
  qualifier: [],
});

export const reference = (attribute: Attribute): BoundExpression => ({
  kind: 'attribute',
  attribute,
  type: attribute.type,
  nullable: attribute.nullable,
});

export const literal = (value: number): BoundExpression => ({
  kind: 'literal',
  value: BigInt(value),
  type: longType,
  nullable: false,
});

/** Arithmetic on partition numbers. */
export const numberCall = (
  name: '+' | '-' | '*' | 'div' | 'pmod',
  ...args: readonly BoundExpression[]
): BoundExpression => ({
  kind: 'call',
  name,
  args,
  type: longType,
  nullable: false,
});

/** Spark's hash partitioning: Murmur3 of the keys. */
export const hashPart = (keys: readonly BoundExpression[], count: number): BoundExpression => {
  const hash: BoundExpression = { kind: 'call', name: 'hash', args: keys, type: integerType, nullable: false };
  const wide: BoundExpression = {
    kind: 'cast',
    child: hash,
    mode: 'legacy',
    implicit: true,
    type: longType,
    nullable: false,
  };
  return numberCall('pmod', wide, literal(count));
};

/** The rows of a plan with the number that the expression gives each. */
export function tagBy(plan: AnalyzedRelation, expression: BoundExpression): Tagged {
  const part = newPart();
  const kept = plan.output.map((output) => ({ output, expression: reference(output) }));
  return { part, plan: project(plan, [{ output: part, expression }, ...kept]) };
}

export const project = (
  input: AnalyzedRelation,
  items: readonly { readonly output: Attribute; readonly expression: BoundExpression }[],
): AnalyzedRelation => ({
  kind: 'project',
  input,
  items,
  output: items.map(({ output }) => output),
  isStreaming: input.isStreaming,
  planIds: [],
});
