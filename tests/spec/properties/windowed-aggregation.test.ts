import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutputMode } from '../../../engine/api/sink.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import { clickSchema, minutesUs } from '../../support/analyzed-plans.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import type { StreamUnderTest } from '../../support/streaming.ts';
import { playTimeline, type Event, type QueryModel } from './event-time-model.ts';
import {
  batchAnswer,
  byTimeAndUser,
  byUser,
  byWindowAndUser,
  chainedModel,
  groupModel,
  type Group,
} from './group-model.ts';
import { playedByEngine } from './played-by-engine.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';
import { arrivals, arrivalsAndRestarts, clickRow, farAhead, patience } from './random-arrivals.ts';
import { countsOfCounts, totals } from './stream-plans.ts';

type Grouping = {
  readonly keys: readonly string[];
  readonly window?: readonly [number, number];
  readonly groupsOf: (event: Event) => readonly Group[];
};

const windowed = (width: number, slide: number): Grouping => ({
  keys: ['window', 'user'],
  window: [minutesUs(width), minutesUs(slide)],
  groupsOf: byWindowAndUser(minutesUs(width), minutesUs(slide)),
});
const windows = [windowed(10, 10), windowed(10, 5), windowed(7, 3)];
const byTime: Grouping = { keys: ['at', 'user'], groupsOf: byTimeAndUser };
const byUserAlone: Grouping = { keys: ['user'], groupsOf: byUser };

const query = (plan: () => AnalyzedRelation, outputMode: OutputMode, noData: boolean): StreamUnderTest => ({
  plan,
  streams: [new MemoryStream(clickSchema)],
  outputMode,
  confs: { 'spark.sql.streaming.noDataMicroBatches.enabled': String(noData) },
});

describe('aggregation over any split into micro-batches', () => {
  for (const [mode, groupings] of [
    ['update', [...windows, byTime, byUserAlone]],
    ['append', [...windows, byTime]],
    ['complete', [...windows, byTime, byUserAlone]],
  ] as const)
    test(
      `every batch in ${mode} mode puts out, drops and keeps what the rules say`,
      () =>
        fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...groupings),
            arrivalsAndRestarts(1),
            patience,
            fc.boolean(),
            async (grouping, list, delayMs, noData) => {
              const plan = () => totals(delayMs, grouping.keys, grouping.window);
              const hasNoDataBatches = noData && mode !== 'complete';
              const timing = { delaysMs: [delayMs], policy: 'min', hasNoDataBatches } as const;
              const model = groupModel(grouping.groupsOf, mode);
              expect(await playedByEngine(query(plan, mode, noData), list, clickRow)).toEqual(
                playTimeline(list, timing, model),
              );
            },
          ),
          propertyRuns(10),
        ),
      propertyTimeoutMs,
    );

  test(
    'once every window is closed, append mode has given the batch answer',
    () =>
      fc.assert(
        fc.asyncProperty(fc.constantFrom(...windows), arrivals(1), async (grouping, list) => {
          const plan = () => totals(minutesUs(400) / 1000, grouping.keys, grouping.window);
          const played = await playedByEngine(query(plan, 'append', true), [...list, [[farAhead]]], clickRow);
          const answer = batchAnswer(list.flat(2), grouping.groupsOf);
          expect(played.flatMap((batch) => batch.output).toSorted()).toEqual(answer);
        }),
        propertyRuns(6),
      ),
    propertyTimeoutMs,
  );

  test(
    'an aggregation of an aggregation puts out, drops and keeps what the rules say',
    () =>
      fc.assert(
        fc.asyncProperty(arrivalsAndRestarts(1), patience, fc.boolean(), async (list, delayMs, noData) => {
          const plan = () => countsOfCounts(delayMs, minutesUs(5), minutesUs(15));
          const timing = { delaysMs: [delayMs], policy: 'min', hasNoDataBatches: noData } as const;
          const model: QueryModel = chainedModel(minutesUs(5), minutesUs(15));
          const ending = [...list, [[farAhead]]];
          expect(await playedByEngine(query(plan, 'append', noData), ending, clickRow)).toEqual(
            playTimeline(ending, timing, model),
          );
        }),
        propertyRuns(8),
      ),
    propertyTimeoutMs,
  );
});
