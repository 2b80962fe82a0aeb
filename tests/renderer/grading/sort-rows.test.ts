import { expect, test } from 'vitest';
import { sortedRows, type SortKey } from '../../../renderer/grading/sort-rows.ts';
import { differing, gradingRow } from './row-fixture.ts';

const rows = [
  gradingRow('a', { name: 'Zoe Álvarez', nia: '9', missing: ['x', 'y'], proposed: 0.5 }),
  gradingRow('b', { name: null, verdict: 'unreadable' }),
  gradingRow('c', { name: 'Ángel Gil', nia: '10', verdict: 'altered', comparison: differing, proposed: 0.2 }),
  gradingRow('d', { name: 'Ñora Paz', nia: '8', missing: ['x'], comparison: { ...differing, verdict: 'reproduces' } }),
];
const order = (key: SortKey, isDescending = false): string =>
  sortedRows(rows, { key, isDescending })
    .map(({ id }) => id.at(-1))
    .join('');

test.each([
  ['student', 'cdab'],
  ['nia', 'dacb'],
  ['activity', 'acdb'],
  ['missing', 'cdab'],
  ['integrity', 'bcad'],
  ['verdict', 'cdab'],
  ['points', 'cabd'],
] as const)('by %s: accents as in Spanish, numbers as numbers, what has no value last', (key, expected) => {
  expect(order(key)).toBe(expected);
});

test('downwards, what has no value stays last and equals keep their order', () => {
  expect(order('points', true)).toBe('acbd');
  expect(order('integrity', true)).toBe('adcb');
});
