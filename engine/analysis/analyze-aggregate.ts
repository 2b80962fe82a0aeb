import { SparkError, sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { ProjectItem } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { printUnresolved, type UnresolvedStyle } from '../plan/print-unresolved.ts';
import type { AggregateRelation } from '../plan/relation.ts';
import { hasAggregate } from '../plan/walk-expression.ts';
import { aggregateOver } from './aggregate-over.ts';
import { analyzeGroupingSets } from './analyze-grouping-sets.ts';
import { filterOver } from './analyze-filter.ts';
import { analyzePivot } from './analyze-pivot.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { bindExpression } from './bind-expression.ts';
import { withPlanText, type Binder } from './binder.ts';
import { parsedForm } from './parsed-text.ts';
import { checkAmbiguousSelfJoin } from './detect-ambiguous-self-join.ts';
import { writtenGenerator } from './generators.ts';
import { makeBinder } from './relation-binder.ts';
import { bindSelectList, selectItem } from './select-items.ts';
import { sameName } from './scope.ts';
import { expandSelectList } from './stars.ts';
import { quotedExpression } from './function-text.ts';

/** `groupBy(…).agg(…)`, `GROUP BY`, rollup, cube, grouping sets and pivot. */
export function analyzeAggregate(relation: AggregateRelation, input: AnalyzedRelation, context: AnalysisContext): AnalyzedRelation {
  const results = relation.select_list ?? [...relation.grouping_expressions, ...relation.aggregate_expressions];
  const binder = makeBinder([input], context, { operator: (style) => operatorText(relation, results, style) });
  if (relation.pivot) return analyzePivot(relation, relation.pivot, input, binder);
  const grouping = relation.grouping_expressions.flatMap((expression) => groupingItems(expression, relation, binder));
  if (relation.group_type !== 'groupby' || relation.grouping_sets) return analyzeGroupingSets(relation, grouping, results, input, binder);
  const list = aggregateItems(relation, grouping, results, input, binder);
  checkAmbiguousSelfJoin(binder, [input]);
  const below = binder.timeWindows?.over(list.input) ?? list.input;
  const aggregate = aggregateOver(below, grouping, list.items, binder);
  return relation.having ? filterOver(relation.having, aggregate, context) : aggregate;
}

const operatorText = (relation: AggregateRelation, results: readonly Expression[], style: UnresolvedStyle): string =>
  `Aggregate [${relation.grouping_expressions.map((e) => printUnresolved(e, style)).join(', ')}], [${results.map((e) => printUnresolved(e, style)).join(', ')}]`;

/** The result columns: DataFrame calls repeat the grouping columns themselves, so that names, ids and `window()` are shared. */
export function aggregateItems(
  relation: AggregateRelation,
  grouping: readonly ProjectItem[],
  results: readonly Expression[],
  input: AnalyzedRelation,
  binder: Binder,
): { readonly input: AnalyzedRelation; readonly items: readonly ProjectItem[] } {
  if (relation.select_list) return bindSelectList(results, input, binder);
  refuseGenerators(relation.aggregate_expressions, binder);
  const list = bindSelectList(relation.aggregate_expressions, input, binder);
  return { input: list.input, items: [...grouping.map(sameColumn), ...list.items] };
}

/** The grouping value under its own output: grouping by a column keeps its id. */
const sameColumn = (item: ProjectItem): ProjectItem => ({ output: item.output, expression: item.expression });

/** A generator among aggregates: its argument counts as a column that is not grouped. */
function refuseGenerators(expressions: readonly Expression[], binder: Binder): void {
  for (const expression of expressions) {
    const [argument] = writtenGenerator(expression, binder.context)?.call.arguments ?? [];
    if (!argument) continue;
    const text = quotedExpression(bindExpression(argument, binder), binder.context).slice(1, -1);
    throw withPlanText(sparkError('MISSING_AGGREGATION', { expression: `"${text}"`, expressionAnyValue: `"any_value(${text})"` }), binder.planText);
  }
}

/** One grouping expression; in SQL it may be a position or an alias of the select list. */
export function groupingItems(expression: Expression, relation: AggregateRelation, binder: Binder): readonly ProjectItem[] {
  const { select_list: selectList } = relation;
  const written = parsedForm(expression, binder.context);
  if (selectList && written.kind === 'literal' && written.data_type === 'integer') return [byPosition(Number(written.value), selectList, binder)];
  refuseGenerators([expression], binder);
  return expandSelectList([written], binder).map((entry) => {
    try {
      return selectItem(entry, binder);
    } catch (error) {
      const byAlias = selectList && isUnresolved(error) ? aliasOf(written, selectList, binder.context) : undefined;
      if (!byAlias) throw error;
      return aliasedItem(byAlias, binder);
    }
  });
}

const isUnresolved = (error: unknown): boolean => error instanceof SparkError && (error.condition?.startsWith('UNRESOLVED_COLUMN') ?? false);

function aliasOf(expression: Expression, selectList: readonly Expression[], context: AnalysisContext): Expression | undefined {
  if (expression.kind !== 'unresolved_attribute') return undefined;
  return selectList.map((item) => parsedForm(item, context)).find((item) => item.kind === 'alias' && sameName(item.name[0] ?? '', expression.unparsed_identifier, false));
}

function aliasedItem(expression: Expression, binder: Binder): ProjectItem {
  return selectItem({ kind: 'expression', expression }, binder);
}

function byPosition(position: number, selectList: readonly Expression[], binder: Binder): ProjectItem {
  const list = expandSelectList(selectList, binder);
  const entry = list[position - 1];
  if (!entry) throw sparkError('GROUP_BY_POS_OUT_OF_RANGE', { index: String(position), size: String(list.length) });
  const item = selectItem(entry, binder);
  if (hasAggregate(item.expression)) {
    const text = quotedExpression(item.expression, binder.context).slice(1, -1);
    throw sparkError('GROUP_BY_POS_AGGREGATE', { index: String(position), aggExpr: `${text} AS \`${item.output.name}\`` });
  }
  return item;
}

