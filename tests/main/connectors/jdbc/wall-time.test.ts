import { expect, test } from 'vitest';
import { daysOf, instantOf, wallText } from '../../../../main/connectors/jdbc/wall-time.ts';

const utc = (text: string): bigint => BigInt(Date.parse(`${text}Z`)) * 1000n;

test.each([
  ['2022-05-13 13:36:58', '2022-05-13T11:36:58'],
  ['2022-01-13 13:36:58.5', '2022-01-13T12:36:58.500'],
  // In a gap the time moves forward, and of two instants the later one is taken, as in Java.
  ['2023-03-26 02:30:00', '2023-03-26T01:30:00'],
  ['2023-10-29 02:30:00', '2023-10-29T01:30:00'],
])('%s on the clocks of Madrid', (wall, instant) => {
  expect(instantOf(wall, 'Europe/Madrid')).toBe(utc(instant));
});

test('there and back', () => {
  for (const text of ['2022-05-13 13:36:58.123456', '1999-12-31 23:59:59', '0001-01-01 00:00:00'])
    expect(wallText(instantOf(text, 'America/Santiago') ?? 0n, 'America/Santiago')).toBe(text);
});

test('zero dates are no days', () => {
  expect(daysOf('1970-01-02')).toBe(1);
  expect(daysOf('0000-00-00')).toBeNull();
  expect(instantOf('0000-00-00 00:00:00', 'UTC')).toBeNull();
});
