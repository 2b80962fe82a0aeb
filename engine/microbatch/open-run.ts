import { cpus } from 'node:os';
import type { OutputMode, StreamSink } from '../api/sink.ts';
import { checkpointFolder } from '../checkpoint/checkpoint-folder.ts';
import { commitLog } from '../checkpoint/commit-log.ts';
import { withLoggedConfs, type Confs } from '../checkpoint/logged-confs.ts';
import { offsetLog } from '../checkpoint/offset-log.ts';
import { recover, type Recovery } from '../checkpoint/recover.ts';
import { checkSchemas, createStateTables } from '../checkpoint/state-database.ts';
import type { StatefulStep } from '../compile/compiled-step.ts';
import { sqlJoin } from '../core/sql-text.ts';
import { watermark } from '../core/time.ts';
import type { Connection } from '../duckdb/connection.ts';
import type { Database } from '../duckdb/open-database.ts';
import { operatorFor, type BoundOperator } from '../state/operator-catalog.ts';
import { BatchDurations } from './batch-durations.ts';
import { compileContext, compilePlan } from './compile-micro-batch.ts';
import { isStateful } from './execute-steps.ts';
import { operatorsWithWatermark, operatorWatermarks } from './operator-watermarks.ts';
import type { QueryIdentity, QueryRun } from './query-run.ts';
import { asksFileNames, fixedEnd, streamKeys, type OpenSource } from './query-sources.ts';
import { reconcileState } from './reconcile-state.ts';
import type { StartSpec } from './start-spec.ts';
import { watermarkPolicy, WatermarkTracker } from './watermark-tracker.ts';

/**
 * Opens sources and state and finds where to go on. `checkpoint`: absolute path of the folder in use. Whatever fails here fails inside the query, as in
 * Spark, and nothing in the checkpoint has changed.
 */
export async function openRun(
  spec: StartSpec,
  identity: QueryIdentity,
  checkpoint: string,
  sink: StreamSink,
  opened: (database: Database) => void,
): Promise<QueryRun> {
  const { files, clock } = spec.ports;
  const folder = checkpointFolder(checkpoint);
  const offsets = offsetLog(folder.offsets, files);
  const commits = commitLog(folder.commits, files);
  const keys = streamKeys(spec.plan);
  const logged = await recover(offsets, commits, keys.length);
  const conf = runConfs(spec, logged);
  const zone = conf('spark.sql.session.timeZone') ?? 'UTC';
  const sources = await openSources(spec, keys, folder.sources);
  sink.plan?.();
  const steps = compilePlan(spec.plan, spec, conf, compileContext(conf, zone, clock.now()), new Map()).steps.filter(
    isStateful,
  );
  const isDurable = steps.length > 0 && spec.checkpoint !== undefined;
  if (steps.length > 0) await makeStateFolders(spec, folder.state, steps, conf);
  const stored = isDurable ? folder.database : ':memory:';
  const database = await spec.ports.openDatabase(stored, threadsFor(spec), logged.batch);
  opened(database);
  const connection = await database.connect();
  const operators = new Map(steps.map((step) => [step.operator, operatorFor(step)]));
  await prepareState(connection, steps, operators, conf);
  const recovery = isDurable
    ? await reconcileState(logged, { connection, operators, steps, folder, commits, sink })
    : logged;
  const positions = await startPositions(recovery, sources, spec);
  const marked = operatorsWithWatermark(spec.plan, spec.outputMode);
  const evicted = operatorWatermarks(steps, marked, positions.previousWatermark);
  await loadState(connection, steps, operators, evicted, spec.outputMode);
  await sink.cleanUp?.();
  return {
    spec,
    identity,
    folder,
    offsets,
    commits,
    sink,
    connection,
    operators,
    marked,
    isDurable,
    conf,
    zone,
    sources: positions.sources,
    topOperator: steps[steps.length - 1]?.kind,
    tracker: new WatermarkTracker(
      watermarkPolicy(conf('spark.sql.streaming.multipleWatermarkPolicy') ?? 'min'),
      positions.watermark,
    ),
    durations: new BatchDurations(clock),
    batch: recovery.batch,
    repeated:
      recovery.kind === 'repeat'
        ? { watermark: recovery.entry.watermark, timestampMs: recovery.entry.timestampMs }
        : null,
    previousWatermark: positions.previousWatermark,
    last: null,
    scripted: null,
    planned: { watermark: positions.watermark, timestampMs: clock.now() },
    isStateLost: false,
  };
}

