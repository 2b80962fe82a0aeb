import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../engine/core/spark-value.ts';
import type { AnalyzedRelation } from '../../engine/plan/analyzed-relation.ts';
import { clickSchema, minutesUs } from '../support/analyzed-plans.ts';
import { MemoryStream } from '../support/memory-stream.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { at, perform, run, runSteps, type StreamUnderTest, type World } from '../support/streaming.ts';
import { firstClicks, joinedClicks, sessionCounts, totals, visitSchema } from '../spec/properties/stream-plans.ts';
import { soakSeed, soakSize, soakTimeoutMs } from './soak-size.ts';

const { batches } = soakSize;
const delayMs = 600_000;
const rowsPerBatch = 20;
/** `spark.sql.streaming.minBatchesToRetain` where nothing else is set. */
const retainedBatches = 100;
/** `metadata`, the state's database and its log. */
const otherFiles = 3;
/** Looking costs more than a batch. */
const batchesPerLook = 10;

type Query = {
  readonly title: string;
  readonly plan: () => AnalyzedRelation;
  readonly streams: readonly MemoryStream[];
  /** A third more than was measured over 5,000 batches; what was never forgotten would come to more. */
  readonly mostBytes: number;
};
const queries: readonly Query[] = [
  {
    title: 'windows of ten minutes every five',
    plan: () => totals(delayMs, ['window', 'user'], [minutesUs(10), minutesUs(5)]),
    streams: [new MemoryStream(clickSchema)],
    mostBytes: 3_000_000,
  },
  {
    title: 'session windows',
    plan: () => sessionCounts(delayMs),
    streams: [new MemoryStream(visitSchema)],
    mostBytes: 5_300_000,
  },
  {
    title: 'de-duplication within the watermark',
    plan: () => firstClicks('within_watermark', delayMs),
    streams: [new MemoryStream(clickSchema)],
    mostBytes: 2_600_000,
  },
  {
    title: 'a left outer join with a time range',
    plan: () => joinedClicks('left_outer', { fromUs: 0, toUs: minutesUs(10) }, [delayMs, delayMs]),
    streams: [new MemoryStream(clickSchema), new MemoryStream(clickSchema)],
    mostBytes: 7_100_000,
  },
];

/** `logs`: entries of `offsets` and `commits`. */
type Size = { readonly logs: number; readonly others: number; readonly bytes: number; readonly stateRows: number };

/** Files and bytes below the checkpoint. */
function sizeOf(world: World): Size {
  const files = readdirSync(join(world.folder, 'checkpoint'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  );
  const logs = files.filter(({ parentPath }) => /(?:offsets|commits)$/.test(parentPath)).length;
  const last = world.query?.recentProgress.at(-1);
  return {
    logs,
    others: files.length - logs,
    bytes: files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0),
    stateRows: last?.stateOperators[0]?.numRowsTotal ?? 0,
  };
}

/** A minute of event time for each batch: rows up to five minutes old, a few users who never come back and many who do. */
function rowsOf(batch: number, next: () => number, isVisit: boolean): readonly Row[] {
  return Array.from({ length: rowsPerBatch }, (): Row => {
    const us = at('00:00') + BigInt(batch * 60_000_000) - BigInt(Math.floor(next() * 300) * 1_000_000);
    const user = next() < 0.2 ? `u${batch}-${Math.floor(next() * 1000)}` : `u${Math.floor(next() * 50)}`;
    return isVisit ? [us, user, 120_000_000n] : [us, user, 1];
  });
}

describe(`the checkpoint folder over ${batches} batches with a watermark (MAREA_TEST_SEED=${soakSeed})`, () => {
  for (const { title, plan, streams, mostBytes } of queries)
    test(
      `stays as small as it was after the first for ${title}`,
      async () => {
        const next = seededNumbers(soakSeed);
        const confs = { 'spark.sql.streaming.noDataMicroBatches.enabled': 'false' };
        const query: StreamUnderTest = { plan, streams, outputMode: 'append', confs };
        const sizes: Size[] = [];
        await runSteps(
          query,
          Array.from({ length: batches }, (_, batch) => [
            perform(() => streams.forEach((one) => one.add(rowsOf(batch, next, one.schema === visitSchema)))),
            run,
            ...(batch % batchesPerLook === 0 ? [perform((world) => void sizes.push(sizeOf(world)))] : []),
          ]).flat(),
        );
        const most = (what: keyof Size): number => Math.max(...sizes.map((size) => size[what]));
        expect(sizes).toHaveLength(batches / batchesPerLook);
        expect(most('logs')).toBeLessThanOrEqual(2 * (retainedBatches + 2));
        expect(most('others')).toBeLessThanOrEqual(otherFiles);
        expect(most('bytes')).toBeLessThan(mostBytes);
        expect(most('stateRows')).toBeLessThan(1000);
      },
      soakTimeoutMs,
    );
});
