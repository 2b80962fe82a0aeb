import { expect, test } from 'vitest';
import * as types from '../../../engine/core/data-type.ts';
import { decimalValue, mapValue, structValue, type SparkValue } from '../../../engine/core/spark-value.ts';
import { decodeWire, encodeWire, type WireValue } from '../../../engine/core/wire-values.ts';

const cases: readonly (readonly [string, SparkValue, types.DataType, WireValue])[] = [
  ['a small long', 7n, types.longType, 7],
  ['a long beyond 2^53', 9_223_372_036_854_775_807n, types.longType, '9223372036854775807'],
  ['NaN', Number.NaN, types.doubleType, 'NaN'],
  ['negative zero', -0, types.doubleType, '-0.0'],
  ['an infinity', Number.NEGATIVE_INFINITY, types.floatType, '-Infinity'],
  ['a decimal', decimalValue(-1250n, 2), types.decimalType(10, 2), '-12.50'],
  ['bytes', Uint8Array.of(1, 255), types.binaryType, 'Af8='],
  ['a timestamp', 1_704_877_200_000_000n, types.timestampType, 1_704_877_200_000_000],
  [
    'a calendar interval',
    { form: 'interval', months: 1, days: -2, micros: 3n },
    types.calendarIntervalType,
    [1, -2, 3],
  ],
  [
    'a map of arrays',
    mapValue([['a', [1, null]]]),
    types.mapType(types.stringType, types.arrayType(types.integerType)),
    [['a', [1, null]]],
  ],
  [
    'a struct',
    structValue([true, null]),
    types.structType([types.field('a', types.booleanType), types.field('b', types.dateType)]),
    [true, null],
  ],
];

test.each(cases)('%s crosses the wire and comes back', (_, value, type, wire) => {
  expect(encodeWire(value, type)).toEqual(wire);
  expect(JSON.parse(JSON.stringify(wire))).toEqual(wire);
  expect(decodeWire(wire, type)).toEqual(value);
});

test('a decimal with more digits than its type is rounded half up', () => {
  expect(decodeWire('1.005', types.decimalType(10, 2))).toEqual(decimalValue(101n, 2));
  expect(decodeWire('-1.005', types.decimalType(10, 2))).toEqual(decimalValue(-101n, 2));
});
