import { assertNever } from '../../core/assert-never.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../../plan/analyzed-relation.ts';
import type { AttributeId } from '../../plan/attribute.ts';
import type { BoundExpression } from '../../plan/bound-expression.ts';
import { collectExpressions } from '../../plan/walk-expression.ts';
import { joinLayout } from './join-layout.ts';
import {
  hashPart,
  noPartitions,
  onePartition,
  reference,
  sizesOf,
  tagBy,
  type Layout,
  type LayoutContext,
} from './layout.ts';
import { roundRobinSizes } from './round-robin.ts';
import { shuffledTogether } from './shuffled-together.ts';
import {
  coalescedSizes,
  coalescedTagged,
  groupedTagged,
  hashedAggregate,
  narrowTagged,
  unionTagged,
  type Narrow,
} from './tagged-rows.ts';

/** How Spark 3.5 would cut the rows of a plan into partitions; null: Marea cannot tell. */
export async function layoutOf(plan: AnalyzedRelation, context: LayoutContext): Promise<Layout | null> {
  return context.isCached(plan) ? ownLayout(plan, { ...context, isAdaptive: false }) : ownLayout(plan, context);
}

async function ownLayout(plan: AnalyzedRelation, context: LayoutContext): Promise<Layout | null> {
  switch (plan.kind) {
    case 'source':
    case 'table':
    case 'local_rows':
    case 'range':
      return context.leaf(plan);
    case 'union':
      return unionLayout(plan, context);
    case 'join': {
      const left = await layoutOf(plan.left, context);
      const right = await layoutOf(plan.right, context);
      return left && right && joinLayout(plan, left, right, context);
    }
    case 'intersect':
    case 'except':
      return differenceLayout(plan, context);
    default: {
      const input = await layoutOf(plan.input, context);
      return input && unaryLayout(plan, input, context);
    }
  }
}

type Unary = Exclude<
  AnalyzedRelation,
  AnalyzedNode<'source' | 'table' | 'local_rows' | 'range' | 'union' | 'join' | 'intersect' | 'except'>
>;

async function unaryLayout(plan: Unary, input: Layout, context: LayoutContext): Promise<Layout | null> {
  switch (plan.kind) {
    case 'project': {
      const windows = plan.items.flatMap(({ expression }) => collectExpressions(expression, isWindow)).filter(isWindow);
      return windows.length > 0 ? windowLayout(plan, windows, input, context) : narrowLayout(plan, input);
    }
    case 'filter':
      return neverHolds(plan.condition) ? noPartitions : narrowLayout(plan, input);
    case 'hint':
      return partitioningHints.has(plan.name.toLowerCase()) ? null : narrowLayout(plan, input);
    case 'time_window':
    case 'session_window':
    case 'watermark':
    case 'generate':
    case 'expand':
    case 'sample':
    case 'subquery_alias':
      return narrowLayout(plan, input);
    case 'aggregate':
      return aggregateLayout(plan, input, context);
    case 'deduplicate':
      return deduplicateLayout(plan, input, context);
    case 'sort':
      return sortLayout(plan, input, context);
    case 'limit':
    case 'offset':
    case 'tail':
      return input.count === 0 || (plan.kind === 'limit' && plan.count === 0)
        ? noPartitions
        : onePartition(plan, context, 'single');
    case 'repartition':
      return repartitionLayout(plan, input, context);
    default:
      return assertNever(plan, 'relation');
  }
}

const isWindow = (part: BoundExpression): part is Extract<BoundExpression, { kind: 'window' }> =>
  part.kind === 'window';
const partitioningHints: ReadonlySet<string> = new Set([
  'coalesce',
  'repartition',
  'repartition_by_range',
  'rebalance',
]);

const neverHolds = (condition: BoundExpression): boolean =>
  condition.kind === 'literal' && (condition.value === null || condition.value === false);

const keepingRows: ReadonlySet<AnalyzedRelation['kind']> = new Set(['project', 'watermark', 'subquery_alias', 'hint']);

/** What changes no partition. */
function narrowLayout(plan: Narrow, { count, spread, sizes, tagged }: Layout): Layout {
  const shown = new Set(plan.output.map(({ id }) => id));
  const isKept = spread === 'single' || (spread && [...spread.by].every((id) => shown.has(id)));
  return {
    count,
    ...(spread && isKept ? { spread } : {}),
    ...(sizes && keepingRows.has(plan.kind) ? { sizes } : {}),
    ...(tagged ? { tagged: async () => narrowTagged(plan, await tagged()) } : {}),
  };
}

/** Whether rows with the same keys stand together already. */
const isTogether = ({ spread }: Layout, keys: ReadonlySet<AttributeId>): boolean =>
  spread === 'single' || (spread !== undefined && keys.size > 0 && [...spread.by].every((id) => keys.has(id)));

const idsIn = (expressions: readonly BoundExpression[]): ReadonlySet<AttributeId> =>
  new Set(expressions.flatMap((part) => (part.kind === 'attribute' ? [part.attribute.id] : [])));

async function aggregateLayout(
  plan: AnalyzedNode<'aggregate'>,
  input: Layout,
  context: LayoutContext,
): Promise<Layout | null> {
  if (plan.grouping.length === 0) return onePartition(plan, context, 'single');
  const { tagged } = input;
  if (!plan.isStreaming && isTogether(input, idsIn(plan.grouping.map(({ expression }) => expression))))
    return {
      count: input.count,
      ...(input.spread ? { spread: input.spread } : {}),
      ...(tagged ? { tagged: async () => groupedTagged(plan, await tagged()) } : {}),
    };
  // Each task sends its own groups.
  if (context.isAdaptive)
    return joinedShuffle(
      plan,
      Array.from({ length: input.count }, () => plan),
      context,
    );
  const count = context.shufflePartitions;
  return { count, tagged: async () => hashedAggregate(plan, (keys) => hashPart(keys, count)) };
}

