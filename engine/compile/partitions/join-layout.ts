import type { AnalyzedNode, AnalyzedRelation } from '../../plan/analyzed-relation.ts';
import type { JoinType } from '../../plan/relation.ts';
import { planChildren } from '../../plan/plan-children.ts';
import { somePlan } from '../../plan/walk-plan.ts';
import { idsOf, splitCondition } from '../join-conditions.ts';
import { believedBytes } from './believed-bytes.ts';
import { noPartitions, type Layout, type LayoutContext } from './layout.ts';
import { shuffledTogether } from './shuffled-together.ts';
import { productTagged, streamedTagged } from './tagged-rows.ts';

type Join = AnalyzedNode<'join'>;
type Side = 'left' | 'right';

/** Which sides Spark may broadcast whole. */
const buildable: Readonly<Record<JoinType, readonly Side[]>> = {
  inner: ['left', 'right'],
  cross: ['left', 'right'],
  left_outer: ['right'],
  left_semi: ['right'],
  left_anti: ['right'],
  right_outer: ['left'],
  full_outer: [],
};

/** A side that is empty leaves no rows. */
const emptiedBy: Readonly<Record<JoinType, readonly Side[]>> = {
  inner: ['left', 'right'],
  cross: ['left', 'right'],
  left_semi: ['left', 'right'],
  left_outer: ['left'],
  left_anti: ['left'],
  right_outer: ['right'],
  full_outer: [],
};

const broadcastHints: ReadonlySet<string> = new Set(['broadcast', 'broadcastjoin', 'mapjoin']);

/** Partitions of a join: those of the side that is not broadcast, or of the shuffle of both. Null: unknown. */
export async function joinLayout(
  node: Join,
  left: Layout,
  right: Layout,
  context: LayoutContext,
): Promise<Layout | null> {
  const sides = { left, right };
  const { equalities } = splitCondition(node.condition, idsOf(node.left.output), idsOf(node.right.output));
  if (left.count === 0 && emptiedBy[node.joinType].includes('left')) return noPartitions;
  if (right.count === 0 && emptiedBy[node.joinType].includes('right')) return noPartitions;
  if (node.left.isStreaming && node.right.isStreaming) return { count: context.shufflePartitions };
  const build = broadcastSide(node, context);
  if (build !== undefined) {
    const empty = context.isAdaptive && emptiedBy[node.joinType].includes(build);
    if (empty && (await context.rowCount(node[build])) === 0) return noPartitions;
    return streamedLayout(node, build === 'left' ? 'right' : 'left', sides);
  }
  if (equalities.length > 0) return shuffledJoin(node, sides, context);
  return productLayout(node, left, right, context);
}

/** The side that Spark sends to every task: one with a hint, else one that it believes small; of two the smaller. */
function broadcastSide(node: Join, context: LayoutContext): Side | undefined {
  const allowed = buildable[node.joinType];
  const bytes = { left: 0, right: 0 };
  for (const side of allowed) bytes[side] = believedBytes(node[side], context.leafBytes);
  const hinted = allowed.filter((side) => hasBroadcastHint(node[side]));
  const small = allowed.filter((side) => bytes[side] <= context.broadcastBytes);
  const candidates = hinted.length > 0 ? hinted : small;
  if (candidates.length < 2) return candidates[0];
  return bytes.right <= bytes.left ? 'right' : 'left';
}

/** A hint counts through nodes of one input. */
function hasBroadcastHint(plan: AnalyzedRelation): boolean {
  if (plan.kind === 'hint' && broadcastHints.has(plan.name.toLowerCase())) return true;
  const [only, ...more] = planChildren(plan);
  return only !== undefined && more.length === 0 && hasBroadcastHint(only);
}

function streamedLayout(node: Join, side: Side, sides: Readonly<Record<Side, Layout>>): Layout {
  const { count, spread, tagged } = sides[side];
  return {
    count,
    ...(spread ? { spread } : {}),
    ...(tagged ? { tagged: async () => streamedTagged(node, side, await tagged()) } : {}),
  };
}

async function shuffledJoin(
  node: Join,
  { left, right }: Readonly<Record<Side, Layout>>,
  context: LayoutContext,
): Promise<Layout | null> {
  const isTogether = left.spread === 'single' && right.spread === 'single';
  if (!isTogether && [left, right].some(({ spread }) => spread === 'single' || spread?.isHash === true)) return null;
  if (!context.isAdaptive) return { count: isTogether ? 1 : context.shufflePartitions };
  for (const side of emptiedBy[node.joinType]) if ((await context.rowCount(node[side])) === 0) return noPartitions;
  return shuffledTogether(node, [node.left, node.right], context);
}

/** Without an equality: every pair of partitions. Where a side is shuffled first, Spark may find it small and change its mind. */
function productLayout(node: Join, left: Layout, right: Layout, context: LayoutContext): Layout | null {
  if (node.joinType !== 'inner' && node.joinType !== 'cross') return null;
  if (context.isAdaptive && somePlan(node, (part) => part !== node && shuffling.has(part.kind))) return null;
  const tags = [left.tagged, right.tagged] as const;
  const [ofLeft, ofRight] = tags;
  return {
    count: left.count * right.count,
    ...(ofLeft && ofRight
      ? { tagged: async () => productTagged(node, await ofLeft(), await ofRight(), right.count) }
      : {}),
  };
}

const shuffling: ReadonlySet<AnalyzedRelation['kind']> = new Set([
  'aggregate',
  'deduplicate',
  'sort',
  'join',
  'repartition',
  'intersect',
  'except',
]);
