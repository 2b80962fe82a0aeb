import { expect, test } from 'vitest';
import type { DataType } from '../../../engine/core/data-type.ts';
import { decimalValue, mapValue, structValue, type SparkValue } from '../../../engine/core/spark-value.ts';
import { decodeWire, encodeWire, type WireValue } from '../../../engine/core/wire-values.ts';

const long: DataType = { kind: 'long' };
const pairs: readonly (readonly [SparkValue, DataType, WireValue])[] = [
  [5n, long, 5],
  [2n ** 60n, long, '1152921504606846976'],
  [-1n, { kind: 'timestamp' }, -1],
  [19_000, { kind: 'date' }, 19_000],
  [Number.NaN, { kind: 'double' }, 'NaN'],
  [-Infinity, { kind: 'float' }, '-Infinity'],
  [-0, { kind: 'double' }, '-0.0'],
  [decimalValue(110n, 2), { kind: 'decimal', precision: 4, scale: 2 }, '1.10'],
  ['ñ', { kind: 'string' }, 'ñ'],
  [Uint8Array.of(97, 98), { kind: 'binary' }, 'YWI='],
  [[1n, null], { kind: 'array', element: long, containsNull: true }, [1, null]],
  [mapValue([['k', 1n]]), { kind: 'map', key: { kind: 'string' }, value: long, valueContainsNull: true }, [['k', 1]]],
  [structValue([1n]), { kind: 'struct', fields: [{ name: 'a', type: long, nullable: true }] }, [1]],
  [{ form: 'interval', months: 1, days: 2, micros: 3n }, { kind: 'calendar_interval' }, [1, 2, 3]],
  [null, long, null],
];

test.each(
  pairs.map(([value, type, wire]) => ({
    kind: type.kind,
    wire: JSON.stringify(wire),
    pair: [value, type, wire] as const,
  })),
)('a $kind travels as $wire, and comes back the same', ({ pair: [value, type, wire] }) => {
  expect(encodeWire(value, type)).toEqual(wire);
  expect(decodeWire(wire, type)).toEqual(value);
});
