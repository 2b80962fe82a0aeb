import { describe, expect, test } from 'vitest';
import type { CellOutput } from '../../../main/contract/notebook-schema.ts';
import { appendOutput, cutFlood, withoutAnsi } from '../../../renderer/notebook/output-text.ts';

const mark = (hidden: number) => `… ${hidden} líneas ocultas …`;
const stream = (text: string): CellOutput => ({ output_type: 'stream', name: 'stdout', text });
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `${from + index}\n`).join('');

describe('an output flood', () => {
  test('keeps the first and the last 500 lines and says how many are hidden', () => {
    const cut = cutFlood(lines(0, 3000), mark).split('\n');
    expect(cut.slice(498, 502)).toEqual(['498', '499', '… 2000 líneas ocultas …', '2500']);
    expect(cut.at(-2)).toBe('2999');
    expect(cut).toHaveLength(1002);
  });

  test('counts on when more arrives after the cut', () => {
    const once = cutFlood(lines(0, 3000), mark);
    const cut = cutFlood(once + lines(3000, 4000), mark).split('\n');
    expect(cut[500]).toBe('… 3000 líneas ocultas …');
    expect(cut[501]).toBe('3500');
    expect(cut.at(-2)).toBe('3999');
  });

  test('a few endless lines are cut too', () => {
    expect(cutFlood('x'.repeat(5_000_000), mark).length).toBeLessThan(700_000);
  });

  test('a thousand lines are left alone', () => {
    expect(cutFlood(lines(0, 1000), mark)).toBe(lines(0, 1000));
  });
});

describe('joining outputs', () => {
  test('text of one stream joins, another stream or an error begins a new output', () => {
    const outputs = [
      stream('a'),
      stream('b\n'),
      { ...stream('err'), name: 'stderr' } as CellOutput,
      stream('c'),
    ].reduce<readonly CellOutput[]>((all, output) => appendOutput(all, output, mark), []);
    expect(outputs).toMatchObject([{ text: 'ab\n' }, { name: 'stderr', text: 'err' }, { text: 'c' }]);
  });

  test('an empty text joins as well', () => {
    expect(appendOutput(appendOutput([], stream(''), mark), stream('x'), mark)).toMatchObject([{ text: 'x' }]);
  });

  test('a carriage return writes the line anew', () => {
    expect(appendOutput([stream('10%')], stream('\r20%\r30%\n'), mark)).toMatchObject([{ text: '30%\n' }]);
  });

  test('colours of terminals disappear', () => {
    expect(withoutAnsi('\u001b[0;31mNameError\u001b[0m: x')).toBe('NameError: x');
  });
});
