import { expect, test } from 'vitest';
import { stateWatermarkBounds, type StateBound } from '../../../engine/analysis/join-watermark-bounds.ts';
import { AnalysisFixture, expr } from './analysis-fixture.ts';

const session = new AnalysisFixture();
const marked = (ddl: string, column?: string): ReturnType<AnalysisFixture['frame']> => {
  const stream = session.stream(ddl);
  return column
    ? session.frame({ kind: 'with_watermark', input: stream, event_time: column, delay_threshold: '2 hours' })
    : stream;
};
const impressions = marked('adId INT, impressionTime TIMESTAMP', 'impressionTime');
const clicks = marked('clickAdId INT, clickTime TIMESTAMP', 'clickTime');
const plain = marked('clickAdId INT, clickTime TIMESTAMP');

function bounds(condition: string, right = clicks): readonly (string | number | undefined)[] {
  const plan = session.analyze({
    kind: 'join',
    left: impressions,
    right,
    join_type: 'inner',
    join_condition: expr(condition),
  });
  if (plan.kind !== 'join') throw new Error(plan.kind);
  const shown = (bound: StateBound | undefined): string | number | undefined =>
    bound?.kind === 'time' ? bound.offsetMs : bound && `key ${bound.index}`;
  const { left, right: other } = stateWatermarkBounds(plan);
  return [shown(left), shown(other)];
}
const hour = 3_600_000;

test('the example of the guide: clicks up to an hour after their impression', () =>
  expect(
    bounds('clickAdId = adId AND clickTime >= impressionTime AND clickTime <= impressionTime + interval 1 hour'),
  ).toEqual([-hour - 1, -1]));
test('a strict bound is exact', () =>
  expect(
    bounds('clickAdId = adId AND clickTime > impressionTime AND clickTime < impressionTime + interval 1 hour'),
  ).toEqual([-hour, 0]));
test('the smallest of several bounds counts', () =>
  expect(
    bounds(
      'clickAdId = adId AND clickTime < impressionTime + interval 1 hour AND clickTime < impressionTime + interval 2 hours',
    ),
  ).toEqual([-2 * hour, undefined]));
test('the other way round, with subtraction', () =>
  expect(bounds('clickAdId = adId AND clickTime - interval 1 hour <= impressionTime')).toEqual([-hour - 1, undefined]));
test('BETWEEN is two bounds', () =>
  expect(
    bounds('clickAdId = adId AND clickTime BETWEEN impressionTime AND impressionTime + interval 10 minutes'),
  ).toEqual([-600_001, -1]));
test('months have no length', () =>
  expect(bounds('clickAdId = adId AND clickTime <= impressionTime + interval 1 month')).toEqual([
    undefined,
    undefined,
  ]));
test('a watermarked key bounds both sides', () =>
  expect(bounds('clickAdId = adId AND clickTime = impressionTime')).toEqual(['key 1', 'key 1']));
test('a side without watermark has no bound, nor does the side it would bound', () =>
  expect(
    bounds('clickAdId = adId AND clickTime >= impressionTime AND clickTime <= impressionTime + interval 1 hour', plain),
  ).toEqual([undefined, undefined]));
