import { AnalysisCache } from '../analysis/analysis-cache.ts';
import { QueryManager } from '../microbatch/query-manager.ts';
import { CachedFrames } from './cached-frames.ts';
import type { EnginePorts } from './engine-ports.ts';
import { LoadedSources } from './loaded-sources.ts';
import { SavedTables } from './saved-tables.ts';
import { SessionDatabase } from './session-database.ts';
import { SqlResults } from './sql-results.ts';
import { SparkSession } from './spark-session.ts';

/** What the sessions of one engine share, as the sessions of one Spark application do. */
export type EngineState = {
  readonly ports: EnginePorts;
  readonly database: SessionDatabase;
  readonly sources: LoadedSources;
  readonly analyzed: AnalysisCache;
  readonly cached: CachedFrames;
  readonly saved: SavedTables;
  readonly sqlResults: SqlResults;
  readonly queries: QueryManager;
  readonly sessions: Map<string, SparkSession>;
  /** The session whose command runs: sources are loaded with its confs and folder. */
  current: SparkSession | undefined;
};

export async function openEngineState(ports: EnginePorts): Promise<EngineState> {
  const database = await SessionDatabase.open(ports.cores, ports.temporaryFolder);
  const state: EngineState = {
    ports,
    database,
    sources: new LoadedSources(ports.sources, () => {
      if (!state.current) throw new Error('internal error: no session loads this source');
      return state.current.sourceContext();
    }),
    analyzed: new AnalysisCache(),
    cached: new CachedFrames(),
    saved: new SavedTables(),
    sqlResults: new SqlResults(),
    queries: new QueryManager(ports.python, ports.emit),
    sessions: new Map(),
    current: undefined,
  };
  return state;
}

/**
 * The clone of a session in which one query runs: it begins with the confs, views and functions of this moment. The frames of `foreachBatch` belong
 * to it, under the name that Python gives: `<session>/<function>`.
 */
export function cloneForQuery(state: EngineState, session: SparkSession, functionKey: string): void {
  const name = `${session.name}/${functionKey}`;
  const clone = new SparkSession(name, session.folder, state.ports, state.database, session);
  clone.confs.apply({ 'spark.sql.adaptive.enabled': 'false' });
  state.sessions.set(name, clone);
}

/** The session of a command: the first of its name is made on the fly; `newSession` is made by `create_session`, a clone when its query starts. */
export function sessionOf(state: EngineState, name: string, folder: string): SparkSession {
  const known = state.sessions.get(name);
  if (known) {
    known.folder = folder;
    return known;
  }
  const made = new SparkSession(name, folder, state.ports, state.database);
  state.sessions.set(name, made);
  return made;
}
