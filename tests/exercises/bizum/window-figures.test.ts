import { describe, expect, test } from 'vitest';
import { amountsByWindow, earliestTime, holdsFigures } from '../../../exercises/bizum/window-figures.ts';

const sent = (...values: readonly (string | null)[]) =>
  values.map((value, offset) => ({ partition: 0, offset, timestampMs: offset, key: null, value }));
const bizum = (time: string, cantidad: number): string => JSON.stringify({ timestamp: `2023-03-29 ${time}`, cantidad });

const messages = sent(
  bizum('09:45:28.714978', 40),
  bizum('09:48:00.000001', 15),
  bizum('09:47:59.999999', 60),
  'no es JSON',
  null,
  bizum('09:45:30', 20),
);

test('bizums fall into three-minute windows, in the order in which they arrived; what is none is left out', () => {
  expect(amountsByWindow(messages)).toEqual([[40, 60, 20], [15]]);
});

describe('the figures of a window', () => {
  const windows = amountsByWindow(messages);

  test('fit whatever has arrived so far, in any order of columns', () => {
    expect(holdsFigures([2, 50, 60, 40], windows)).toBe(true);
    expect(holdsFigures([20, 60, 40, 3], windows)).toBe(true);
  });

  test('do not fit when one is missing or wrong', () => {
    expect(holdsFigures([2, 50, 60], windows)).toBe(false);
    expect(holdsFigures([3, 41, 60, 20], windows)).toBe(false);
  });

  test('of a single bizum prove nothing', () => {
    expect(holdsFigures([1, 15, 15, 15], windows)).toBe(false);
  });
});

test('a document’s window is told by its earliest time, at whatever depth', () => {
  const window = { start: '2023-03-29T07:45:00.000Z', end: '2023-03-29T07:48:00.000Z' };
  expect(earliestTime({ _id: { $oid: 'a' }, media: 2, window })).toBe(window.start);
  expect(earliestTime({ fin: window.end, inicio: window.start })).toBe(window.start);
  expect(earliestTime({ media: 2 })).toBeNull();
});
