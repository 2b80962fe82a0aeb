import { SparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { plansOfKind } from '../plan/walk-plan.ts';

/** Session windows of a stream need a key beside them; a constant is none. Spark finds out when it plans the first batch. */
export function checkSessionKeys(plan: AnalyzedRelation): void {
  const windows = new Set(plansOfKind(plan, 'session_window').map((node) => node.window.id));
  for (const aggregate of plansOfKind(plan, 'aggregate')) {
    const isWindow = ({ expression }: (typeof aggregate.grouping)[number]): boolean =>
      expression.kind === 'attribute' && windows.has(expression.attribute.id);
    if (!aggregate.isStreaming || !aggregate.grouping.some(isWindow)) continue;
    if (aggregate.grouping.every((item) => isWindow(item) || item.expression.kind === 'literal'))
      throw new SparkError(
        'AnalysisException',
        'Global aggregation with session window in streaming query is not supported.',
      );
  }
}
