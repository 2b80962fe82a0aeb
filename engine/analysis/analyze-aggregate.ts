import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Expression } from '../plan/expression.ts';
import { printUnresolved, type UnresolvedStyle } from '../plan/print-unresolved.ts';
import type { AggregateRelation } from '../plan/relation.ts';
import { aggregateOver } from './aggregate-over.ts';
import { filterOver } from './analyze-filter.ts';
import { analyzeGroupingSets } from './analyze-grouping-sets.ts';
import { analyzePivot } from './analyze-pivot.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { checkAmbiguousSelfJoin } from './detect-ambiguous-self-join.ts';
import { aggregateItems, groupingItems } from './grouping-items.ts';
import { makeBinder } from './relation-binder.ts';

/** `groupBy(…).agg(…)`, `GROUP BY`, rollup, cube, grouping sets and pivot. */
export function analyzeAggregate(
  relation: AggregateRelation,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const results = relation.select_list ?? [...relation.grouping_expressions, ...relation.aggregate_expressions];
  const binder = makeBinder([input], context, { operator: (style) => operatorText(relation, results, style) });
  if (relation.pivot) return analyzePivot(relation, relation.pivot, input, binder);
  const grouping = relation.grouping_expressions.flatMap((expression) => groupingItems(expression, relation, binder));
  if (relation.group_type !== 'groupby' || relation.grouping_sets)
    return analyzeGroupingSets(relation, grouping, results, input, binder);
  const list = aggregateItems(relation, grouping, results, input, binder);
  checkAmbiguousSelfJoin(binder, [input]);
  const below = binder.timeWindows?.over(list.input) ?? list.input;
  const { having } = relation;
  return aggregateOver(below, grouping, list.items, binder, {
    having: (aggregate) => (having ? filterOver(having, aggregate, context) : aggregate),
  });
}

const operatorText = (relation: AggregateRelation, results: readonly Expression[], style: UnresolvedStyle): string =>
  `Aggregate [${relation.grouping_expressions.map((e) => printUnresolved(e, style)).join(', ')}], [${results.map((e) => printUnresolved(e, style)).join(', ')}]`;
