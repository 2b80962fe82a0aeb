import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitLog } from '../../../engine/checkpoint/commit-log.ts';
import { offsetLog } from '../../../engine/checkpoint/offset-log.ts';
import { batchId } from '../../../engine/core/ids.ts';
import { clickSchema, minutesUs } from '../../support/analyzed-plans.ts';
import { diskFiles } from '../../support/disk-files.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import { perform, restart, run, runSteps, type StreamUnderTest, type World } from '../../support/streaming.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';
import { arrivalsAndRestarts, clickRow, patience } from './random-arrivals.ts';
import { joinedClicks } from './stream-plans.ts';

/** The watermark that each batch ran with and the one it left, in the order of the batches. */
async function loggedWatermarks(world: World): Promise<readonly number[]> {
  const files = diskFiles(world.folder);
  const offsets = offsetLog(`${world.folder}/checkpoint/offsets`, files);
  const commits = commitLog(`${world.folder}/checkpoint/commits`, files);
  const latest = (await commits.latest()) ?? -1;
  const found: number[] = [];
  for (let batch = 0; batch <= latest; batch += 1) {
    found.push((await offsets.get(batchId(batch)))?.watermark ?? NaN);
    found.push((await commits.get(batchId(batch)))?.nextWatermark ?? NaN);
  }
  return found;
}

describe('the watermark', () => {
  for (const policy of ['min', 'max'] as const)
    test(
      `never goes back with the policy ${policy}, whatever arrives on either stream and however often the query restarts`,
      () =>
        fc.assert(
          fc.asyncProperty(arrivalsAndRestarts(2), fc.tuple(patience, patience), async (list, delaysMs) => {
            const joined: StreamUnderTest = {
              plan: () => joinedClicks('inner', { fromUs: 0, toUs: minutesUs(10) }, delaysMs),
              streams: [new MemoryStream(clickSchema), new MemoryStream(clickSchema)],
              outputMode: 'append',
              confs: { 'spark.sql.streaming.multipleWatermarkPolicy': policy },
            };
            await runSteps(joined, [
              ...list.flatMap((arrival) =>
                arrival === 'restart'
                  ? [restart]
                  : [perform(() => arrival.forEach((rows, key) => joined.streams[key]?.add(rows.map(clickRow)))), run],
              ),
              perform(async (world) => {
                const watermarks = await loggedWatermarks(world);
                expect(watermarks.length).toBeGreaterThan(0);
                expect(watermarks).toEqual(watermarks.toSorted((a, b) => a - b));
              }),
            ]);
          }),
          propertyRuns(8),
        ),
      propertyTimeoutMs,
    );
});
