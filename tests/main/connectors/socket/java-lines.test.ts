import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { JavaLines } from '../../../../main/connectors/socket/java-lines.ts';

function linesOf(chunks: readonly Uint8Array[]): readonly string[] {
  const lines = new JavaLines();
  return [...chunks.flatMap((chunk) => lines.push(chunk)), ...lines.end()];
}

test('\\n, \\r\\n and a lone \\r end a line, and an unfinished one counts at the end', () => {
  // As Spark 3.5.7 read these bytes.
  const bytes = Buffer.concat([Buffer.from('uno\r\ndos\n\ntres'), Buffer.from([0xff]), Buffer.from(' ñ\rcuatro\nfin')]);
  expect(linesOf([bytes])).toEqual(['uno', 'dos', '', 'tres\ufffd ñ', 'cuatro', 'fin']);
});

test('a lone \\r ends its line at once, and the \\n that comes later belongs to it', () => {
  const lines = new JavaLines();
  expect(lines.push(Buffer.from('a\r'))).toEqual(['a']);
  expect(lines.push(Buffer.from('\n'))).toEqual([]);
  expect(lines.push(Buffer.from('\n'))).toEqual(['']);
  expect(lines.end()).toEqual([]);
});

test('however the bytes are cut, the lines are the same', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'ñ', '😀', '\r', '\n', '\ufeff') }),
      fc.array(fc.nat(40), { maxLength: 6 }),
      (text, cuts) => {
        const bytes = Buffer.from(text);
        const ends = [...cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
        expect(linesOf(chunks)).toEqual(linesOf([bytes]));
      },
    ),
  );
});
