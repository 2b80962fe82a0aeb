import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringType } from '../../../engine/core/data-type.ts';
import { fileLog } from '../../../engine/core/file-log.ts';
import { pathOfUri } from '../../../engine/core/file-uri.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../../../engine/core/sql-text.ts';
import type { CrashPoint } from '../../../engine/microbatch/start-spec.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import { SessionDatabase } from '../../../engine/session/session-database.ts';
import { fileSink } from '../../../engine/sinks/file-sink.ts';
import { foreachBatchSink } from '../../../engine/sinks/foreach-batch-sink.ts';
import { memorySink } from '../../../engine/sinks/memory-sink.ts';
import { clickSchema, minutesUs, stream } from '../../support/analyzed-plans.ts';
import { diskFiles, temporaryFolder } from '../../support/disk-files.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import {
  noPython,
  perform,
  run,
  runSteps,
  start,
  type Step,
  type StreamUnderTest,
  type World,
} from '../../support/streaming.ts';
import type { Arrival } from './event-time-model.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';
import { arrivals, clickRow, farAhead } from './random-arrivals.ts';
import { countsOfCounts, firstClicks, joinedClicks, totals } from './stream-plans.ts';

type Crash = { readonly at: CrashPoint; readonly batch: number };
type Query = Pick<StreamUnderTest, 'outputMode'> & {
  readonly plan: () => AnalyzedRelation;
  readonly streams?: number;
  readonly noData?: true;
};

const crashes: fc.Arbitrary<readonly Crash[]> = fc.array(
  fc.record({
    at: fc.constantFrom<CrashPoint>(
      'before-offsets',
      'after-offsets',
      'after-steps',
      'after-sink-write',
      'after-state-commit',
      'after-publish',
      'after-commit-log',
    ),
    batch: fc.nat(4),
  }),
  { minLength: 1, maxLength: 3 },
);

const tenMinutes = minutesUs(10);
const delayMs = 1_200_000;
const counted: Query = {
  plan: () => totals(delayMs, ['window', 'user'], [tenMinutes, tenMinutes / 2]),
  outputMode: 'append',
};
const appending: readonly Query[] = [
  { plan: () => stream(0, clickSchema), outputMode: 'append' },
  counted,
  { plan: () => firstClicks('within_watermark', delayMs), outputMode: 'append' },
  { plan: () => countsOfCounts(delayMs, tenMinutes / 2, tenMinutes), outputMode: 'append' },
];
const joining: Query = {
  plan: () => joinedClicks('left_outer', { fromUs: 0, toUs: tenMinutes }, [24_000_000, 24_000_000]),
  outputMode: 'append',
  streams: 2,
  noData: true,
};
const patient: Query = {
  ...joining,
  plan: () => totals(24_000_000, ['window', 'user'], [tenMinutes, tenMinutes]),
  streams: 1,
};

/** Unless a batch of no data comes between, a run has the same batches with and without crashes, whatever is late. */
const underTest = (query: Query, rest: Partial<StreamUnderTest>): StreamUnderTest => ({
  plan: query.plan,
  outputMode: query.outputMode,
  streams: Array.from({ length: query.streams ?? 1 }, () => new MemoryStream(clickSchema)),
  confs: { 'spark.sql.streaming.noDataMicroBatches.enabled': String(query.noData === true) },
  ...rest,
});

/** Each arrival is one micro-batch; the engine dies where the crashes say, one after the other, and is started again each time. */
function feed(test: StreamUnderTest, list: readonly Arrival[], planned: readonly Crash[]): readonly Step[] {
  const left = [...planned];
  const next = perform((world) => void (world.crashAt ??= left.shift()));
  const recover = perform(async (world) => {
    while (world.hasCrashed) {
      await world.query?.stop();
      world.hasCrashed = false;
      world.crashAt = left.shift();
      world.query = await start(world);
      await settle(world);
    }
  });
  const arrive = (arrival: Arrival): Step =>
    perform(() => arrival.forEach((rows, key) => test.streams[key]?.add(rows.map(clickRow))));
  const calm = perform((world) => {
    world.crashAt = undefined;
  });
  return [
    ...list.flatMap((arrival) => [next, arrive(arrival), run, recover]),
    calm,
    arrive(test.streams.map(() => [farAhead])),
    run,
    arrive(test.streams.map(() => [])),
    run,
  ];
}

const settle = (world: World): Promise<void> | undefined =>
  world.query?.processAllAvailable().catch((error: unknown) => {
    if (!world.hasCrashed) throw error;
  });

