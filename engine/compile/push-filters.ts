import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { AttributeId } from '../plan/attribute.ts';
import type { BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import { planChildren, withChildren } from '../plan/plan-children.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { referencedAttributes } from '../plan/walk-expression.ts';
import { conjuncts, idsOf, readsOnly } from './join-conditions.ts';
import { isMovable, withFilter } from './movable-filter.ts';
import { pushJoinFilters } from './push-join-filters.ts';

type Conditions = readonly BoundExpression[];

/**
 * Moves the filters of a stream towards its sources as Spark's optimizer does. It decides which rows reach a watermark: a filter that does not read the
 * event time goes below `withWatermark`, so that only rows passing it advance the watermark. Batch plans are left to DuckDB.
 */
export const pushFilters = (plan: AnalyzedRelation): AnalyzedRelation => (plan.isStreaming ? pushDown(plan) : plan);

/** The same for any plan. */
export const pushDown = (plan: AnalyzedRelation): AnalyzedRelation => push(plan, []);

/** The node with the conditions at work in it or below. */
function push(node: AnalyzedRelation, conditions: Conditions): AnalyzedRelation {
  switch (node.kind) {
    case 'filter':
      return throughFilter(node, conditions);
    case 'project':
      return throughProject(node, conditions);
    case 'subquery_alias':
    case 'hint':
    case 'repartition':
      return { ...node, input: push(node.input, conditions) };
    case 'sort':
      return { ...node, input: push(node.input, conditions) };
    case 'watermark':
      return throughUnless(node, conditions, new Set([node.attribute.id]));
    case 'time_window':
    case 'session_window':
      return throughUnless(node, conditions, new Set([node.window.id]));
    case 'generate':
      return throughUnless(node, conditions, idsOf(node.generated));
    case 'union':
      return throughUnion(node, conditions);
    case 'aggregate':
      return throughAggregate(node, conditions);
    case 'deduplicate':
      return throughDeduplicate(node, conditions);
    case 'join':
      return pushJoinFilters(node, conditions, push);
    default:
      return withFilter(
        withChildren(
          node,
          planChildren(node).map((child) => push(child, [])),
        ),
        conditions,
      );
  }
}

function throughFilter(node: AnalyzedNode<'filter'>, conditions: Conditions): AnalyzedRelation {
  const own = conjuncts(node.condition);
  const movable = own.filter(isMovable);
  const fixed = own.filter((condition) => !isMovable(condition));
  if (fixed.length === 0) return push(node.input, [...movable, ...conditions]);
  return withFilter(push(node.input, [...movable, ...conditions]), fixed);
}

function throughProject(node: AnalyzedNode<'project'>, conditions: Conditions): AnalyzedRelation {
  const isTransparent = node.items.every((item) => isMovable(item.expression));
  const down = isTransparent ? conditions.map((condition) => substituted(condition, node.items)) : [];
  return withFilter({ ...node, input: push(node.input, down) }, isTransparent ? [] : conditions);
}

/** The condition over what the items are made of. */
function substituted(condition: BoundExpression, items: readonly ProjectItem[]): BoundExpression {
  const meaning = new Map<AttributeId, BoundExpression>(items.map((item) => [item.output.id, item.expression]));
  return rewriteExpression(condition, (part) =>
    part.kind === 'attribute' ? meaning.get(part.attribute.id) : undefined,
  );
}

function throughUnless(
  node:
    | AnalyzedNode<'watermark'>
    | AnalyzedNode<'time_window'>
    | AnalyzedNode<'session_window'>
    | AnalyzedNode<'generate'>,
  conditions: Conditions,
  made: ReadonlySet<AttributeId>,
): AnalyzedRelation {
  const staysAbove = (condition: BoundExpression): boolean =>
    referencedAttributes(condition).some((attribute) => made.has(attribute.id));
  const below = conditions.filter((condition) => !staysAbove(condition));
  return withFilter({ ...node, input: push(node.input, below) }, conditions.filter(staysAbove));
}

function throughUnion(node: AnalyzedNode<'union'>, conditions: Conditions): AnalyzedRelation {
  const inputs = node.inputs.map((input) => {
    const items = node.output.flatMap((output, i) => {
      const attribute = input.output[i];
      return attribute
        ? [
            {
              output,
              expression: { kind: 'attribute', attribute, type: attribute.type, nullable: attribute.nullable },
            } as const,
          ]
        : [];
    });
    return push(
      input,
      conditions.map((condition) => substituted(condition, items)),
    );
  });
  return { ...node, inputs };
}

/** Without a stream Spark makes an aggregate of it, grouped by the keys. */
function throughDeduplicate(node: AnalyzedNode<'deduplicate'>, conditions: Conditions): AnalyzedRelation {
  const keys = idsOf(node.keys);
  const goesBelow = (condition: BoundExpression): boolean => !node.isStreaming && readsOnly(condition, keys);
  return withFilter(
    { ...node, input: push(node.input, conditions.filter(goesBelow)) },
    conditions.filter((condition) => !goesBelow(condition)),
  );
}

/** A condition on grouping columns alone removes whole groups, so it may as well remove their rows. */
function throughAggregate(node: AnalyzedNode<'aggregate'>, conditions: Conditions): AnalyzedRelation {
  const keys = idsOf(node.grouping.map((item) => item.output));
  const down: BoundExpression[] = [];
  const above: BoundExpression[] = [];
  for (const condition of conditions) {
    const overGroups = substituted(condition, node.result);
    const isOnKeys = node.grouping.length > 0 && readsOnly(overGroups, keys) && isMovable(overGroups);
    const isPlain = node.grouping.every((item) => isMovable(item.expression));
    if (isOnKeys && isPlain) down.push(substituted(overGroups, node.grouping));
    else above.push(condition);
  }
  return withFilter({ ...node, input: push(node.input, down) }, above);
}
