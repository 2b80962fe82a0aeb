import { booleanType } from '../core/data-type.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute, AttributeId } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { JoinType } from '../plan/relation.ts';
import { constraintsOf, inferredConditions } from './inferred-filters.ts';
import { conjuncts, idsOf, readsOnly } from './join-conditions.ts';
import { isMovable, joinedByAnd, withFilter } from './movable-filter.ts';

type Conditions = readonly BoundExpression[];
type Join = AnalyzedNode<'join'>;

/** Which sides take a filter that stood above the join, and which take parts of the join's own condition. */
const rules: Readonly<Record<JoinType, { readonly above: readonly Side[]; readonly own: readonly Side[] }>> = {
  inner: { above: ['left', 'right'], own: ['left', 'right'] },
  cross: { above: ['left', 'right'], own: ['left', 'right'] },
  left_semi: { above: ['left'], own: ['left', 'right'] },
  left_anti: { above: ['left'], own: ['right'] },
  left_outer: { above: ['left'], own: ['right'] },
  right_outer: { above: ['right'], own: ['left'] },
  full_outer: { above: [], own: [] },
};
type Side = 'left' | 'right';

/**
 * Conditions that read one side go into it where the join type lets them; what follows for an inner side (its keys are not NULL, and satisfy what the
 * other side's keys do) goes with them.
 */
export function pushJoinFilters(
  node: Join,
  conditions: Conditions,
  push: (side: AnalyzedRelation, conditions: Conditions) => AnalyzedRelation,
): AnalyzedRelation {
  const rule = rules[node.joinType];
  const ids = { left: idsOf(node.left.output), right: idsOf(node.right.output) };
  const sideOf = (condition: BoundExpression, sides: readonly Side[]): Side | undefined =>
    isMovable(condition) ? sides.find((side) => readsOnly(condition, ids[side])) : undefined;
  const own = node.condition ? conjuncts(node.condition) : [];
  const kept = own.filter((part) => sideOf(part, rule.own) === undefined);
  const above = conditions.filter((condition) => sideOf(condition, rule.above) === undefined);
  const inferred = inferredConditions([
    ...constraintsOf(node.left),
    ...constraintsOf(node.right),
    ...own,
    ...knownFromAbove(),
  ]);
  const sides = { left: inputOf('left'), right: inputOf('right') };
  const condition = joinedByAnd(kept);
  const { condition: _, ...bare } = node;
  return withFilter({ ...bare, ...sides, ...(condition ? { condition } : {}) }, above);

  /** All conditions from above become part of an inner join; of another one only those that a side takes. */
  function knownFromAbove(): Conditions {
    const isInner = node.joinType === 'inner' || node.joinType === 'cross';
    return isInner ? conditions : conditions.filter((part) => sideOf(part, rule.above) !== undefined);
  }

  function inputOf(side: Side): AnalyzedRelation {
    const fromAbove = conditions.filter((part) => sideOf(part, rule.above) === side);
    const fromOwn = own.filter((part) => sideOf(part, rule.own) === side);
    const notNull = rule.own.includes(side) ? notNullConditions(kept, ids[side]) : [];
    const fromEquality = rule.own.includes(side) ? inferred.filter((part) => readsOnly(part, ids[side])) : [];
    return push(node[side], [...notNull, ...fromOwn, ...fromEquality, ...fromAbove]);
  }
}

/** A row whose key is NULL meets no partner, so Spark drops it before the join. */
function notNullConditions(parts: Conditions, ids: ReadonlySet<AttributeId>): Conditions {
  const needed = new Map<AttributeId, Attribute>();
  for (const part of parts) {
    for (const attribute of nullRejecting(part))
      if (ids.has(attribute.id) && attribute.nullable) needed.set(attribute.id, attribute);
  }
  return [...needed.values()].map(isNotNull);
}

const isNotNull = (attribute: Attribute): BoundExpression => ({
  kind: 'call',
  name: 'isnotnull',
  args: [{ kind: 'attribute', attribute, type: attribute.type, nullable: attribute.nullable }],
  type: booleanType,
  nullable: false,
});

const nullRejectingCalls: ReadonlySet<string> = new Set([
  '=',
  '==',
  '<',
  '<=',
  '>',
  '>=',
  '!=',
  '+',
  '-',
  '*',
  '/',
  '%',
  'upper',
  'lower',
  'trim',
  'substring',
  'length',
  'abs',
]);

/** Columns whose NULL makes the whole expression NULL, as far as Spark tells. */
export function nullRejecting(expression: BoundExpression): readonly Attribute[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.attribute];
    case 'cast':
      return nullRejecting(expression.child);
    case 'call':
      return nullRejectingCalls.has(expression.name) ? expression.args.flatMap(nullRejecting) : [];
    default:
      return [];
  }
}
