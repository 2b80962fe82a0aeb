import { expect, test } from 'vitest';
import { watermark } from '../../../engine/core/time.ts';
import { watermarkPolicy, WatermarkTracker } from '../../../engine/microbatch/watermark-tracker.ts';

const seen = (maxMs: number): { maxMs: number; minMs: number; avgMs: number; rows: number } => ({
  maxMs,
  minMs: maxMs,
  avgMs: maxMs,
  rows: 1,
});
const nodes = [
  { node: 0, delayMs: 10 },
  { node: 1, delayMs: 0 },
];

test('the watermark is the greatest event time less the delay, and never goes back', () => {
  const tracker = new WatermarkTracker('min', watermark(0));
  tracker.update([nodes[0]!], new Map([[0, seen(100)]]));
  expect(tracker.current).toBe(90);
  tracker.update([nodes[0]!], new Map([[0, seen(50)]]));
  expect(tracker.current).toBe(90);
});

test('with policy min a stream without rows holds the watermark at 0', () => {
  const tracker = new WatermarkTracker('min', watermark(0));
  tracker.update(nodes, new Map([[0, seen(100)]]));
  expect(tracker.current).toBe(0);
  tracker.update(nodes, new Map([[1, seen(40)]]));
  expect(tracker.current).toBe(40);
});

test('with policy max the fastest stream decides', () => {
  const tracker = new WatermarkTracker(watermarkPolicy('MAX'), watermark(0));
  tracker.update(
    nodes,
    new Map([
      [0, seen(100)],
      [1, seen(40)],
    ]),
  );
  expect(tracker.current).toBe(90);
});

test('a restart begins at the logged watermark', () => {
  const tracker = new WatermarkTracker('min', watermark(500));
  tracker.update(nodes, new Map([[0, seen(100)]]));
  expect(tracker.current).toBe(500);
});

test('an unknown policy is refused in the words of Spark', () => {
  expect(() => watermarkPolicy('avg')).toThrow("Could not recognize watermark policy 'avg'");
});
