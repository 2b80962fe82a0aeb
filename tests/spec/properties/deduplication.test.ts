import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clickSchema } from '../../support/analyzed-plans.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import type { StreamUnderTest } from '../../support/streaming.ts';
import { deduplicateModel, firstRows, type Memory } from './deduplicate-model.ts';
import { playTimeline } from './event-time-model.ts';
import { playedByEngine } from './played-by-engine.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';
import { arrivals, arrivalsAndRestarts, clickRow, patience } from './random-arrivals.ts';
import { firstClicks } from './stream-plans.ts';

const deduplicated = (memory: Memory, delayMs: number, noData: boolean): StreamUnderTest => ({
  plan: () => firstClicks(memory, delayMs),
  streams: [new MemoryStream(clickSchema)],
  outputMode: 'append',
  confs: { 'spark.sql.streaming.noDataMicroBatches.enabled': String(noData) },
});

describe('de-duplication over any split into micro-batches', () => {
  for (const [memory, title] of [
    ['for_ever', 'keys without event time are kept for ever'],
    ['event_time', 'keys with their event time go when the watermark has passed it'],
    ['within_watermark', 'keys within the watermark go a delay after their first row'],
  ] as const)
    test(
      `${title}, and every batch puts out and drops what the rules say`,
      () =>
        fc.assert(
          fc.asyncProperty(arrivalsAndRestarts(1), patience, fc.boolean(), async (list, delayMs, noData) => {
            const timing = { delaysMs: [delayMs], policy: 'min', hasNoDataBatches: noData } as const;
            expect(await playedByEngine(deduplicated(memory, delayMs, noData), list, clickRow)).toEqual(
              playTimeline(list, timing, deduplicateModel(memory, delayMs)),
            );
          }),
          propertyRuns(6),
        ),
      propertyTimeoutMs,
    );

  for (const memory of ['for_ever', 'event_time'] as const)
    test(
      `with patience enough, all batches together are the batch answer (keys kept: ${memory})`,
      () =>
        fc.assert(
          fc.asyncProperty(arrivals(1), async (list) => {
            const played = await playedByEngine(deduplicated(memory, 24_000_000, true), list, clickRow);
            expect(played.flatMap((batch) => batch.output).toSorted()).toEqual(firstRows(list.flat(2), memory));
          }),
          propertyRuns(4),
        ),
      propertyTimeoutMs,
    );
});
