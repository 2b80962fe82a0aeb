import { describe, expect, test } from 'vitest';
import { namesOfCell, staleCells } from '../../../renderer/notebook/cell-dependencies.ts';
import { newCell } from '../../../renderer/notebook/cell-operations.ts';

describe('names of a cell', () => {
  test('assignments, imports, functions and loops bind; what is inside a function does not', () => {
    const { defines } = namesOfCell('from a import b\na, c = 1, 2\ndef f(x):\n    inner = x\nfor i in c: pass');
    expect([...defines].toSorted()).toEqual(['a', 'b', 'c', 'f', 'i']);
  });

  test('a name on the right of an assignment is used', () => {
    const { defines, uses } = namesOfCell('df2 = df.withColumn("a", col("b"))');
    expect([...defines]).toEqual(['df2']);
    expect(uses.has('df') && uses.has('col')).toBe(true);
  });
});

describe('stale cells', () => {
  const cells = [
    ['a', 'x = 1'],
    ['b', 'y = x + 1'],
    ['c', 'print(y)'],
    ['d', 'print("alone")'],
  ].map(([id = '', source = '']) => ({ ...newCell('code', source), id }));
  const ran = { a: 1, b: 2, c: 3, d: 4 };
  const stale = (ranAs: Record<string, number>, edited: Record<string, true>) =>
    [...staleCells({ cells, ranAs, edited })].join('');

  test('nothing is stale after running in order', () => expect(stale(ran, {})).toBe(''));
  test('editing a cell makes it and all that follows from it stale', () => expect(stale(ran, { a: true })).toBe('abc'));
  test('running a cell again makes what follows from it stale', () => expect(stale({ ...ran, a: 5 }, {})).toBe('bc'));
  test('running the dependants again clears them', () => expect(stale({ a: 5, b: 6, c: 7, d: 4 }, {})).toBe(''));
  test('a cell that never ran cannot be stale', () => expect(stale({ a: 2 }, { a: true })).toBe('a'));
});
