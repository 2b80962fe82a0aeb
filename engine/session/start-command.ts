import { checkContinuous } from '../analysis/check-continuous.ts';
import { checkStreaming } from '../analysis/check-streaming.ts';
import type { OutputMode, SinkFormat } from '../api/sink.ts';
import type { SessionTables } from '../api/session-tables.ts';
import type { StreamSourceFactory } from '../api/source.ts';
import { compileBatch } from '../compile/compile-batch.ts';
import { withFileNames } from '../compile/file-names.ts';
import { distinctsAsAggregates } from '../compile/distinct-as-aggregate.ts';
import { cellId } from '../core/ids.ts';
import { sparkError } from '../core/spark-error.ts';
import { openDatabase } from '../duckdb/open-database.ts';
import { jsScalars } from '../functions/scalar/catalog.ts';
import { startQuery } from '../microbatch/start-query.ts';
import type { QueryPorts, StartSpec } from '../microbatch/start-spec.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { StartedQuery, WriteStreamStart } from '../plan/command.ts';
import { findStreamSink } from '../sinks/catalog.ts';
import { foreachBatchSink } from '../sinks/foreach-batch-sink.ts';
import { foreachSink } from '../sinks/foreach-sink.ts';
import { analysisContext } from './analysis-context-of.ts';
import { analyzePlan } from './analyze-command.ts';
import { planOfBatch } from './batch-query.ts';
import { sourceKeys } from './static-rows.ts';
import type { Caller } from './engine-ports.ts';
import { cloneForQuery, type EngineState } from './engine-state.ts';
import { explainPlan } from './explain-plan.ts';
import { sampleRows } from './result-sample.ts';
import { parseOutputMode, parseTrigger } from './start-arguments.ts';
import { pathPair, sourceOptions } from './loaded-sources.ts';
import { separateInstances } from './source-instances.ts';
import type { SparkSession } from './spark-session.ts';
import { startIntoTable } from './stream-table.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';

/** `writeStream … start()`: everything that Spark refuses at `start()` is refused here; the query then runs on its own. */
export async function startStream(
  asked: WriteStreamStart,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): Promise<StartedQuery> {
  const plan = separateInstances(await analyzePlan(asked.input, session, engine), engine.sources);
  if (!plan.isStreaming) throw sparkError('WRITE_STREAM_NOT_ALLOWED', {});
  const { table_name: table } = asked;
  const command = table === undefined ? asked : await startIntoTable(asked, table, plan, session, engine);
  const outputMode = parseOutputMode(command.output_mode ?? 'append');
  const check = (): void => {
    if (session.confs.flag('spark.sql.streaming.unsupportedOperationCheck'))
      checkStreaming(plan, outputMode, analysisContext(session, engine));
  };
  if (command.trigger?.kind === 'continuous') checkContinuous(plan, analysisContext(session, engine));
  if (command.foreach_batch) cloneForQuery(engine, session, command.foreach_batch.command);
  const query = await startQuery(startSpec(command, plan, outputMode, session, engine, caller), engine.queries, check);
  return { id: query.id, run_id: query.runId, name: query.name ?? null };
}

function startSpec(
  command: WriteStreamStart,
  plan: AnalyzedRelation,
  outputMode: OutputMode,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): StartSpec {
  const options = sourceOptions(command.options);
  const streams = new Map<number, StreamSourceFactory>();
  const unsizedSources = new Set<number>();
  for (const key of sourceKeys(plan)) {
    const source = engine.sources.byKey(key);
    if (source.isStreaming) streams.set(key, source.stream);
    else if (source.batch.files === undefined) unsizedSources.add(key);
  }
  const name = command.query_name;
  const schema = schemaOf(plan);
  const { zone } = session;
  const running = distinctsAsAggregates(withFileNames(plan));
  return {
    plan: running,
    planNow: (context) => planOfBatch(running, session, engine, context),
    outputMode,
    trigger: parseTrigger(command.trigger),
    name,
    cell: caller.cell === null ? undefined : cellId(caller.cell),
    sink: sinkOf(command, engine),
    write: {
      format: command.format ?? session.confs.get('spark.sql.sources.default') ?? 'parquet',
      options,
      path: command.path === undefined ? undefined : pathPair(command.path, session),
      partitionBy: command.partitioning_column_names ?? [],
      schema,
    },
    streams,
    parallelism: session.parallelism,
    unsizedSources,
    checkpoint: checkpointOf(options.get('checkpointLocation'), name, session),
    confs: allConfs(session),
    applicationConf: (key) => session.confs.initial(key),
    compile: compileBatch,
    sample: (rows, total) => sampleRows(schema, rows, total, zone),
    explain: (extended) => explainPlan(plan, extended ? 'extended' : 'simple', zone),
    ports: queryPorts(session, engine),
  };
}

function sinkOf(command: WriteStreamStart, engine: EngineState): SinkFormat {
  if (command.foreach_batch) return foreachBatchSink(command.foreach_batch.command);
  if (command.foreach_writer) return foreachSink(command.foreach_writer.command);
  return findStreamSink(command.format ?? 'parquet', engine.ports.sinks);
}

/** The option, else `<conf>/<query name or a new id>`. */
function checkpointOf(option: string | undefined, name: string | undefined, session: SparkSession): string | undefined {
  if (option !== undefined) return session.files.resolve(option);
  const parent = session.confs.get('spark.sql.streaming.checkpointLocation');
  return parent === undefined ? undefined : session.files.resolve(`${parent}/${name ?? crypto.randomUUID()}`);
}

function allConfs(session: SparkSession): ReadonlyMap<string, string> {
  return new Map(Object.entries(session.confs.effective()));
}

/** A memory sink's table takes the place of a view of its name. */
const exposingTables = (session: SparkSession, engine: EngineState): SessionTables => ({
  ...engine.database.tables,
  expose: (name, tableKey, schema) => {
    session.views.delete(name);
    engine.database.tables.expose(name, tableKey, schema);
  },
});

/** A started query sees the working folder of its start, whatever `os.chdir` does later. */
function queryPorts(session: SparkSession, engine: EngineState): QueryPorts {
  const { folder } = session;
  const { ports } = engine;
  return {
    files: ports.filesFrom(() => folder),
    clock: ports.clock,
    python: ports.python,
    tables: exposingTables(session, engine),
    openDatabase: (path, threads, batchId) =>
      openDatabase({ path, threads, batchId, temporaryFolder: ports.temporaryFolder, scalars: jsScalars }),
    temporaryFolder: ports.temporaryFolder,
    // A window gets a query's text as `console_text`, which names the query; only without one does it go to stdout.
    print: (text, cell) => {
      if (!ports.isWatched()) ports.print(text, cell);
    },
    emit: ports.emit,
    isWatched: ports.isWatched,
    ...(ports.witness ? { witness: ports.witness } : {}),
    ...(ports.script ? { script: ports.script } : {}),
  };
}
