import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from '../../../renderer/notebook/line-diff.ts';

const shown = (mine: string, original: string) =>
  diffLines(mine, original).map(({ kind, text }) => `${{ same: ' ', mine: '-', original: '+' }[kind]}${text}`);

test('a changed line is shown as taken out and put in, between the lines that stayed', () => {
  expect(shown('a = 1\nb = 3\nc = 4', 'a = 1\nb = 2\nc = 4')).toEqual([' a = 1', '-b = 3', '+b = 2', ' c = 4']);
});

test('a line put between two others moves none of them', () => {
  expect(shown('uno\ndos\ntres', 'uno\ntres')).toEqual([' uno', '-dos', ' tres']);
  expect(shown('uno\ntres', 'uno\ndos\ntres')).toEqual([' uno', '+dos', ' tres']);
});

test('a missing text is all original, an equal one has no differences', () => {
  expect(shown('', 'a\nb')).toEqual(['+a', '+b']);
  expect(shown('a\nb', 'a\nb')).toEqual([' a', ' b']);
  expect(shown('', '')).toEqual([]);
});

test('as few lines change as can be', () => {
  expect(shown('a\nb\nc\nd\ne', 'b\nx\nd\ny').filter((line) => line.startsWith(' '))).toEqual([' b', ' d']);
});

test('both texts can be read back from it, whatever they are', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [mine, original] = [a.join('\n'), b.join('\n')];
      const lines = diffLines(mine, original);
      const side = (kind: 'mine' | 'original') =>
        lines.filter((line) => line.kind === 'same' || line.kind === kind).map((line) => line.text);
      expect([side('mine').join('\n'), side('original').join('\n')]).toEqual([mine, original]);
    }),
  );
});

test('two long texts with nothing in common are shown at once', () => {
  const long = (word: string) => Array.from({ length: 20_000 }, (_, line) => `${word} ${line}`).join('\n');
  const begin = performance.now();
  expect(diffLines(long('mía'), long('suya'))).toHaveLength(40_000);
  expect(performance.now() - begin).toBeLessThan(2_000);
});
