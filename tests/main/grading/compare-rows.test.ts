import { expect, test } from 'vitest';
import { rowsApart, saysRow, unsaid } from '../../../main/grading/compare-rows.ts';
import { compareResults, sameStore } from '../../../main/grading/compare-results.ts';
import { shellValues } from '../../../main/grading/shell-values.ts';
import { consoleText, windowText } from '../workspace/evidence-fixture.ts';

const columns = ['window', 'palabra', 'count'];
const [first, second] = [windowText('12:00', '12:03'), windowText('12:03', '12:06')];

test('rows in another order are the same rows; one that is there once more is told', () => {
  expect(rowsApart([['a'], ['b']], [['b'], ['a']])).toEqual({ onlyFirst: [], onlySecond: [] });
  expect(rowsApart([['a'], ['a']], [['a'], ['b']])).toEqual({ onlyFirst: [['a']], onlySecond: [['b']] });
});

test.each([
  ['columns in another order', ['2', 'Hola', first], [first, 'Hola', '2'], true],
  ['a window as two times', ['2026-03-02 12:00:00', '2026-03-02 12:03:00', 'Hola', '2'], [first, 'Hola', '2'], true],
  ['a mean rounded to cents', ['269.25'], ['269.2512'], true],
  ['a mean that is another', ['269.25'], ['269.27'], false],
  ['a text that show has cut off', ['Hola desde el Seve...'], ['Hola desde el Severo Ochoa'], true],
  ['the same value where two are wanted', ['2', 'Hola'], ['2', '2'], false],
  ['a column too few', [first, 'Hola'], [first, 'Hola', '2'], false],
  ['an empty text is no zero', [''], ['0'], false],
])('%s', (_, given, wanted, says) => {
  expect(saysRow(given, wanted)).toBe(says);
});

test('what is wanted and not said is named', () => {
  expect(
    unsaid(
      [['a', '1']],
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ),
  ).toEqual([['b', '2']]);
});

test('a query that shows all groups with each batch says what one says that shows those that change', () => {
  const update = consoleText(0, columns, [first, 'Hola', '1']) + consoleText(1, columns, [second, 'Mundo', '1']);
  const complete =
    consoleText(0, columns, [first, 'Hola', '1']) +
    consoleText(1, columns, [first, 'Hola', '1'], [second, 'Mundo', '1']);
  expect(compareResults(update, complete)).toBe('same');
  expect(compareResults(complete, update)).toBe('same');
});

test('windows of another size, a group too few and a row of its own are another result', () => {
  const wanted = consoleText(0, columns, [first, 'Hola', '1'], [first, 'Mundo', '2']);
  const five = windowText('12:00', '12:05');
  expect(compareResults(consoleText(0, columns, [five, 'Hola', '1'], [five, 'Mundo', '2']), wanted)).toBe('other');
  expect(compareResults(consoleText(0, columns, [first, 'Hola', '1']), wanted)).toBe('other');
  const more = consoleText(0, columns, [first, 'Hola', '1'], [first, 'Mundo', '2'], [second, 'Hola', '9']);
  expect(compareResults(more, wanted)).toBe('other');
});

test('nothing is like nothing only', () => {
  const nothing = consoleText(0, columns);
  expect(compareResults(nothing, nothing)).toBe('same');
  expect(compareResults('', consoleText(0, columns, [first, 'Hola', '1']))).toBe('other');
});

test('a store ends the same with other names and fields more, and not with a row more or less', () => {
  expect(sameStore([['1', 'Pedro', 'x']], [['Pedro', '1']])).toBe(true);
  expect(
    sameStore(
      [
        ['1', 'Pedro'],
        ['2', 'Rosa'],
      ],
      [['1', 'Pedro']],
    ),
  ).toBe(false);
  expect(sameStore([], [['1', 'Pedro']])).toBe(false);
});

test('values of a document as the shell writes them, without the id that MongoDB draws', () => {
  expect(shellValues("ObjectId('65e2f0c4')")).toEqual([]);
  expect(shellValues("{ start: ISODate('2026-11-25T09:51:00.000Z'), n: Long('3') }")).toEqual([
    '2026-11-25T09:51:00.000Z',
    '3',
  ]);
  expect(shellValues("'Joan d\\'Ors'")).toEqual(["Joan d'Ors"]);
  expect(shellValues('292.25')).toEqual(['292.25']);
  expect(shellValues('null')).toEqual(['null']);
});
