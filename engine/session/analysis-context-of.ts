import type { AnalysisContext } from '../analysis/analysis-context.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Literal } from '../plan/expression.ts';
import type { AggregateRelation } from '../plan/relation.ts';
import type { EngineState } from './engine-state.ts';
import { savedName } from './saved-tables.ts';
import type { SparkSession } from './spark-session.ts';
import { TableNeeded, tableUse } from './table-sources.ts';
import { tableRelation } from './temp-views.ts';

/** What analysis may ask of a session; everything is ready, so analysis never waits. */
export function analysisContext(session: SparkSession, engine: EngineState, ready?: Ready): AnalysisContext {
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
    table: (nameParts, isStreaming) =>
      findView(nameParts, session, engine) ?? findSaved(nameParts, isStreaming ?? false, engine, ready),
    isView: (nameParts) => findView(nameParts, session, engine) !== undefined,
    cachedFrame: (relationId) => {
      const schema = engine.database.schemaOf(relationId);
      return schema ? tableRelation(relationId, schema, 'LogicalRDD') : undefined;
    },
    pythonFunction: (name) => session.functions.get(name.toLowerCase()),
    pivotValues: (aggregate) => ready?.pivots.get(aggregate),
    defaultParallelism: session.parallelism,
    cache: engine.analyzed,
  };
}

/** What earlier attempts at an analysis asked for. */
type Ready = {
  readonly pivots: ReadonlyMap<AggregateRelation, readonly Literal[]>;
  readonly tables: ReadonlyMap<string, AnalyzedRelation>;
};

/** A saved table; throws `TableNeeded` until its files are listed. Without `ready` only its columns are wanted. */
function findSaved(
  nameParts: readonly string[],
  isStreaming: boolean,
  engine: EngineState,
  ready: Ready | undefined,
): AnalyzedRelation | undefined {
  const name = savedName(nameParts);
  const saved = name === undefined ? undefined : engine.saved.get(name);
  if (!saved) return undefined;
  if (!ready) return tableRelation(saved.name, saved.schema, 'HadoopFsRelation');
  const loaded = ready.tables.get(tableUse(saved.name, isStreaming));
  if (!loaded) throw new TableNeeded(saved, isStreaming);
  return loaded;
}

/** A temporary view, or a table that a memory sink made visible. */
function findView(
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
