import { analyze } from '../analysis/analyze.ts';
import type { AnalysisContext } from '../analysis/analysis-context.ts';
import { PivotValuesNeeded } from '../analysis/analyze-pivot.ts';
import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Literal } from '../plan/expression.ts';
import type { AggregateRelation, Relation } from '../plan/relation.ts';
import type { EngineState } from './engine-state.ts';
import { pivotLiterals } from './pivot-values.ts';
import { tableRelation } from './temp-views.ts';
import type { SparkSession } from './spark-session.ts';

/** An unresolved plan → an analyzed one. Sources are loaded first, then analysis runs without waiting; a pivot may ask for its values in between. */
export async function analyzePlan(plan: Relation, session: SparkSession, engine: EngineState): Promise<AnalyzedRelation> {
  engine.current = session;
  await engine.sources.loadAll(plan);
  const pivots = new Map<AggregateRelation, readonly Literal[]>();
  for (;;) {
    try {
      return analyze(plan, analysisContext(session, engine, pivots));
    } catch (error) {
      if (!(error instanceof PivotValuesNeeded)) throw error;
      pivots.set(error.aggregate, await pivotLiterals(error, (relation) => analyzePlan(relation, session, engine), session, engine));
    }
  }
}

export function analysisContext(session: SparkSession, engine: EngineState, pivots: ReadonlyMap<AggregateRelation, readonly Literal[]> = new Map()): AnalysisContext {
  return {
    caseSensitive: session.confs.flag('spark.sql.caseSensitive'),
    ansi: session.confs.flag('spark.sql.ansi.enabled'),
    zone: session.zone,
    conf: (key) => session.confs.get(key),
    loadedSource: (read) => {
      const source = engine.sources.of(read);
      return { sourceKey: source.key, schema: source.schema, isStreaming: source.isStreaming, format: source.format, description: source.description };
    },
    table: (nameParts) => findTable(nameParts, session, engine),
    cachedFrame: (relationId) => {
      const schema = engine.database.schemaOf(relationId);
      return schema ? tableRelation(relationId, schema, 'LogicalRDD') : undefined;
    },
    pythonFunction: (name) => session.functions.get(name.toLowerCase()),
    pivotValues: (aggregate) => pivots.get(aggregate),
    defaultParallelism: session.parallelism,
    cache: engine.analyzed,
  };
}

/** A temporary view, or a table that a memory sink made visible. */
function findTable(nameParts: readonly string[], session: SparkSession, engine: EngineState): AnalyzedRelation | undefined {
  const name = nameParts.at(-1) ?? '';
  const isGlobal = nameParts.length === 2 && nameParts[0]?.toLowerCase() === 'global_temp';
  if (nameParts.length > 1 && !isGlobal) return undefined;
  const view = session.views.get(isGlobal ? `global_temp.${name}` : name);
  if (view) return view;
  const exposed = engine.database.exposed(name);
  return exposed ? tableRelation(exposed.tableKey, exposed.schema, 'MemoryPlan') : undefined;
}

/** Spark's refusal where a frame must not stream. */
export function refuseStreaming(plan: AnalyzedRelation, method: string): void {
  if (plan.isStreaming) throw sparkError('CALL_ON_STREAMING_DATASET_UNSUPPORTED', { methodName: `\`${method}\`` });
}
