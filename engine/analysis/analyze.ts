import { assertNever } from '../core/assert-never.ts';
import { SparkError } from '../core/spark-error.ts';
import type { ParseOptions } from '../parser/parse-expression.ts';
import { parseQuery } from '../parser/parse-query.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Relation, SqlRelation } from '../plan/relation.ts';
import { analyzeAggregate } from './analyze-aggregate.ts';
import { analyzeDrop, analyzeRenames, analyzeToDf, analyzeWithColumns } from './analyze-columns.ts';
import { filterOver } from './analyze-filter.ts';
import { analyzeJoin } from './analyze-join.ts';
import { analyzeDropNa, analyzeFillNa, analyzeReplace } from './analyze-na.ts';
import { analyzeProject } from './analyze-project.ts';
import { analyzeDeduplicate, analyzeLimit, analyzeRepartition, analyzeSample } from './analyze-rows.ts';
import { analyzeSetOperation } from './analyze-set-operation.ts';
import { analyzeSort } from './analyze-sort.ts';
import { aliased, analyzeCached, analyzeLocal, analyzeRange, analyzeRead, oneRow } from './analyze-sources.ts';
import { analyzeDescribe, analyzeSummary, analyzeUnpivot } from './analyze-statistics.ts';
import { analyzeWatermark } from './analyze-watermark.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { nodeOver } from './relation-binder.ts';
import { placedInText } from './text-position.ts';

/**
 * Binds names, types and time semantics of a whole plan. Frames seen before (by `plan_id`) are not analyzed again: they keep their attribute ids.
 * Synchronous; throws Spark's analysis errors, placed at the line that built the failing node, and `PivotValuesNeeded`.
 */
export function analyze(relation: Relation, context: AnalysisContext): AnalyzedRelation {
  const planId = relation.plan_id;
  const known = planId === undefined ? undefined : context.cache.get(planId);
  if (known) return known;
  const analyzed = placed(relation, context);
  if (planId === undefined) return analyzed;
  const frame = { ...analyzed, planIds: [...analyzed.planIds, planId] };
  context.cache.set(planId, frame);
  return frame;
}

const queryOptions = (relation: SqlRelation, context: AnalysisContext): ParseOptions => ({
  zone: context.zone,
  ...(context.nowMs === undefined ? {} : { nowMs: context.nowMs }),
  ...(relation.named_arguments ? { namedArguments: relation.named_arguments } : {}),
  ...(relation.pos_arguments ? { positionalArguments: relation.pos_arguments } : {}),
});

function placed(relation: Relation, context: AnalysisContext): AnalyzedRelation {
  try {
    const analyzed = analyzeNode(relation, context);
    return relation.origin && !analyzed.origin ? { ...analyzed, origin: relation.origin } : analyzed;
  } catch (error) {
    const placed = placedInText(error, relation.sql_position);
    throw placed instanceof SparkError ? placed.at(relation.origin) : placed;
  }
}

function analyzeNode(relation: Relation, context: AnalysisContext): AnalyzedRelation {
  const over = (input: Relation): AnalyzedRelation => analyze(input, context);
  switch (relation.kind) {
    case 'read':
      return analyzeRead(relation, context);
    case 'local_relation':
      return analyzeLocal(relation);
    case 'range':
      return analyzeRange(relation);
    case 'cached_remote_relation':
      return analyzeCached(relation.relation_id, context);
    case 'sql':
      return over(context.sqlResult?.(relation) ?? parseQuery(relation.query, queryOptions(relation, context)));
    case 'project':
      return analyzeProject(relation.expressions, relation.input ? over(relation.input) : oneRow(), context);
    case 'with_columns':
      return analyzeWithColumns(relation.aliases, over(relation.input), context);
    case 'with_columns_renamed':
      return analyzeRenames(relation.renames, over(relation.input), context);
    case 'to_df':
      return analyzeToDf(relation.column_names, over(relation.input));
    case 'drop':
      return analyzeDrop(relation, over(relation.input), context);
    case 'filter':
      return filterOver(relation.condition, over(relation.input), context);
    case 'aggregate':
      return analyzeAggregate(relation, over(relation.input), context);
    case 'join':
      return analyzeJoin(relation, over(relation.left), over(relation.right), context);
    case 'set_op':
      return analyzeSetOperation(relation, over(relation.left_input), over(relation.right_input), context);
    case 'sort':
      return analyzeSort(relation.order, relation.is_global ?? true, over(relation.input), context);
    case 'limit':
    case 'tail':
      return analyzeLimit(relation.kind, relation.limit, over(relation.input), context);
    case 'offset':
      return analyzeLimit('offset', relation.offset, over(relation.input), context);
    case 'deduplicate':
      return analyzeDeduplicate(relation, over(relation.input), context);
    case 'with_watermark':
      return analyzeWatermark(relation, over(relation.input), context);
    case 'sample':
      return analyzeSample(relation, over(relation.input));
    case 'subquery_alias':
      return aliased(over(relation.input), relation.alias);
    case 'repartition':
    case 'repartition_by_expression':
      return analyzeRepartition(relation, over(relation.input), context);
    case 'hint': {
      const input = over(relation.input);
      return { ...nodeOver(input), kind: 'hint', input, name: relation.name };
    }
    case 'fill_na':
      return analyzeFillNa(relation, over(relation.input), context);
    case 'drop_na':
      return analyzeDropNa(relation, over(relation.input), context);
    case 'replace':
      return analyzeReplace(relation, over(relation.input), context);
    case 'unpivot':
      return analyzeUnpivot(relation, over(relation.input), context);
    case 'describe':
      return analyzeDescribe(relation.cols, over(relation.input), context);
    case 'summary':
      return analyzeSummary(relation.statistics, over(relation.input), context);
    default:
      return assertNever(relation, 'relation');
  }
}
