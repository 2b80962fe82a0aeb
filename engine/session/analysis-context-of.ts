import type { AnalysisContext } from '../analysis/analysis-context.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Literal } from '../plan/expression.ts';
import type { AggregateRelation } from '../plan/relation.ts';
import type { EngineState } from './engine-state.ts';
import type { SparkSession } from './spark-session.ts';
import { tableRelation } from './temp-views.ts';

/** What analysis may ask of a session; everything is ready, so analysis never waits. */
export function analysisContext(
  session: SparkSession,
  engine: EngineState,
  pivots: ReadonlyMap<AggregateRelation, readonly Literal[]> = new Map(),
): AnalysisContext {
  return {
    caseSensitive: session.confs.flag('spark.sql.caseSensitive'),
    ansi: session.confs.flag('spark.sql.ansi.enabled'),
    zone: session.zone,
    nowMs: session.nowMs,
    conf: (key) => session.confs.get(key),
    loadedSource: (read) => {
      const source = engine.sources.of(read);
      return {
        sourceKey: source.key,
        schema: source.schema,
        isStreaming: source.isStreaming,
        format: source.format,
        description: source.description,
      };
    },
    sqlResult: (node) => engine.sqlResults.of(node),
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
function findTable(
  nameParts: readonly string[],
  session: SparkSession,
  engine: EngineState,
): AnalyzedRelation | undefined {
  const name = nameParts.at(-1) ?? '';
  const isGlobal = nameParts.length === 2 && nameParts[0]?.toLowerCase() === 'global_temp';
  if (nameParts.length > 1 && !isGlobal) return undefined;
  const view = session.views.get(isGlobal ? `global_temp.${name}` : name);
  if (view) return view;
  const exposed = engine.database.exposed(name);
  return exposed ? tableRelation(exposed.tableKey, exposed.schema, 'MemoryPlan') : undefined;
}
