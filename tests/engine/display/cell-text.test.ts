import { expect, test } from 'vitest';
import * as types from '../../../engine/core/data-type.ts';
import { decimalValue, mapValue, structValue, type SparkValue } from '../../../engine/core/spark-value.ts';
import { cellText } from '../../../engine/display/cell-text.ts';

const madrid = 'Europe/Madrid';
const us = (iso: string): bigint => BigInt(Date.parse(iso)) * 1000n;

const pair = types.structType([types.field('x', types.integerType), types.field('y', types.stringType)]);
const cases: readonly (readonly [string, SparkValue, types.DataType, string])[] = [
  ['a decimal keeps its scale', decimalValue(1200n, 10), types.decimalType(20, 10), '0.0000001200'],
  ['bytes are upper hexadecimal', Uint8Array.of(0x68, 0x1f), types.binaryType, '[68 1F]'],
  ['NULL inside an array', [1, null, 3], types.arrayType(types.integerType), '[1, NULL, 3]'],
  [
    'a map with a NULL value',
    mapValue([
      ['a', 1],
      ['b', null],
    ]),
    types.mapType(types.stringType, types.integerType),
    '{a -> 1, b -> NULL}',
  ],
  ['a struct without field names', structValue([1, null]), pair, '{1, NULL}'],
  ['an empty struct', structValue([]), types.structType([]), '{}'],
  ['a day of the year 1', -719162, types.dateType, '0001-01-01'],
  ['a year with five digits', 2932897, types.dateType, '+10000-01-01'],
  ['a year before our era', -719529, types.dateType, '-0001-12-31'],
  ['one hour', 7_200_000_000n, { kind: 'day_time_interval', start: 'hour', end: 'hour' }, "INTERVAL '02' HOUR"],
  ['one day', 86_400_000_000n, { kind: 'day_time_interval', start: 'day', end: 'day' }, "INTERVAL '1' DAY"],
  ['a negative interval', -93_600_500_000n, types.dayTimeIntervalType, "INTERVAL '-1 02:00:00.5' DAY TO SECOND"],
  ['years and months', 14, types.yearMonthIntervalType, "INTERVAL '1-2' YEAR TO MONTH"],
  [
    'a calendar interval',
    { form: 'interval', months: 14, days: 3, micros: 14_706_500_000n },
    types.calendarIntervalType,
    '1 years 2 months 3 days 4 hours 5 minutes 6.5 seconds',
  ],
  [
    'an empty calendar interval',
    { form: 'interval', months: 0, days: 0, micros: 0n },
    types.calendarIntervalType,
    '0 seconds',
  ],
  ['a wall clock without zone', us('2024-01-10T10:00:00Z'), types.timestampNtzType, '2024-01-10 10:00:00'],
];
test.each(cases)('%s', (_, value, type, text) => {
  expect(cellText(value, type, madrid)).toBe(text);
});

test.each([
  ['2024-01-10T09:00:00.120Z', '2024-01-10 10:00:00.12'],
  // The hour that Spain skips, and the one it lives twice.
  ['2024-03-31T00:59:59Z', '2024-03-31 01:59:59'],
  ['2024-03-31T01:00:00Z', '2024-03-31 03:00:00'],
  ['2024-10-27T00:30:00Z', '2024-10-27 02:30:00'],
  ['2024-10-27T01:30:00Z', '2024-10-27 02:30:00'],
  // Local mean time, 14 minutes and 44 seconds behind.
  ['1900-01-01T00:00:00Z', '1899-12-31 23:45:16'],
  ['0001-01-01T00:00:00Z', '0000-12-31 23:45:16'],
])('%s is %s in Madrid', (iso, text) => {
  expect(cellText(us(iso), types.timestampType, madrid)).toBe(text);
});

test('microseconds before 1970 count backwards', () => {
  expect(cellText(-1n, types.timestampType, 'UTC')).toBe('1969-12-31 23:59:59.999999');
});

test('a zone may be a fixed offset', () => {
  expect(cellText(0n, types.timestampType, '+02:00')).toBe('1970-01-01 02:00:00');
  expect(cellText(0n, types.timestampType, 'GMT-3')).toBe('1969-12-31 21:00:00');
});
