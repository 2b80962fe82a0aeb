import { SparkError, sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { ProjectItem } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import type { AggregateRelation } from '../plan/relation.ts';
import { hasAggregate, referencedAttributes } from '../plan/walk-expression.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { withPlanText, type Binder } from './binder.ts';
import { expressionText } from './function-text.ts';
import { writtenGenerator } from './generators.ts';
import { parsedForm } from './parsed-text.ts';
import { bindSelectList, selectItem } from './select-items.ts';
import { sameName } from './scope.ts';
import { expandSelectList } from './stars.ts';

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
  const list = bindSelectList(relation.aggregate_expressions, input, { ...binder, namesUnresolved: true });
  return { input: list.input, items: [...grouping.map(sameColumn), ...list.items] };
}

/** The grouping value under its own output: grouping by a column keeps its id. */
const sameColumn = (item: ProjectItem): ProjectItem => ({ output: item.output, expression: item.expression });

/** A generator among aggregates or grouping columns: Spark computes it above the aggregate, where the column it reads is not grouped. */
function refuseGenerators(expressions: readonly Expression[], binder: Binder): void {
  for (const expression of expressions) {
    const [argument] = writtenGenerator(expression, binder.context)?.call.arguments ?? [];
    if (!argument) continue;
    const bound = binder.bind(argument, binder);
    const text = referencedAttributes(bound)[0]?.name ?? expressionText(bound, binder.context);
    throw withPlanText(
      sparkError('MISSING_AGGREGATION', { expression: `"${text}"`, expressionAnyValue: `"any_value(${text})"` }),
      binder.planText,
    );
  }
}

/** One grouping expression; in SQL it may be a position or an alias of the select list. */
export function groupingItems(
  expression: Expression,
  relation: AggregateRelation,
  binder: Binder,
): readonly ProjectItem[] {
  const { select_list: selectList } = relation;
  const written = parsedForm(expression, binder.context);
  if (selectList && written.kind === 'literal' && written.data_type === 'integer')
    return [byPosition(Number(written.value), selectList, binder)];
  refuseGenerators([expression], binder);
  return expandSelectList([written], binder).map((entry) => {
    try {
      return selectItem(entry, selectList ? binder : { ...binder, namesUnresolved: true });
    } catch (error) {
      const byAlias = selectList && isUnresolved(error) ? aliasOf(written, selectList, binder.context) : undefined;
      if (!byAlias) throw error;
      return aliasedItem(byAlias, binder);
    }
  });
}

const isUnresolved = (error: unknown): boolean =>
  error instanceof SparkError && (error.condition?.startsWith('UNRESOLVED_COLUMN') ?? false);

function aliasOf(
  expression: Expression,
  selectList: readonly Expression[],
  context: AnalysisContext,
): Expression | undefined {
  if (expression.kind !== 'unresolved_attribute') return undefined;
  return selectList
    .map((item) => parsedForm(item, context))
    .find((item) => item.kind === 'alias' && sameName(item.name[0] ?? '', expression.unparsed_identifier, false));
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
    const text = expressionText(item.expression, binder.context);
    throw sparkError('GROUP_BY_POS_AGGREGATE', {
      index: String(position),
      aggExpr: `${text} AS \`${item.output.name}\``,
    });
  }
  return item;
}
