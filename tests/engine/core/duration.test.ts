import { describe, expect, test } from 'vitest';
import { durationMicros, durationMillis, parseIntervalString, triggerMillis } from '../../../engine/core/duration.ts';

const second = 1_000_000n;

test.each([
  ['5 seconds', 0, 0, 5n * second],
  ['interval 1 minute', 0, 0, 60n * second],
  ['INTERVAL 10 SECONDS', 0, 0, 10n * second],
  ['  3   seconds  ', 0, 0, 3n * second],
  ['1.5 seconds', 0, 0, 1_500_000n],
  ['.25 second', 0, 0, 250_000n],
  ['-1.5 seconds', 0, 0, -1_500_000n],
  ['-.5 seconds', 0, 0, -500_000n],
  ['1. seconds', 0, 0, second],
  ['0.0000019 seconds', 0, 0, 1n],
  ['+3 seconds', 0, 0, 3n * second],
  ['- 1 minute', 0, 0, -60n * second],
  ['1 day -2 hours', 0, 1, -7200n * second],
  ['1 second 500 milliseconds', 0, 0, 1_500_000n],
  ['10 microseconds', 0, 0, 10n],
  ['1 week', 0, 7, 0n],
  ['1 year 2 months', 14, 0, 0n],
])('%j is %i months, %i days and %i microseconds', (text, months, days, micros) =>
  expect(parseIntervalString(text)).toEqual({ months, days, micros }),
);

describe('a wrong interval is refused with the reason of Spark', () => {
  test.each([
    ['5', "expect a unit name after '5' but hit EOL"],
    ['5s', "invalid value '5s'"],
    ['10 min', "invalid unit 'min'"],
    ['10 Min', "invalid unit 'min'"],
    ['1,5 seconds', "invalid value '1,5'"],
    ['1.5 minutes', "'minutes' cannot have fractional part"],
    ['un segundo', "unrecognized number 'un'"],
    ['5 segundos', "invalid unit 'segundos'"],
    ['1 second, 2 minutes', "invalid unit 'second,'"],
    ['5 seconds minutes', "unrecognized number 'minutes'"],
    ['PT5S', "unrecognized number 'pt5s'"],
    ['99999999999999999999 seconds', 'long overflow'],
    ['1 minute ago', "unrecognized number 'ago'"],
    ['interval', 'interval string cannot be empty'],
    ['', 'interval string cannot be empty'],
    ["interval '5' second", "unrecognized number ''5''"],
    ['5 seconds;', "invalid unit 'seconds;'"],
    ['1 quarter', "invalid unit 'quarter'"],
    ['9999999999 days', 'integer overflow'],
    ['intervals', 'invalid interval prefix intervals'],
    ['-5', "expect a unit name after '-5' but hit EOL"],
    ['-x', "invalid value '-x'"],
    ['- minute', "invalid value 'minute'"],
    ['-', "expect a number after '-' but hit EOL"],
    ['1.1234567890 seconds', "interval can only support nanosecond precision, '1.1234567890' is out of range"],
  ])('%j: %s', (text, reason) =>
    expect(() => parseIntervalString(text)).toThrow(`Error parsing '${text}' to interval, ${reason}`),
  );
});

test('a month of a watermark delay has 31 days, and less than a millisecond is cut', () => {
  expect(durationMicros(parseIntervalString('1 year 2 months'))).toBe(14n * 31n * 86_400n * second);
  expect(durationMillis(parseIntervalString('1500 microseconds'))).toBe(1);
  expect(durationMillis(parseIntervalString('1 microsecond'))).toBe(0);
});

test('a trigger takes neither months nor negative intervals', () => {
  expect(triggerMillis('1 minute 30 seconds')).toBe(90_000);
  expect(triggerMillis('-0 seconds')).toBe(0);
  expect(triggerMillis('10 microseconds')).toBe(0);
  expect(() => triggerMillis('1 month')).toThrow("Doesn't support month or year interval: 1 month");
  expect(() => triggerMillis('-5 seconds')).toThrow(
    'requirement failed: the interval of trigger should not be negative',
  );
  expect(() => triggerMillis('1 day -90000 seconds')).toThrow(
    'requirement failed: the interval of trigger should not be negative',
  );
});
