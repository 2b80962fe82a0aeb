import { withPlanText } from '../analysis/binder.ts';
import { printContext } from '../analysis/function-text.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { printPlan } from '../plan/print-plan.ts';
import { analysisContext } from './analysis-context-of.ts';
import type { EngineState } from './engine-state.ts';
import { savedName } from './saved-tables.ts';
import type { SparkSession } from './spark-session.ts';

/** Rows cannot be inserted into a view, but for one that is a file read and nothing else. Spark finds no rule for values of a program or a memory sink's table. */
export function refuseView(parts: readonly string[], session: SparkSession, engine: EngineState): void {
  const context = analysisContext(session, engine);
  if (!context.isView(parts) || engine.saved.get(savedName(parts) ?? '')) return;
  const found = context.table(parts, false);
  if (!found) return;
  const view = unnamed(found);
  const text = (): string =>
    `'InsertIntoStatement ${printPlan(view, printContext(session.zone)).trimEnd()}, false, false, false`;
  if (view.kind === 'table' || (view.kind === 'local_rows' && view.partitionSizes))
    throw new SparkError(
      { java: 'org.apache.spark.SparkException' },
      `[INTERNAL_ERROR] Found the unresolved operator: ${text()}`,
      { condition: 'INTERNAL_ERROR' },
    );
  if (view.kind === 'source') throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'INSERT into a view of files' });
  throw withPlanText(sparkError('UNSUPPORTED_INSERT.RDD_BASED', {}), () => `${text()}\n`);
}

const unnamed = (plan: AnalyzedRelation): AnalyzedRelation =>
  plan.kind === 'subquery_alias' ? unnamed(plan.input) : plan;
