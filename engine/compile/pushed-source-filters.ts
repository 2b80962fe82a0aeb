import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { plansOfKind } from '../plan/walk-plan.ts';
import { referencedAttributes } from '../plan/walk-expression.ts';
import { conjuncts } from './join-conditions.ts';
import { nullRejecting } from './push-join-filters.ts';
import { simplifiedLike } from './simplified-like.ts';

/**
 * The conditions that Spark hands to a source, for filters that lie directly on it: simple comparisons of a column with a constant, and for any other condition
 * that its columns are not NULL.
 */
export function pushedSourceFilters(plan: AnalyzedRelation): ReadonlyMap<AnalyzedRelation, readonly BoundExpression[]> {
  const pushed = new Map<AnalyzedRelation, readonly BoundExpression[]>();
  if (!plan.isStreaming) return pushed;
  for (const filter of plansOfKind(plan, 'filter')) {
    if (filter.input.kind !== 'source') continue;
    const parts = conjuncts(filter.condition).flatMap(pushedPart);
    pushed.set(filter.input, [...(pushed.get(filter.input) ?? []), ...parts]);
  }
  return pushed;
}

const pushedPart = (condition: BoundExpression): readonly BoundExpression[] =>
  simplifiedLike(condition) ?? (isTranslatable(condition) ? [condition] : notNullParts(condition));

/** `isnotnull(column)` for what the condition rejects, written with the condition's own type of call. */
const notNullParts = (condition: BoundExpression): readonly BoundExpression[] =>
  nullRejecting(condition).map((attribute) => ({
    kind: 'call',
    name: 'isnotnull',
    args: [{ kind: 'attribute', attribute, type: attribute.type, nullable: attribute.nullable }],
    type: condition.type,
    nullable: false,
  }));

const comparisons: ReadonlySet<string> = new Set([
  '=',
  '==',
  '<=>',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'startswith',
  'endswith',
  'contains',
]);

function isTranslatable(condition: BoundExpression): boolean {
  if (referencedAttributes(condition).length === 0) return condition.kind !== 'python';
  if (condition.kind !== 'call') return condition.kind === 'attribute';
  const { name, args } = condition;
  if (name === 'and' || name === 'or' || name === 'not') return args.every(isTranslatable);
  if (name === 'isnull' || name === 'isnotnull') return args.every((arg) => arg.kind === 'attribute');
  if (!comparisons.has(name)) return false;
  const columns = args.filter((arg) => arg.kind === 'attribute');
  return columns.length === 1 && args.every((arg) => arg.kind === 'attribute' || arg.kind === 'literal');
}
