import { expect, test } from 'vitest';
import { decimalType, integerType, longType, doubleType } from '../../../engine/core/data-type.ts';
import { simpleString } from '../../../engine/core/type-names.ts';
import {
  decimalFor,
  decimalResult,
  widerDecimal,
  type DecimalOperator,
} from '../../../engine/functions/decimal-types.ts';

// Recorded on Spark 3.5.7 with typeof().
test.each<[DecimalOperator, [number, number], [number, number], string]>([
  ['+', [10, 2], [5, 4], 'decimal(13,4)'],
  ['-', [38, 10], [38, 2], 'decimal(38,6)'],
  ['*', [20, 0], [20, 5], 'decimal(38,5)'],
  ['*', [38, 10], [38, 10], 'decimal(38,6)'],
  ['/', [10, 2], [10, 2], 'decimal(23,13)'],
  ['/', [38, 10], [38, 10], 'decimal(38,6)'],
  ['%', [10, 2], [5, 4], 'decimal(5,4)'],
])('a decimal %s of %j and %j is %s', (operator, a, b, type) => {
  expect(simpleString(decimalResult(operator, decimalType(...a), decimalType(...b)))).toBe(type);
});

test('an integer is held by the decimal of its widest value, a double by none', () => {
  expect(decimalFor(integerType)).toEqual(decimalType(10, 0));
  expect(decimalFor(longType)).toEqual(decimalType(20, 0));
  expect(decimalFor(doubleType)).toBeUndefined();
});

test('two decimals meet with the digits of both sides of the point', () => {
  expect(widerDecimal(decimalType(10, 2), decimalType(5, 4))).toEqual(decimalType(12, 4));
});
