import { field, longType, stringType, structType, timestampType } from '../../../engine/core/data-type.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import type { BoundExpression } from '../../../engine/plan/bound-expression.ts';
import {
  aggregate,
  attribute,
  call,
  clickSchema,
  column,
  countRows,
  deduplicate,
  join,
  project,
  ref,
  sessionWindow,
  stream,
  sumOf,
  timeWindow,
  withWatermark,
} from '../../support/analyzed-plans.ts';
import type { Memory } from './deduplicate-model.ts';
import type { JoinKind, TimeRange } from './join-model.ts';

const clicks = (key: number, delayMs: number): AnalyzedRelation =>
  withWatermark(stream(key, clickSchema), 'at', delayMs);

/** Rows and the sum of `n` by keys, in windows of width and slide if given. */
export function totals(delayMs: number, keys: readonly string[], window?: readonly [number, number]): AnalyzedRelation {
  const input = window === undefined ? clicks(0, delayMs) : timeWindow(clicks(0, delayMs), 'at', ...window);
  return aggregate(input, keys, { count: countRows(), n: sumOf(input, 'n') });
}

/** `window(window, …)` over counts by window: the second aggregation stands on the first one's event time. */
export function countsOfCounts(delayMs: number, innerUs: number, outerUs: number): AnalyzedRelation {
  const inner = aggregate(timeWindow(clicks(0, delayMs), 'at', innerUs), ['window', 'user'], { clicks: countRows() });
  const time = { ...attribute('time', timestampType), watermarkDelayMs: delayMs };
  const timed = project(inner, [
    { output: time, expression: call('window_time', [ref(column(inner, 'window'))], timestampType) },
    { output: column(inner, 'clicks'), expression: ref(column(inner, 'clicks')) },
  ]);
  const outer = timeWindow(timed, 'time', outerUs);
  return aggregate(outer, ['window'], { rows: countRows(), clicks: sumOf(outer, 'clicks') });
}

export const visitSchema = structType([field('at', timestampType), field('user', stringType), field('gap', longType)]);

export function sessionCounts(delayMs: number): AnalyzedRelation {
  const sessions = sessionWindow(withWatermark(stream(0, visitSchema), 'at', delayMs), 'at', 'gap');
  return aggregate(sessions, ['session_window', 'user'], { count: countRows() });
}

export const firstClicks = (memory: Memory, delayMs: number): AnalyzedRelation =>
  deduplicate(clicks(0, delayMs), memory === 'event_time' ? ['user', 'at'] : ['user'], memory === 'within_watermark');

/** Stream 0 joined with stream 1 on `user`, the right row in a range of time around the left one. */
export function joinedClicks(kind: JoinKind, range: TimeRange, delaysMs: readonly [number, number]): AnalyzedRelation {
  const left = clicks(0, delaysMs[0]);
  const right = clicks(1, delaysMs[1]);
  const seen = ref(column(left, 'at'));
  const clicked = ref(column(right, 'at'));
  const condition = [
    call('=', [ref(column(left, 'user')), ref(column(right, 'user'))]),
    call('>=', [clicked, later(seen, range.fromUs)]),
    call('<=', [clicked, later(seen, range.toUs)]),
  ].reduce((a, b) => call('and', [a, b]));
  return join(left, right, kind, condition);
}

const later = (time: BoundExpression, us: number): BoundExpression => {
  const type = { kind: 'day_time_interval', start: 'day', end: 'second' } as const;
  return call('+', [time, { kind: 'literal', value: BigInt(us), type, nullable: false }], timestampType);
};
