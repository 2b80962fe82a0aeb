import { analyze } from '../analysis/analyze.ts';
import { analysisContext } from './analysis-context-of.ts';
import { PivotValuesNeeded } from '../analysis/analyze-pivot.ts';
import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Literal } from '../plan/expression.ts';
import type { AggregateRelation, Relation } from '../plan/relation.ts';
import type { EngineState } from './engine-state.ts';
import { pivotLiterals } from './pivot-values.ts';
import type { SparkSession } from './spark-session.ts';
import { loadTable, TableNeeded } from './table-sources.ts';

/** An unresolved plan → an analyzed one. Sources are loaded and SQL statements run first, then analysis runs without waiting; a pivot may ask for its values in between, and a saved table for its files. */
export async function analyzePlan(
  plan: Relation,
  session: SparkSession,
  engine: EngineState,
): Promise<AnalyzedRelation> {
  engine.current = session;
  await engine.sources.loadAll(plan);
  await engine.sqlResults.runAll(plan, {
    session,
    engine,
    analyze: (relation) => analyzePlan(relation, session, engine),
  });
  const pivots = new Map<AggregateRelation, readonly Literal[]>();
  const tables = new Map<string, AnalyzedRelation>();
  for (;;) {
    try {
      return analyze(plan, analysisContext(session, engine, { pivots, tables }));
    } catch (error) {
      if (error instanceof TableNeeded) tables.set(error.key, await loadTable(error, session, engine));
      else if (error instanceof PivotValuesNeeded)
        pivots.set(
          error.aggregate,
          await pivotLiterals(error, (relation) => analyzePlan(relation, session, engine), session, engine),
        );
      else throw error;
    }
  }
}

/** Spark's refusal where a frame must not stream. */
export function refuseStreaming(plan: AnalyzedRelation, method: string): void {
  if (plan.isStreaming) throw sparkError('CALL_ON_STREAMING_DATASET_UNSUPPORTED', { methodName: `\`${method}\`` });
}
