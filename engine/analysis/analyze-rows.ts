import { SparkError, sparkError } from '../core/spark-error.ts';
import { javaDoubleText } from '../core/java-number-text.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { printPlan } from '../plan/print-plan.ts';
import { printUnresolved } from '../plan/print-unresolved.ts';
import type { DeduplicateRelation, Relation, SampleRelation } from '../plan/relation.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { refuseMaps } from './analyze-set-operation.ts';
import { bindExpression } from './bind-expression.ts';
import { withPlanText } from './binder.ts';
import { printContext } from './function-text.ts';
import { makeBinder, nodeOver } from './relation-binder.ts';
import { sameName } from './scope.ts';

/** `limit`, `offset`, `tail`. */
export function analyzeLimit(
  kind: 'limit' | 'offset' | 'tail',
  count: number,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const node: AnalyzedRelation = { ...nodeOver(input), kind, input, count };
  if (count >= 0 || kind === 'tail') return node;
  const planText = (): string => printPlan(node, printContext(context.zone));
  throw withPlanText(
    sparkError('INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE', { expr: `"${count}"`, name: kind, v: String(count) }),
    planText,
  );
}

/** `dropDuplicates`, `distinct`, `dropDuplicatesWithinWatermark`: every column of a given name is a key; without names, all columns. */
export function analyzeDeduplicate(
  relation: DeduplicateRelation,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const names = relation.column_names ?? [];
  const all = relation.all_columns_as_keys ?? relation.column_names === undefined;
  const keys = all
    ? input.output
    : names.flatMap((name) => {
        const found = input.output.filter((attribute) => sameName(attribute.name, name, context.caseSensitive));
        if (found.length > 0) return found;
        throw sparkError('_LEGACY_ERROR_TEMP_1201', {
          colName: name,
          fieldNames: input.output.map((attribute) => attribute.name).join(', '),
        });
      });
  const unique = keys.filter((key, index) => keys.findIndex((other) => other.id === key.id) === index);
  const node: AnalyzedRelation = {
    ...nodeOver(input),
    kind: 'deduplicate',
    input,
    keys: unique,
    withinWatermark: relation.within_watermark ?? false,
    isDistinct: relation.is_distinct ?? false,
  };
  refuseMaps(unique, () => printPlan(node, printContext(context.zone)));
  return node;
}

/** `sample`: a fraction outside what Spark takes is refused here. */
export function analyzeSample(relation: SampleRelation, input: AnalyzedRelation): AnalyzedRelation {
  const withReplacement = relation.with_replacement ?? false;
  const fraction = relation.upper_bound - relation.lower_bound;
  if (fraction < 0 || (!withReplacement && fraction > 1)) {
    const range = withReplacement
      ? 'must be nonnegative with replacement'
      : 'must be on interval [0, 1] without replacement';
    throw new SparkError(
      'IllegalArgumentException',
      `requirement failed: Sampling fraction (${javaDoubleText(fraction)}) ${range}`,
    );
  }
  return {
    ...nodeOver(input),
    kind: 'sample',
    input,
    lower: relation.lower_bound,
    upper: relation.upper_bound,
    seed: relation.seed ?? 0,
    withReplacement,
  };
}

type Repartition = Extract<Relation, { kind: 'repartition' | 'repartition_by_expression' }>;

export function analyzeRepartition(
  relation: Repartition,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const partitions = relation.num_partitions;
  if (partitions !== undefined && partitions <= 0)
    throw new SparkError(
      'IllegalArgumentException',
      `requirement failed: Number of partitions (${partitions}) must be positive.`,
    );
  if (relation.kind === 'repartition')
    return {
      ...nodeOver(input),
      kind: 'repartition',
      input,
      partitions,
      by: [],
      isRange: false,
      shuffle: relation.shuffle ?? true,
    };
  const binder = makeBinder([input], context, {
    operator: (style) =>
      `RepartitionByExpression [${relation.partition_exprs.map((e) => printUnresolved(e, style)).join(', ')}]`,
  });
  const by = relation.partition_exprs.map((expression) => bindExpression(expression, binder));
  const isRange = relation.partition_exprs.some((expression) => expression.kind === 'sort_order');
  return { ...nodeOver(input), kind: 'repartition', input, partitions, by, isRange, shuffle: true };
}
