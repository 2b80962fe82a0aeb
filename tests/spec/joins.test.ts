import { describe, expect, test } from 'vitest';
import { field, stringType, structType, timestampType } from '../../engine/core/data-type.ts';
import type { AnalyzedRelation } from '../../engine/plan/analyzed-relation.ts';
import type { BoundExpression } from '../../engine/plan/bound-expression.ts';
import type { JoinType } from '../../engine/plan/relation.ts';
import { call, column, join, ref, stream, withWatermark } from '../support/analyzed-plans.ts';
import { MemoryStream } from '../support/memory-stream.ts';
import {
  addTo,
  at,
  expectProgress,
  expectRows,
  restart,
  run,
  runSteps,
  type StreamUnderTest,
} from '../support/streaming.ts';

const impressionSchema = structType([field('ad', stringType), field('seen', timestampType)]);
const clickSchema = structType([field('clicked_ad', stringType), field('clicked', timestampType)]);

/** Clicks within an hour after the impression; two and three hours of patience. */
const impressionsAndClicks = (joinType: JoinType): StreamUnderTest => ({
  plan: () => joined(joinType),
  streams: [new MemoryStream(impressionSchema), new MemoryStream(clickSchema)],
  outputMode: 'append',
});

function joined(joinType: JoinType): AnalyzedRelation {
  const left = withWatermark(stream(0, impressionSchema), 'seen', 2 * 3_600_000);
  const right = withWatermark(stream(1, clickSchema), 'clicked', 3 * 3_600_000);
  const seen = ref(column(left, 'seen'));
  const clicked = ref(column(right, 'clicked'));
  const hour: BoundExpression = {
    kind: 'literal',
    value: 3_600_000_000n,
    type: { kind: 'day_time_interval', start: 'hour', end: 'hour' },
    nullable: false,
  };
  const condition = [
    call('=', [ref(column(left, 'ad')), ref(column(right, 'clicked_ad'))]),
    call('>=', [clicked, seen]),
    call('<=', [clicked, call('+', [seen, hour], timestampType)]),
  ].reduce((a, b) => call('and', [a, b]));
  return join(left, right, joinType, condition);
}

const seen = (ad: string | null, time: string): readonly [string | null, bigint] => [ad, at(time)];

describe('stream-stream joins', () => {
  test('the unmatched impression of a left outer join goes out padded when the watermark passes its last click', () =>
    runSteps(impressionsAndClicks('left_outer'), [
      addTo(0, seen('a', '10:00'), seen('b', '10:10')),
      run,
      expectRows(),
      addTo(1, seen('a', '10:30')),
      run,
      expectRows('a 2024-01-10 10:00:00 a 2024-01-10 10:30:00'),
      addTo(0, seen('c', '14:00')),
      addTo(1, seen('c', '14:20')),
      run,
      expectRows('c 2024-01-10 14:00:00 c 2024-01-10 14:20:00', 'b 2024-01-10 10:10:00 NULL NULL'),
      expectProgress((progress, all) => {
        expect(all.map((one) => one.batchId)).toEqual([0, 1, 2, 3, 4]);
        expect(progress.stateOperators[0]).toMatchObject({
          operatorName: 'symmetricHashJoin',
          numRowsTotal: 2,
          numStateStoreInstances: 4,
        });
      }),
      addTo(1, seen('x', '10:05')),
      run,
      expectProgress((progress) => expect(progress.stateOperators[0]?.numRowsDroppedByWatermark).toBe(1)),
    ]));

  test('an inner join gives every pair once, whichever side comes first, over a restart', () =>
    runSteps(impressionsAndClicks('inner'), [
      addTo(0, seen('a', '10:00'), seen(null, '10:00')),
      run,
      restart,
      addTo(1, seen('a', '10:30'), seen('a', '10:40'), seen(null, '10:10')),
      run,
      addTo(1, seen('b', '11:00')),
      run,
      addTo(0, seen('b', '10:30')),
      run,
      expectRows(
        'a 2024-01-10 10:00:00 a 2024-01-10 10:30:00',
        'a 2024-01-10 10:00:00 a 2024-01-10 10:40:00',
        'b 2024-01-10 10:30:00 b 2024-01-10 11:00:00',
      ),
    ]));

  test('a left semi join gives an impression once, with its first click', () =>
    runSteps(impressionsAndClicks('left_semi'), [
      addTo(0, seen('a', '10:00')),
      run,
      addTo(1, seen('a', '10:30'), seen('a', '10:40')),
      run,
      addTo(1, seen('a', '10:50')),
      run,
      expectRows('a 2024-01-10 10:00:00'),
    ]));

  test('a full outer join pads both sides', () =>
    runSteps(impressionsAndClicks('full_outer'), [
      addTo(0, seen('a', '10:00'), seen('b', '10:00')),
      addTo(1, seen('a', '10:30'), seen('z', '10:30')),
      run,
      expectRows('a 2024-01-10 10:00:00 a 2024-01-10 10:30:00'),
      addTo(0, seen('c', '18:00')),
      addTo(1, seen('c', '18:00')),
      run,
      expectRows(
        'c 2024-01-10 18:00:00 c 2024-01-10 18:00:00',
        'b 2024-01-10 10:00:00 NULL NULL',
        'NULL NULL z 2024-01-10 10:30:00',
      ),
    ]));
});