/** A shuffle that adaptive execution may find empty, and then nothing is left of it. */
async function joinedShuffle(
  plan: AnalyzedRelation,
  shuffled: readonly AnalyzedRelation[],
  context: LayoutContext,
): Promise<Layout | null> {
  return (await context.rowCount(plan)) === 0 ? noPartitions : shuffledTogether(plan, shuffled, context);
}

async function deduplicateLayout(
  plan: AnalyzedNode<'deduplicate'>,
  input: Layout,
  context: LayoutContext,
): Promise<Layout | null> {
  const keys = plan.keys.map(reference);
  const { tagged } = input;
  if (!plan.isStreaming && isTogether(input, idsIn(keys)))
    return {
      count: input.count,
      ...(input.spread ? { spread: input.spread } : {}),
      ...(tagged
        ? {
            tagged: async () => {
              const { plan: rows, part } = await tagged();
              return { part, plan: { ...plan, input: rows, output: [part, ...plan.output], planIds: [] } };
            },
          }
        : {}),
    };
  if (context.isAdaptive)
    return joinedShuffle(
      plan,
      Array.from({ length: input.count }, () => plan),
      context,
    );
  const count = context.shufflePartitions;
  return { count, tagged: async () => tagBy(plan, hashPart(keys, count)) };
}

async function windowLayout(
  plan: AnalyzedNode<'project'>,
  windows: readonly Extract<BoundExpression, { kind: 'window' }>[],
  input: Layout,
  context: LayoutContext,
): Promise<Layout | null> {
  if (input.count === 0) return noPartitions;
  if (input.spread === 'single') return onePartition(plan, context, 'single');
  if (context.isAdaptive) return joinedShuffle(plan, [plan], context);
  if (windows.some(({ partition }) => partition.length === 0)) return onePartition(plan, context, 'single');
  return { count: context.shufflePartitions };
}

/** A global sort cuts ranges by a sample of the rows; only adaptive execution puts small ones together again. */
async function sortLayout(plan: AnalyzedNode<'sort'>, input: Layout, context: LayoutContext): Promise<Layout | null> {
  if (input.count === 0) return noPartitions;
  if (!plan.isGlobal || input.spread === 'single') return input;
  return context.isAdaptive ? joinedShuffle(plan, [plan], context) : null;
}

async function repartitionLayout(
  plan: AnalyzedNode<'repartition'>,
  input: Layout,
  context: LayoutContext,
): Promise<Layout | null> {
  const { partitions, by } = plan;
  if (!plan.shuffle) return coalesceLayout(plan, input);
  if (partitions === undefined && context.isAdaptive) return shuffledTogether(plan, [plan], context);
  if (plan.isRange && partitions !== 1) return null;
  const count = partitions ?? context.shufflePartitions;
  if (by.length === 0)
    return {
      count,
      ...(count === 1 ? { spread: 'single' } : {}),
      ...(input.sizes || input.tagged
        ? { sizes: async () => roundRobinSizes((await sizesOf(input, context)) ?? [], count) }
        : {}),
    };
  const ids = idsIn(by);
  return {
    count,
    ...(ids.size === by.length ? { spread: count === 1 ? ('single' as const) : { by: ids, isHash: true } } : {}),
    tagged: async () => tagBy(plan, hashPart(by, count)),
  };
}

function coalesceLayout(plan: AnalyzedNode<'repartition'>, input: Layout): Layout {
  const wanted = plan.partitions ?? 1;
  if (wanted >= input.count) return input;
  const { count, sizes, tagged } = input;
  return {
    count: wanted,
    ...(wanted === 1 ? { spread: 'single' } : {}),
    ...(sizes ? { sizes: async () => coalescedSizes(await sizes(), wanted) } : {}),
    ...(tagged ? { tagged: async () => coalescedTagged(await tagged(), plan.output, count, wanted) } : {}),
  };
}

async function unionLayout(plan: AnalyzedNode<'union'>, context: LayoutContext): Promise<Layout | null> {
  const inputs: Layout[] = [];
  for (const input of plan.inputs) {
    const layout = await layoutOf(input, context);
    if (!layout) return null;
    if (layout.count > 0) inputs.push(layout);
  }
  const tagged = unionTagged(plan, inputs);
  const knowAll = inputs.every((input) => input.sizes || input.tagged);
  return {
    count: inputs.reduce((sum, { count }) => sum + count, 0),
    ...(knowAll
      ? {
          sizes: async () =>
            (await Promise.all(inputs.map((input) => sizesOf(input, context)))).flatMap((s) => s ?? []),
        }
      : {}),
    ...(tagged ? { tagged } : {}),
  };
}

/** INTERSECT and EXCEPT: a join on all columns and an aggregate over it. */
async function differenceLayout(
  plan: AnalyzedNode<'intersect' | 'except'>,
  context: LayoutContext,
): Promise<Layout | null> {
  const left = await layoutOf(plan.left, context);
  const right = await layoutOf(plan.right, context);
  if (!left || !right) return null;
  if (context.isAdaptive) return joinedShuffle(plan, [plan.left, plan.right], context);
  return { count: context.shufflePartitions };
}
