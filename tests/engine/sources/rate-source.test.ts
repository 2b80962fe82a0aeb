import { expect, test } from 'vitest';
import { valueAt } from '../../../engine/sources/rate-source.ts';

test('without a ramp the rate is constant', () => {
  expect([0, 1, 2, 10].map((at) => valueAt(at, { rowsPerSecond: 5, rampUpSeconds: 0 }))).toEqual([0, 5, 10, 50]);
});

test('while it ramps up the rate grows evenly to its full speed', () => {
  const values = [0, 1, 2, 3, 4, 5].map((at) => valueAt(at, { rowsPerSecond: 10, rampUpSeconds: 4 }));
  expect(values).toEqual([0, 2, 6, 12, 20, 30]);
});