function runConfs(spec: StartSpec, recovery: Recovery): Confs {
  const session: Confs = (key) => spec.confs.get(key);
  if (recovery.kind === 'new') return session;
  return withLoggedConfs(session, recovery.kind === 'repeat' ? recovery.entry.confs : recovery.confs);
}

async function openSources(
  spec: StartSpec,
  keys: readonly number[],
  folderOf: (index: number) => string,
): Promise<readonly OpenSource[]> {
  const opened: OpenSource[] = [];
  for (const [index, key] of keys.entries()) {
    const factory = spec.streams.get(key);
    if (factory === undefined) throw new Error(`source ${key} of the plan was not loaded`);
    opened.push({
      key,
      source: await factory.open(folderOf(index)),
      fileNames: asksFileNames(spec.plan, key),
      committed: null,
      available: null,
      latest: null,
    });
  }
  return opened;
}

/** One thread answers small batches sooner; a run that ends by itself uses the machine. */
const threadsFor = (spec: StartSpec): number =>
  spec.trigger.kind === 'processing_time' ? 1 : Math.max(1, cpus().length);

/** Spark's visible layout: a folder for each partition of each operator. */
async function makeStateFolders(
  spec: StartSpec,
  stateOf: (operator: number, partition: number) => string,
  steps: readonly StatefulStep[],
  conf: Confs,
): Promise<void> {
  if (spec.checkpoint === undefined) return;
  const partitions = Number(conf('spark.sql.shuffle.partitions') ?? 200);
  for (const step of steps) {
    const count = shufflePartitions(step, partitions);
    await Promise.all(
      Array.from({ length: count }, (_, partition) => spec.ports.files.makeFolder(stateOf(step.operator, partition))),
    );
  }
  await spec.ports.files.makeFolder(stateOf(0, 0));
}

/** A global aggregate and a limit live in one partition. */
export const shufflePartitions = (step: StatefulStep, partitions: number): number =>
  step.kind === 'stream_limit' || (step.kind === 'aggregate' && step.keys.length === 0) ? 1 : partitions;

async function prepareState(
  connection: Connection,
  steps: readonly StatefulStep[],
  operators: ReadonlyMap<number, BoundOperator>,
  conf: Confs,
): Promise<void> {
  const bound = steps.flatMap((step) => operators.get(step.operator)?.of(step) ?? []);
  await connection.run(
    sqlJoin([...createStateTables(), ...bound.flatMap((operator) => operator.createState())], ';\n'),
  );
  const schemas = new Map(steps.map((step) => [step.operator, operators.get(step.operator)?.of(step).schemas() ?? []]));
  await checkSchemas(connection, schemas, conf('spark.sql.streaming.stateStore.stateSchemaCheck') !== 'false');
}

async function loadState(
  connection: Connection,
  steps: readonly StatefulStep[],
  operators: ReadonlyMap<number, BoundOperator>,
  evicted: ReadonlyMap<number, number>,
  outputMode: OutputMode,
): Promise<void> {
  for (const step of steps)
    await operators
      .get(step.operator)
      ?.of(step)
      .load(connection, evicted.get(step.operator) ?? 0, outputMode);
}

type Positions = {
  readonly sources: readonly OpenSource[];
  readonly watermark: ReturnType<typeof watermark>;
  readonly previousWatermark: ReturnType<typeof watermark>;
};

/** Puts every source where the logs say, lets it check its own log, and fixes its end for `availableNow`. */
async function startPositions(recovery: Recovery, sources: readonly OpenSource[], spec: StartSpec): Promise<Positions> {
  const placed: OpenSource[] = [];
  for (const [index, open] of sources.entries()) {
    const committed = recovery.kind === 'new' ? null : (recovery.committed[index] ?? null);
    const available = recovery.kind === 'repeat' ? (recovery.entry.ends[index] ?? null) : committed;
    if (recovery.kind === 'next' && committed !== null)
      await open.source.recover?.(recovery.before[index] ?? null, committed);
    const source = spec.trigger.kind === 'available_now' ? await fixedEnd(open.source, available) : open.source;
    placed.push({ ...open, source, committed, available, latest: null });
  }
  if (recovery.kind === 'new') return { sources: placed, watermark: watermark(0), previousWatermark: watermark(0) };
  const current = recovery.kind === 'repeat' ? recovery.entry.watermark : recovery.watermark;
  return { sources: placed, watermark: current, previousWatermark: recovery.previousWatermark };
}
