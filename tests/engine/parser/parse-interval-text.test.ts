import { expect, test } from 'vitest';
import { parseIntervalText } from '../../../engine/parser/parse-interval-text.ts';
import { thrownBy } from './parse-failure.ts';

test('text that begins with interval is read as SQL, other text is not', () => {
  expect(parseIntervalText("INTERVAL '5' MINUTE")).toEqual({ months: 0, days: 0, micros: 300_000_000n });
  expect(parseIntervalText('interval 1 year')).toEqual({ months: 12, days: 0, micros: 0n });
  expect(parseIntervalText(' 2 days ')).toEqual({ months: 0, days: 2, micros: 0n });
  expect(() => parseIntervalText("'5' minute")).toThrow("unrecognized number ''5''");
  expect(thrownBy(() => parseIntervalText('interval')).errorClass).toBe('IllegalArgumentException');
});
