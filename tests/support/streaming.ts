import { expect } from 'vitest';
import type { OutputMode, SinkFormat } from '../../engine/api/sink.ts';
import type { QueryProgress } from '../../engine/api/query-progress.ts';
import type { SessionTables } from '../../engine/api/session-tables.ts';
import { compileBatch } from '../../engine/compile/compile-batch.ts';
import type { StructType } from '../../engine/core/data-type.ts';
import type { Row } from '../../engine/core/spark-value.ts';
import { cellText } from '../../engine/display/cell-text.ts';
import { openDatabase } from '../../engine/duckdb/open-database.ts';
import { jsScalars } from '../../engine/functions/scalar/catalog.ts';
import { QueryManager } from '../../engine/microbatch/query-manager.ts';
import type { CrashPoint, QueryPorts, StartSpec } from '../../engine/microbatch/start-spec.ts';
import type { StreamingQuery } from '../../engine/microbatch/streaming-query.ts';
import type { Trigger } from '../../engine/microbatch/trigger.ts';
import type { AnalyzedRelation } from '../../engine/plan/analyzed-relation.ts';
import { diskFiles, temporaryFolder } from './disk-files.ts';
import type { MemoryStream } from './memory-stream.ts';
import { TestClock } from './test-clock.ts';

/** A query under test: its plan over streams that the test fills, under keys 0, 1, … */
export type StreamUnderTest = {
  /** Made anew at each start, as a learner's program does: other attribute ids every time. */
  readonly plan: () => AnalyzedRelation;
  readonly streams: readonly MemoryStream[];
  readonly outputMode: OutputMode;
  readonly trigger?: Trigger;
  readonly confs?: Readonly<Record<string, string>>;
  readonly name?: string;
  /** Instead of the collecting sink. */
  readonly sink?: { readonly format: SinkFormat; readonly path: string };
  readonly ports?: Partial<QueryPorts>;
};

export type Step =
  | { readonly kind: 'add'; readonly stream: number; readonly rows: readonly Row[] }
  | { readonly kind: 'run' }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'crash'; readonly at: CrashPoint; readonly batch: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'expect_rows'; readonly rows: readonly string[] }
  | {
      readonly kind: 'expect_progress';
      readonly check: (progress: QueryProgress, all: readonly QueryProgress[]) => void;
    }
  | { readonly kind: 'expect_failure'; readonly text: string }
  | { readonly kind: 'do'; readonly work: (world: World) => Promise<void> | void };

export const add = (...rows: readonly Row[]): Step => ({ kind: 'add', stream: 0, rows });
export const addTo = (stream: number, ...rows: readonly Row[]): Step => ({ kind: 'add', stream, rows });
/** Runs batches until nothing is left to do, no-data batches included. */
export const run: Step = { kind: 'run' };
export const advance = (ms: number): Step => ({ kind: 'advance', ms });
/** The engine dies at a point of a batch: the run in force ends as if the process had been killed there. */
export const crash = (at: CrashPoint, batch: number): Step => ({ kind: 'crash', at, batch });
export const restart: Step = { kind: 'restart' };
/** Rows the sink received since the last look, as text, in any order. */
export const expectRows = (...rows: readonly string[]): Step => ({ kind: 'expect_rows', rows });
/** The newest progress of an executed batch. */
export const expectProgress = (check: (progress: QueryProgress, all: readonly QueryProgress[]) => void): Step => ({
  kind: 'expect_progress',
  check,
});
export const expectFailure = (text: string): Step => ({ kind: 'expect_failure', text });
export const perform = (work: (world: World) => Promise<void> | void): Step => ({ kind: 'do', work });

/** What the steps act on. */
export type World = {
  readonly folder: string;
  readonly clock: TestClock;
  readonly manager: QueryManager;
  readonly test: StreamUnderTest;
  query: StreamingQuery | undefined;
  crashAt: { readonly at: CrashPoint; readonly batch: number } | undefined;
  hasCrashed: boolean;
  crashes: number;
  /** Batches delivered to the collecting sink: a repeated batch replaces itself. */
  readonly delivered: Map<number, readonly string[]>;
  seen: number;
};

/** Zone of all tests here: what is written is what is shown. */
const zone = 'UTC';

