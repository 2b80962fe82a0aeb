import { expect, test } from 'vitest';
import { datetimeText } from '../../../../../main/services/relational/run/datetime-text.ts';

const us = (text: string, micros = 0n): bigint => BigInt(Date.parse(`${text}Z`)) * 1000n + micros;

test.each([
  ['2022-05-13 13:36:58', us('2022-05-13T13:36:58', 999_999n), 0],
  ['2022-05-13 13:36:58.123', us('2022-05-13T13:36:58', 123_900n), 3],
  ['2022-05-13 00:00:00.000010', us('2022-05-13T00:00:00', 10n), 6],
  ['1969-12-31 23:59:59.9', us('1969-12-31T23:59:59', 900_000n), 1],
  ['1000-01-01 00:00:01', us('1000-01-01T00:00:01'), 0],
  ['9999-12-31 23:59:59.999999', us('9999-12-31T23:59:59', 999_999n), 6],
])('%s', (text, micros, scale) => {
  expect(datetimeText(micros, scale)).toBe(text);
});