/** Rows in the files that the sink's log names; nothing else may lie beside them. */
async function rowsInFiles(world: World): Promise<readonly string[]> {
  const files = diskFiles(world.folder);
  const log = fileLog<{ readonly path: string }>(`${world.folder}/out/_spark_metadata`, files);
  const logged = (await log.all()).map((entry) => pathOfUri(entry.path));
  const onDisk = (await files.list(`${world.folder}/out`))?.filter((entry) => !entry.isFolder).map(({ path }) => path);
  expect(onDisk?.toSorted()).toEqual(logged.toSorted());
  return inSession((session) => textRows(session, sql`read_parquet([${sqlJoin(logged.map(sqlString), ', ')}])`));
}

async function textRows(session: SessionDatabase, from: Sql): Promise<readonly string[]> {
  const rows = await session.query.rows(sql`SELECT CAST(t AS VARCHAR) FROM ${from} t`, [stringType]);
  return rows.map(([text]) => text as string).toSorted();
}

async function inSession<Answer>(work: (session: SessionDatabase) => Promise<Answer>): Promise<Answer> {
  const folder = await temporaryFolder();
  const session = await SessionDatabase.open(1, folder);
  try {
    return await work(session);
  } finally {
    await session.close();
    await diskFiles(folder).remove(folder);
  }
}

async function toFiles(query: Query, list: readonly Arrival[], planned: readonly Crash[]): Promise<readonly string[]> {
  const written = underTest(query, { sink: { format: fileSink('parquet'), path: 'out' } });
  let rows: readonly string[] = [];
  await runSteps(written, [
    ...feed(written, list, planned),
    perform(async (world) => {
      rows = await rowsInFiles(world);
    }),
  ]);
  return rows;
}

const toMemory = (query: Query, list: readonly Arrival[], planned: readonly Crash[]): Promise<readonly string[]> =>
  inSession(async (session) => {
    const { tables } = session;
    const sink = { format: memorySink, path: 'none' };
    const kept = underTest(query, { name: 'totals', sink, ports: { tables } });
    await runSteps(kept, feed(kept, list, planned));
    return textRows(session, session.reference(session.exposed('totals')?.tableKey ?? 'not there'));
  });

/** A function that writes what it gets under the id of the batch, as the programming guide advises. */
const toFunction = (query: Query, list: readonly Arrival[], planned: readonly Crash[]) =>
  inSession(async (session) => {
    const byBatch = new Map<number, readonly string[]>();
    const callForeachBatch = async (_key: string, tableKey: string, batchId: number): Promise<void> => {
      const rows = await textRows(session, sqlName(tableKey));
      session.countUsage(tableKey);
      expect(byBatch.get(batchId) ?? rows).toEqual(rows);
      byBatch.set(batchId, rows);
    };
    const ports = { tables: session.tables, python: { ...noPython, callForeachBatch } };
    const called = underTest(query, { sink: { format: foreachBatchSink('escribe'), path: 'none' }, ports });
    await runSteps(called, feed(called, list, planned));
    return [...byBatch];
  });

describe('a crash at any point of any batch, and again after the restart', () => {
  test(
    'leaves the files and their log as a run without crash does',
    () =>
      fc.assert(
        fc.asyncProperty(fc.constantFrom(...appending), arrivals(1, 5), crashes, async (query, list, planned) => {
          expect(await toFiles(query, list, planned)).toEqual(await toFiles(query, list, []));
        }),
        propertyRuns(10),
      ),
    propertyTimeoutMs,
  );

  test(
    'leaves the same rows in the files as a run without crash when batches of no data come between and nothing is late',
    () =>
      fc.assert(
        fc.asyncProperty(fc.constantFrom(joining, patient), arrivals(2, 5), crashes, async (query, list, planned) => {
          expect(await toFiles(query, list, planned)).toEqual(await toFiles(query, list, []));
        }),
        propertyRuns(6),
      ),
    propertyTimeoutMs,
  );

  test(
    'leaves the memory table of complete mode as a run without crash does',
    () =>
      fc.assert(
        fc.asyncProperty(arrivals(1, 5), crashes, async (list, planned) => {
          const query: Query = { ...counted, outputMode: 'complete' };
          expect(await toMemory(query, list, planned)).toEqual(await toMemory(query, list, []));
        }),
        propertyRuns(6),
      ),
    propertyTimeoutMs,
  );

  test(
    'calls the function of foreachBatch with the same rows for the same batch',
    () =>
      fc.assert(
        fc.asyncProperty(arrivals(1, 5), crashes, async (list, planned) => {
          const query: Query = { ...counted, outputMode: 'update' };
          expect(await toFunction(query, list, planned)).toEqual(await toFunction(query, list, []));
        }),
        propertyRuns(6),
      ),
    propertyTimeoutMs,
  );
});
