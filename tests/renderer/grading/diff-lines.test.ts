import { expect, test } from 'vitest';
import { diffLines } from '../../../renderer/grading/diff-lines.ts';

/** `− hola [9]`: in brackets what differs from the row beside it. */
const drawn = (onlyHandedIn: string[][], onlyReplayed: string[][]): readonly string[] =>
  diffLines({ onlyHandedIn, onlyReplayed }).map(
    ({ side, cells }) =>
      `${side === 'handedIn' ? '−' : '+'} ${cells.map(({ text, differs }) => (differs ? `[${text}]` : text)).join(' ')}`,
  );

test('a row stands over the one that is most like it, and only what differs is marked', () => {
  const replayed = [
    ['09:06', 'mundo', '1'],
    ['09:03', 'hola', '2'],
  ];
  expect(drawn([['09:03', 'hola', '9']], replayed)).toEqual([
    '− 09:03 hola [9]',
    '+ 09:03 hola [2]',
    '+ 09:06 mundo 1',
  ]);
});

test('rows that share nothing stand alone', () => {
  expect(drawn([['a', '1']], [['b', '2']])).toEqual(['− a 1', '+ b 2']);
});

test('no row of the replay is used twice', () => {
  const handedIn = [
    ['a', '1'],
    ['a', '2'],
  ];
  expect(drawn(handedIn, [['a', '3']])).toEqual(['− a [1]', '+ a [3]', '− a 2']);
});

test('a row with a column more differs in it', () => {
  expect(drawn([['a', '1']], [['a']])).toEqual(['− a [1]', '+ a']);
});
