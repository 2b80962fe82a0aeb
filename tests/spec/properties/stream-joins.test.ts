import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clickSchema, minutesUs } from '../../support/analyzed-plans.ts';
import { MemoryStream } from '../../support/memory-stream.ts';
import type { StreamUnderTest } from '../../support/streaming.ts';
import { playTimeline } from './event-time-model.ts';
import { joinedRows, joinModel, reachesJoin, type JoinKind, type TimeRange } from './join-model.ts';
import { playedByEngine } from './played-by-engine.ts';
import { propertyRuns, propertyTimeoutMs } from './property-runs.ts';
import { arrivals, arrivalsAndRestarts, clickRow, farAhead, patience } from './random-arrivals.ts';
import { joinedClicks } from './stream-plans.ts';

type Joining = {
  readonly kind: JoinKind;
  readonly range: TimeRange;
  readonly delaysMs: readonly [number, number];
  readonly policy: 'min' | 'max';
  readonly noData: boolean;
};

const joined = ({ kind, range, delaysMs, policy, noData }: Joining): StreamUnderTest => ({
  plan: () => joinedClicks(kind, range, delaysMs),
  streams: [new MemoryStream(clickSchema), new MemoryStream(clickSchema)],
  outputMode: 'append',
  confs: {
    'spark.sql.streaming.noDataMicroBatches.enabled': String(noData),
    'spark.sql.streaming.multipleWatermarkPolicy': policy,
  },
});

const ranges = fc
  .constantFrom([0, 60], [-10, 10], [5, 5], [0, 0])
  .map(([from = 0, to = 0]) => ({ fromUs: minutesUs(from), toUs: minutesUs(to) }));

const joining = (kinds: fc.Arbitrary<JoinKind>): fc.Arbitrary<Joining> =>
  fc.record({
    kind: kinds,
    range: ranges,
    delaysMs: fc.tuple(patience, patience),
    policy: fc.constantFrom('min', 'max'),
    noData: fc.boolean(),
  });

describe('stream-stream joins over any split into micro-batches', () => {
  for (const [title, kinds] of [
    ['an inner join', ['inner']],
    ['a left outer join', ['left_outer']],
    ['a right outer, full outer or left semi join', ['right_outer', 'full_outer', 'left_semi']],
  ] as const)
    test(
      `every batch of ${title} puts out, drops and keeps what the rules say`,
      () =>
        fc.assert(
          fc.asyncProperty(arrivalsAndRestarts(2), joining(fc.constantFrom(...kinds)), async (list, query) => {
            const timing = {
              delaysMs: query.delaysMs,
              policy: query.policy,
              hasNoDataBatches: query.noData,
              reaches: reachesJoin(query.kind),
            };
            const ending = [...list, [[farAhead], [farAhead]]];
            expect(await playedByEngine(joined(query), ending, clickRow)).toEqual(
              playTimeline(ending, timing, joinModel(query.kind, query.range)),
            );
          }),
          propertyRuns(8),
        ),
      propertyTimeoutMs,
    );

  for (const kind of ['inner', 'left_outer'] as const)
    test(
      `once both sides are closed, the rows of a ${kind === 'inner' ? 'inner' : 'left outer'} join are the batch answer`,
      () =>
        fc.assert(
          fc.asyncProperty(arrivals(2), ranges, async (list, range) => {
            const query: Joining = { kind, range, delaysMs: [24_000_000, 24_000_000], policy: 'min', noData: true };
            const played = await playedByEngine(joined(query), [...list, [[farAhead], [farAhead]]], clickRow);
            const rows = played.flatMap((batch) => batch.output).filter((line) => !line.includes('fin'));
            const sides = [0, 1].map((side) => list.flatMap((arrival) => arrival[side] ?? []));
            expect(rows.toSorted()).toEqual(joinedRows(kind, sides[0] ?? [], sides[1] ?? [], range));
          }),
          propertyRuns(4),
        ),
      propertyTimeoutMs,
    );
});
