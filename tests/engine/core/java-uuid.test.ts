import { expect, test } from 'vitest';
import { javaUuid } from '../../../engine/core/java-uuid.ts';

test.each([
  ['123e4567-e89b-12d3-a456-426614174000', '123e4567-e89b-12d3-a456-426614174000'],
  ['1-2-3-4-5', '00000001-0002-0003-0004-000000000005'],
  ['123456789-2-3-4-A', '23456789-0002-0003-0004-00000000000a'],
])('Java reads %s as %s', (text, uuid) => {
  expect(javaUuid(text)).toBe(uuid);
});

test.each([
  ['no es un id', 'Invalid UUID string: no es un id'],
  ['', 'Invalid UUID string: '],
  ['1-2-3-4', 'Invalid UUID string: 1-2-3-4'],
  ['123e4567-e89b-12d3-a456-426614174000x', 'UUID string too large'],
  ['1-2-3-4-z', 'For input string: "z" under radix 16'],
])('Java refuses "%s"', (text, message) => {
  expect(() => javaUuid(text)).toThrow(message);
});
