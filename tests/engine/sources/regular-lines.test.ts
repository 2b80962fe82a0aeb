import { expect, test } from 'vitest';
import { firstLine, laterLinesFit, linesFit } from '../../../engine/sources/regular-lines.ts';

async function* pieces(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Lines of one letter `a` each. */
const line = (): RegExp => /a\n/y;
const everySize = [1, 2, 3, 5, 100];

test.each(everySize)('the first line, in pieces of %i bytes', async (size) => {
  expect(await firstLine(pieces('año\nb\n', size))).toBe(Buffer.from('año').toString('latin1'));
  expect(await firstLine(pieces('sola', size))).toBe('sola');
  expect(await firstLine(pieces('', size))).toBeNull();
});

test.each(everySize)('of two halves each line is looked at by exactly one, in pieces of %i bytes', async (size) => {
  const count = 9;
  for (let bad = 0; bad <= count; bad += 1) {
    const lines = Array.from({ length: count }, (_, index) => (index === bad ? 'x' : 'a'));
    for (const text of [`${lines.join('\n')}\n`, lines.join('\n')]) {
      for (let half = 0; half < text.length; half += 1) {
        const first = await linesFit(pieces(text, size), line(), half);
        const second = await laterLinesFit(pieces(text.slice(half), size), line());
        const borderLine = Math.floor(half / 2);
        expect([first, second]).toEqual([bad > borderLine, bad <= borderLine || bad === count]);
      }
    }
  }
});
