import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { printPlan } from '../plan/print-plan.ts';
import { walkPlan } from '../plan/walk-plan.ts';
import { withPlanText } from './binder.ts';
import { printContext } from './function-text.ts';

/** Spark's `UnsupportedOperationChecker.checkForBatch`: raised when a frame is to be computed at once and reads a stream. */
export function checkBatch(plan: AnalyzedRelation, context: { readonly zone: string }): void {
  walkPlan(plan, (node) => {
    if (node.kind === 'source' && node.isStreaming)
      throw withPlanText(sparkError('STREAMING_SOURCE_IN_BATCH', {}), () => `${node.description}\n`);
    if (node.kind === 'deduplicate' && node.withinWatermark)
      throw withPlanText(
        sparkError('UNSUPPORTED_IN_STREAMING', {
          sentence: 'dropDuplicatesWithinWatermark is not supported with batch DataFrames/DataSets',
        }),
        () => printPlan(node, printContext(context.zone)),
      );
  });
}
