import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { expressionKey } from '../plan/expression-key.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { conjuncts, idsOf, readsOnly } from './join-conditions.ts';
import { isMovable } from './movable-filter.ts';

type Conditions = readonly BoundExpression[];

/**
 * What follows from `facts` by their equalities of two columns: with `a = b` and `a <> 1` also `b <> 1`. Spark's `InferFiltersFromConstraints`.
 * Answers only what is not among the facts already.
 */
export function inferredConditions(facts: Conditions): Conditions {
  const known = new Set(facts.map(expressionKey));
  const inferred: BoundExpression[] = [];
  for (const equality of facts) {
    const [left, right] = columnEquality(equality);
    if (!left || !right) continue;
    for (const fact of facts) {
      if (fact === equality || !isMovable(fact)) continue;
      for (const candidate of [withColumn(fact, left, right), withColumn(fact, right, left)]) {
        const key = expressionKey(candidate);
        if (!known.has(key)) inferred.push(candidate);
        known.add(key);
      }
    }
  }
  return inferred;
}

function columnEquality(condition: BoundExpression): readonly Attribute[] {
  if (condition.kind !== 'call' || (condition.name !== '==' && condition.name !== '=')) return [];
  return condition.args.flatMap((arg) => (arg.kind === 'attribute' ? [arg.attribute] : []));
}

const withColumn = (condition: BoundExpression, from: Attribute, to: Attribute): BoundExpression =>
  rewriteExpression(condition, (part) =>
    part.kind === 'attribute' && part.attribute.id === from.id
      ? { kind: 'attribute', attribute: to, type: to.type, nullable: to.nullable }
      : undefined,
  );

/** What every row of the relation satisfies, as far as its filters and inner joins tell, over its output columns. */
export function constraintsOf(node: AnalyzedRelation): Conditions {
  const output = idsOf(node.output);
  return allConstraints(node).filter((condition) => isMovable(condition) && readsOnly(condition, output));
}

function allConstraints(node: AnalyzedRelation): Conditions {
  switch (node.kind) {
    case 'filter':
      return [...constraintsOf(node.input), ...conjuncts(node.condition)];
    case 'project':
      return throughAliases(node);
    case 'join':
      return joinConstraints(node);
    case 'watermark':
    case 'time_window':
    case 'session_window':
    case 'generate':
    case 'deduplicate':
    case 'sort':
    case 'limit':
    case 'subquery_alias':
    case 'repartition':
    case 'hint':
      return constraintsOf(node.input);
    default:
      return [];
  }
}

/** A renamed column satisfies what the column does. */
function throughAliases(node: AnalyzedNode<'project'>): Conditions {
  const below = constraintsOf(node.input);
  const renamed = node.items.flatMap(({ expression, output }) =>
    expression.kind === 'attribute' && expression.attribute.id !== output.id
      ? below.map((condition) => withColumn(condition, expression.attribute, output))
      : [],
  );
  return [...below, ...renamed];
}

function joinConstraints(node: AnalyzedNode<'join'>): Conditions {
  const [left, right] = [constraintsOf(node.left), constraintsOf(node.right)];
  const own = node.condition ? conjuncts(node.condition) : [];
  switch (node.joinType) {
    case 'inner':
    case 'cross':
      return [...left, ...right, ...own];
    case 'left_semi':
      return [...left, ...own];
    case 'left_anti':
    case 'left_outer':
      return left;
    case 'right_outer':
      return right;
    case 'full_outer':
      return [];
  }
}