/** Runs the steps in order; on failure says at which one, with the rows and progress so far. */
export async function runSteps(test: StreamUnderTest, steps: readonly Step[]): Promise<void> {
  const folder = await temporaryFolder();
  const world: World = {
    folder,
    clock: new TestClock(Date.parse('2024-01-10T12:00:00Z')),
    manager: new QueryManager(noPython, () => undefined),
    test,
    query: undefined,
    crashAt: undefined,
    hasCrashed: false,
    crashes: 0,
    delivered: new Map(),
    seen: 0,
  };
  let done = 0;
  try {
    for (const step of steps) {
      await runStep(step, world);
      done += 1;
    }
  } catch (error) {
    const list = steps.map((step, index) => `${index === done ? '→' : ' '} ${describe(step)}`).join('\n');
    const progress = (world.query?.recentProgress ?? [])
      .map(
        (one) =>
          `batch ${one.batchId}: ${JSON.stringify({ watermark: one.eventTime?.watermark, state: one.stateOperators })}`,
      )
      .join('\n');
    throw new Error(
      `step ${done + 1} failed:\n${list}\n\ndelivered: ${JSON.stringify([...world.delivered])}\n${progress}\n${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    await world.query?.stop();
    await diskFiles('/').remove(folder);
  }
}

const describe = (step: Step): string =>
  JSON.stringify(step, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

async function runStep(step: Step, world: World): Promise<void> {
  switch (step.kind) {
    case 'add':
      world.test.streams[step.stream]?.add(step.rows);
      return;
    case 'run':
      world.query ??= await start(world);
      await world.query.processAllAvailable().catch((error: unknown) => {
        if (!world.hasCrashed) throw error;
      });
      return;
    case 'advance':
      world.clock.advance(step.ms);
      return;
    case 'crash':
      world.crashAt = { at: step.at, batch: step.batch };
      return;
    case 'restart':
      await world.query?.stop();
      if (world.hasCrashed) world.crashAt = undefined;
      world.hasCrashed = false;
      world.query = await start(world);
      return;
    case 'expect_rows': {
      const all = [...world.delivered.values()].flat();
      const fresh = all.slice(world.seen);
      world.seen = all.length;
      expect(fresh.toSorted()).toEqual(step.rows.toSorted());
      return;
    }
    case 'expect_progress': {
      const executed = (world.query?.recentProgress ?? []).filter((one) => one.durationMs['addBatch'] !== undefined);
      step.check(executed.at(-1)!, executed);
      return;
    }
    case 'expect_failure':
      world.query ??= await start(world);
      await expect(world.query.processAllAvailable()).rejects.toThrow(step.text);
      return;
    case 'do':
      await step.work(world);
  }
}

/** Starts the query of the test on the world's checkpoint. */
export function start(world: World, change: Partial<StartSpec> = {}): Promise<StreamingQuery> {
  const { test } = world;
  const plan = test.plan();
  const schema: StructType = {
    kind: 'struct',
    fields: plan.output.map((one) => ({ name: one.name, type: one.type, nullable: one.nullable })),
  };
  const spec: StartSpec = {
    plan,
    outputMode: test.outputMode,
    trigger: test.trigger ?? { kind: 'processing_time', intervalMs: 0 },
    name: test.name,
    cell: undefined,
    sink: test.sink?.format ?? collectingSink(world),
    write: {
      format: test.sink?.format.format ?? 'collect',
      options: { get: () => undefined, entries: [] },
      path:
        test.sink === undefined
          ? undefined
          : { spelling: test.sink.path, absolute: `${world.folder}/${test.sink.path}` },
      partitionBy: [],
      schema,
    },
    streams: new Map(test.streams.map((stream, key) => [key, stream.factory()])),
    parallelism: 2,
    unsizedSources: new Set(),
    planNow: async () => ({ plan, statics: new Map() }),
    checkpoint: `${world.folder}/checkpoint`,
    confs: new Map(
      Object.entries({ 'spark.sql.session.timeZone': zone, 'spark.sql.shuffle.partitions': '1', ...test.confs }),
    ),
    applicationConf: () => undefined,
    compile: compileBatch,
    explain: () => '== Physical Plan ==',
    ports: {
      files: diskFiles(world.folder),
      clock: world.clock,
      python: noPython,
      tables: noTables,
      openDatabase: (path, threads, batchId) => openDatabase({ path, threads, batchId, scalars: jsScalars }),
      temporaryFolder: world.folder,
      print: () => undefined,
      emit: () => undefined,
      isWatched: () => false,
      ...test.ports,
      crashPoint: (point, batch) => {
        if (world.crashAt?.at !== point || batch !== world.crashAt.batch || world.hasCrashed) return;
        world.hasCrashed = true;
        world.crashes += 1;
        throw new Error(`crash at ${point} of batch ${batch}`);
      },
    },
    ...change,
  };
  return world.manager.start(spec, () => undefined);
}

const collectingSink = (world: World): SinkFormat => ({
  format: 'collect',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  openStream: async () => ({
    description: 'CollectingSink',
    reportsRows: true,
    write: async (batch) => {
      const rows = await batch.rows(10_000);
      const types = batch.schema.fields.map((one) => one.type);
      world.delivered.set(
        batch.batchId,
        rows.map((row) => row.map((value, index) => cellText(value, types[index] ?? { kind: 'void' }, zone)).join(' ')),
      );
      return { rows: rows.length };
    },
    close: async () => undefined,
  }),
});

const refuse = (): never => {
  throw new Error('this test has no Python');
};
export const noPython = { callUdf: refuse, callForeachBatch: refuse, callForeach: refuse, callListener: refuse };
export const noTables: SessionTables = {
  create: refuse,
  drop: refuse,
  load: refuse,
  append: refuse,
  store: refuse,
  temporaryFile: refuse,
  expose: refuse,
  hide: refuse,
  usage: refuse,
};

/** Microseconds of a time of 2024-01-10, UTC. */
export const at = (time: string): bigint =>
  BigInt(Date.parse(`2024-01-10T${time.length === 5 ? `${time}:00` : time}Z`)) * 1000n;
