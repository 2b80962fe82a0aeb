import type { AnalyzedNode, AnalyzedRelation } from '../../plan/analyzed-relation.ts';
import type { Attribute } from '../../plan/attribute.ts';
import type { BoundExpression } from '../../plan/bound-expression.ts';
import { literal, newPart, numberCall, project, reference, tagBy, type Layout, type Tagged } from './layout.ts';

/** Nodes whose rows stay in the partition of the row they come from. */
export type Narrow = AnalyzedNode<
  | 'project'
  | 'filter'
  | 'time_window'
  | 'session_window'
  | 'watermark'
  | 'generate'
  | 'expand'
  | 'sample'
  | 'subquery_alias'
  | 'hint'
>;

/** The node over tagged rows: the tag goes through. No tagged node is the frame it comes from. */
export function narrowTagged(node: Narrow, { plan: input, part }: Tagged): Tagged {
  const output = [part, ...node.output];
  const item = { output: part, expression: reference(part) };
  if (node.kind === 'project')
    return { part, plan: { ...node, input, output, planIds: [], items: [item, ...node.items] } };
  if (node.kind === 'expand')
    return {
      part,
      plan: {
        ...node,
        input,
        output,
        planIds: [],
        projections: node.projections.map((list) => [reference(part), ...list]),
      },
    };
  return { part, plan: { ...node, input, output, planIds: [] } };
}

/** One after the other. The inputs are those that are not empty relations. */
export function unionTagged(node: AnalyzedNode<'union'>, inputs: readonly Layout[]): Layout['tagged'] {
  const thunks = inputs.flatMap(({ tagged }) => (tagged ? [tagged] : []));
  if (thunks.length < inputs.length || inputs.length < node.inputs.length) return undefined;
  return async () => {
    const part = newPart();
    let before = 0;
    const sides: AnalyzedRelation[] = [];
    for (const [side, layout] of inputs.entries()) {
      const tagged = await layout.tagged?.();
      const columns = node.inputs[side]?.output ?? [];
      if (tagged) sides.push(moved(tagged, columns, numberCall('+', reference(tagged.part), literal(before))));
      before += layout.count;
    }
    return { part, plan: { ...node, inputs: sides, output: [part, ...node.output], planIds: [] } };
  };
}

/** The rows under another number, which stands first. */
function moved({ plan }: Tagged, columns: readonly Attribute[], number: BoundExpression): AnalyzedRelation {
  const kept = columns.map((output) => ({ output, expression: reference(output) }));
  return project(plan, [{ output: newPart(), expression: number }, ...kept]);
}

/** `coalesce(count)` puts neighbours together: partition p of n goes to the last group that begins at or before it. */
export function coalescedTagged(tagged: Tagged, columns: readonly Attribute[], from: number, count: number): Tagged {
  const upTo = numberCall('+', reference(tagged.part), literal(1));
  const scaled = numberCall('-', numberCall('*', upTo, literal(count)), literal(1));
  const plan = moved(tagged, columns, numberCall('div', scaled, literal(from)));
  const [part = tagged.part] = plan.output;
  return { plan, part };
}

export function coalescedSizes(sizes: readonly number[], count: number): readonly number[] {
  const bound = (group: number): number => Math.floor((group * sizes.length) / count);
  return Array.from({ length: count }, (_, group) =>
    sizes.slice(bound(group), bound(group + 1)).reduce((sum, rows) => sum + rows, 0),
  );
}

/** An aggregate whose groups already stand together: each stays in its partition. */
export function groupedTagged(node: AnalyzedNode<'aggregate'>, { plan: input, part }: Tagged): Tagged {
  const item = { output: part, expression: reference(part) };
  return {
    part,
    plan: {
      ...node,
      input,
      grouping: [item, ...node.grouping],
      result: [item, ...node.result],
      output: [part, ...node.output],
      planIds: [],
    },
  };
}

/** An aggregate after a shuffle, tagged by a number made of its keys. */
export function hashedAggregate(
  node: AnalyzedNode<'aggregate'>,
  partOf: (keys: readonly BoundExpression[]) => BoundExpression,
): Tagged {
  const part = newPart();
  const keys = node.grouping.map(({ output }) => reference(output));
  return {
    part,
    plan: {
      ...node,
      result: [{ output: part, expression: partOf(keys) }, ...node.result],
      output: [part, ...node.output],
      planIds: [],
    },
  };
}

/** A join whose one side stays where it is. */
export function streamedTagged(node: AnalyzedNode<'join'>, side: 'left' | 'right', { plan, part }: Tagged): Tagged {
  const isRightShown = node.joinType !== 'left_semi' && node.joinType !== 'left_anti';
  const right = side === 'right' ? [part, ...node.right.output] : node.right.output;
  const left = side === 'left' ? [part, ...node.left.output] : node.left.output;
  const shown = new Map(node.output.map((attribute) => [attribute.id, attribute]));
  const output = [...left, ...(isRightShown ? right : [])].map((attribute) => shown.get(attribute.id) ?? attribute);
  return { part, plan: { ...node, [side]: plan, output, planIds: [] } };
}

/** Every partition of the left side with every one of the right. */
export function productTagged(node: AnalyzedNode<'join'>, left: Tagged, right: Tagged, rightCount: number): Tagged {
  const both: AnalyzedRelation = {
    ...node,
    left: left.plan,
    right: right.plan,
    output: [left.part, ...node.left.output, right.part, ...node.right.output],
    planIds: [],
  };
  const number = numberCall('+', numberCall('*', reference(left.part), literal(rightCount)), reference(right.part));
  return tagBy(both, number);
}
