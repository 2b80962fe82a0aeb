import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { printPlan } from '../plan/print-plan.ts';
import { hasWindow, someExpression, walkExpression } from '../plan/walk-expression.ts';
import { planExpressions, plansOfKind, somePlan, walkPlan } from '../plan/walk-plan.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { withPlanText } from './binder.ts';
import { checkStreamingJoin } from './check-streaming-join.ts';
import { expressionText, printContext } from './function-text.ts';
import type { OutputMode } from './output-mode.ts';
import { sessionWindowMarker } from './time-windows.ts';
import { windowNotSupported } from './window-on-stream.ts';

type Checked = Pick<AnalysisContext, 'zone' | 'conf'>;

/** Raises one of Spark's plain sentences with the offending node printed below it. */
export function refuse(sentence: string, plan: AnalyzedRelation, context: Checked): never {
  throw withPlanText(sparkError('UNSUPPORTED_IN_STREAMING', { sentence }), () =>
    printPlan(plan, printContext(context.zone)),
  );
}

/**
 * Spark's `UnsupportedOperationChecker.checkForStreaming`, in its order: rules about the output mode first, then every node from the sources up, then
 * chains of stateful operators. The first rule that fails wins. Runs at `start()`.
 */
export function checkStreaming(plan: AnalyzedRelation, mode: OutputMode, context: Checked): void {
  if (context.conf('spark.sql.streaming.unsupportedOperationCheck') === 'false') return;
  if (!plan.isStreaming)
    refuse('Queries without streaming sources cannot be executed with writeStream.start()', plan, context);
  checkOutputMode(plan, mode, context);
  walkPlan(plan, (node) => {
    checkNode(node, mode, context);
    checkExpressions(node, context);
  });
  if (context.conf('spark.sql.streaming.statefulOperator.checkCorrectness.enabled') !== 'false')
    checkChain(plan, mode, context);
}

const streamingAggregates = (
  plan: AnalyzedRelation,
): readonly (AnalyzedNode<'aggregate'> | AnalyzedNode<'deduplicate'>)[] => {
  const distincts = plansOfKind(plan, 'deduplicate').filter((node) => node.isDistinct && node.isStreaming);
  return [...plansOfKind(plan, 'aggregate').filter((node) => node.isStreaming), ...distincts];
};

const groupedBy = (node: AnalyzedNode<'aggregate'> | AnalyzedNode<'deduplicate'>): readonly BoundExpression[] =>
  node.kind === 'aggregate'
    ? node.grouping.map((item) => item.expression)
    : node.keys.map((attribute) => ({
        kind: 'attribute',
        attribute,
        type: attribute.type,
        nullable: attribute.nullable,
      }));

function checkOutputMode(plan: AnalyzedRelation, mode: OutputMode, context: Checked): void {
  const aggregates = streamingAggregates(plan);
  const [topmost] = aggregates;
  switch (mode) {
    case 'append': {
      if (!topmost) return;
      const watermarked = groupedBy(topmost).some(
        (expression) => expression.kind === 'attribute' && expression.attribute.watermarkDelayMs !== undefined,
      );
      if (!watermarked)
        refuse(
          'Append output mode not supported when there are streaming aggregations on streaming DataFrames/DataSets without watermark',
          plan,
          context,
        );
      return;
    }
    case 'update': {
      const bySession =
        topmost &&
        groupedBy(topmost).some(
          (expression) =>
            expression.kind === 'attribute' && expression.attribute.metadata?.[sessionWindowMarker] === true,
        );
      if (bySession)
        refuse('Update output mode not supported for session window on streaming DataFrames/DataSets', plan, context);
      return;
    }
    case 'complete':
      if (!topmost)
        refuse(
          'Complete output mode not supported when there are no streaming aggregations on streaming DataFrames/Datasets',
          plan,
          context,
        );
  }
}

