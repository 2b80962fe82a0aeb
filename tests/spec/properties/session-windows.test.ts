import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutputMode } from '../../../engine/api/sink.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import type { StreamUnderTest } from '../../support/streaming.ts';
import { playTimeline } from './event-time-model.ts';
import { playedByEngine } from './played-by-engine.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';
import { arrivals, arrivalsAndRestarts, farAhead, patience, visitRow } from './random-arrivals.ts';
import { sessionModel, sessionsOf } from './session-model.ts';
import { sessionCounts, visitSchema } from './stream-plans.ts';

const visits = (outputMode: OutputMode, delayMs: number, noData: boolean): StreamUnderTest => ({
  plan: () => sessionCounts(delayMs),
  streams: [new MemoryStream(visitSchema)],
  outputMode,
  confs: { 'spark.sql.streaming.noDataMicroBatches.enabled': String(noData) },
});

describe('session windows over any split into micro-batches', () => {
  for (const mode of ['append', 'complete'] as const)
    test(
      `every batch in ${mode} mode puts out, drops and keeps what the rules say`,
      () =>
        fc.assert(
          fc.asyncProperty(arrivalsAndRestarts(1), patience, fc.boolean(), async (list, delayMs, noData) => {
            const timing = {
              delaysMs: [delayMs],
              policy: 'min',
              hasNoDataBatches: noData && mode !== 'complete',
            } as const;
            expect(await playedByEngine(visits(mode, delayMs, noData), list, visitRow)).toEqual(
              playTimeline(list, timing, sessionModel(mode)),
            );
          }),
          propertyRuns(8),
        ),
      propertyTimeoutMs,
    );

  test(
    'once every session is closed, append mode has given the batch answer',
    () =>
      fc.assert(
        fc.asyncProperty(arrivals(1), async (list) => {
          const played = await playedByEngine(visits('append', 24_000_000, true), [...list, [[farAhead]]], visitRow);
          expect(played.flatMap((batch) => batch.output).toSorted()).toEqual(sessionsOf(list.flat(2)));
        }),
        propertyRuns(6),
      ),
    propertyTimeoutMs,
  );
});
