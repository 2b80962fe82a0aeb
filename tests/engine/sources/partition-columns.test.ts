import { expect, test } from 'vitest';
import { inferPartitionColumns, partitionValues } from '../../../engine/sources/partition-columns.ts';

test('folder names give values, un-escaped, and the default partition is NULL', () => {
  expect([...partitionValues('/out', '/out/pais=A%2FB/dia=__HIVE_DEFAULT_PARTITION__/part-0.json')]).toEqual([
    ['pais', 'A/B'],
    ['dia', null],
  ]);
});

test('the narrowest type that holds every value wins', () => {
  const values = (...texts: readonly (string | null)[]): string | undefined =>
    inferPartitionColumns(
      texts.map((text) => new Map([['x', text]])),
      true,
    )[0]?.type.kind;
  expect(values('1', '2')).toBe('integer');
  expect(values('1', '3000000000')).toBe('long');
  expect(values('2024-01-10', null)).toBe('date');
  expect(values('1', 'uno')).toBe('string');
  expect(values(null)).toBe('string');
});