function checkNode(node: AnalyzedRelation, mode: OutputMode, context: Checked): void {
  switch (node.kind) {
    case 'aggregate':
      if (node.input.isStreaming && node.calls.some(({ call }) => call.distinct))
        refuse(
          'Distinct aggregations are not supported on streaming DataFrames/Datasets. Consider using approx_count_distinct() instead.',
          node,
          context,
        );
      return;
    case 'deduplicate':
      if (
        node.withinWatermark &&
        node.isStreaming &&
        !node.input.output.some((attribute) => attribute.watermarkDelayMs !== undefined)
      )
        refuse(
          'dropDuplicatesWithinWatermark is not supported on streaming DataFrames/DataSets without watermark',
          node,
          context,
        );
      return;
    case 'join':
      checkStreamingJoin(node, mode, (sentence) => refuse(sentence, node, context));
      return;
    case 'union':
      if (new Set(node.inputs.map((input) => input.isStreaming)).size > 1)
        refuse('Union between streaming and batch DataFrames/Datasets is not supported', node, context);
      return;
    case 'except':
      if (node.right.isStreaming)
        refuse('Except on a streaming DataFrame/Dataset on the right is not supported', node, context);
      return;
    case 'intersect':
      if (node.isStreaming) refuse('Intersect of streaming DataFrames/Datasets is not supported', node, context);
      return;
    case 'limit':
      if (node.isStreaming && mode === 'update')
        refuse('Limits are not supported on streaming DataFrames/Datasets in Update output mode', node, context);
      return;
    case 'offset':
      refuse('Offset is not supported on streaming DataFrames/Datasets', node, context);
      return;
    case 'sort':
      if (!containsCompleteData(node, mode))
        refuse(
          'Sorting is not supported on streaming DataFrames/Datasets, unless it is on aggregated DataFrame/Dataset in Complete output mode',
          node,
          context,
        );
      return;
    case 'sample':
      if (node.isStreaming) refuse('Sampling is not supported on streaming DataFrames/Datasets', node, context);
      return;
    case 'project':
      if (node.input.isStreaming && node.items.some((item) => hasWindow(item.expression)))
        throw windowNotSupported(node, context);
      return;
    default:
      return;
  }
}

const containsCompleteData = (plan: AnalyzedRelation, mode: OutputMode): boolean =>
  !plan.isStreaming || (mode === 'complete' && plansOfKind(plan, 'aggregate').some((node) => node.isStreaming));

function checkExpressions(node: AnalyzedRelation, context: Checked): void {
  const found = new Set<string>();
  for (const expression of planExpressions(node)) {
    if (!someExpression(expression, isRowId)) continue;
    walkExpression(expression, (part) => {
      if (isRowId(part)) found.add(expressionText(part, context));
    });
  }
  if (found.size > 0)
    refuse(
      `Expression(s): ${[...found].join(', ')} is not supported with streaming DataFrames/Datasets`,
      node,
      context,
    );
}

const isRowId = (part: BoundExpression): boolean => part.kind === 'call' && part.name === 'monotonically_increasing_id';

const chainSentence =
  'Detected pattern of possible \'correctness\' issue due to global watermark. The query contains stateful operation which can emit rows older than the current watermark plus allowed late record delay, which are "late rows" in downstream stateful operations and these rows can be discarded. Please refer the programming guide doc for more details. If you understand the possible risk of correctness issue and still need to run the query, you can disable this check by setting the config `spark.sql.streaming.statefulOperator.checkCorrectness.enabled` to false.';

/** An aggregate that is not in append mode may emit late rows: no stateful operator may follow it. */
function checkChain(plan: AnalyzedRelation, mode: OutputMode, context: Checked): void {
  const emitsLateRows = (node: AnalyzedRelation): boolean =>
    node.kind === 'aggregate' && node.isStreaming && mode !== 'append';
  const visit = (node: AnalyzedRelation): void => {
    if (isStateful(node) && somePlan(node, (below) => below !== node && emitsLateRows(below)))
      refuse(chainSentence, plan, context);
  };
  walkPlan(plan, visit);
}

/** Operators that keep state between batches and care about the watermark. */
export function isStateful(node: AnalyzedRelation): boolean {
  if (!node.isStreaming) return false;
  if (node.kind === 'aggregate') return true;
  if (node.kind === 'join') return node.left.isStreaming && node.right.isStreaming;
  if (node.kind !== 'deduplicate') return false;
  return node.withinWatermark || node.isDistinct || node.keys.some((key) => key.watermarkDelayMs !== undefined);
}
