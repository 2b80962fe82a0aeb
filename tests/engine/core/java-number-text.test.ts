import { describe, expect, test } from 'vitest';
import { javaDoubleText, javaFloatText } from '../../../engine/core/java-number-text.ts';

describe('numbers are written as Java 17 writes them', () => {
  test.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [100, '100.0'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [3e-10, '3.0E-10'],
    [-3e-10, '-3.0E-10'],
    [9999999, '9999999.0'],
    [1e7, '1.0E7'],
    [12345678.9, '1.23456789E7'],
    [0.1 + 0.2, '0.30000000000000004'],
    [2 ** 60, '1.15292150460684698E18'],
    [4.9e-324, '4.9E-324'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('double %d', (value, text) => expect(javaDoubleText(value)).toBe(text));

  test.each([
    [Math.fround(3.3), '3.3'],
    [123456792, '1.23456792E8'],
    [Math.fround(1e10), '1.0E10'],
    [Math.fround(0.1), '0.1'],
  ])('float %d', (value, text) => expect(javaFloatText(value)).toBe(text));
});
