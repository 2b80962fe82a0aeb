import { expect, test } from 'vitest';
import { ConsoleBuffer, mostConsoleLines } from '../../../renderer/console/console-buffer.ts';

const rule = '-------------------------------------------\n';
const block = (text: string, runId: string | null = 'r') => ({ runId, source: runId, cell: null, text });

test('a batch that arrives in pieces is one block, byte for byte', () => {
  const buffer = new ConsoleBuffer();
  for (const text of [`${rule}Batch: 0\n${rule}`, '|x|\n\n', `${rule}Batch: 1\n${rule}`]) buffer.add(block(text));
  expect(buffer.blocks.map(({ text }) => text)).toEqual([
    `${rule}Batch: 0\n${rule}|x|\n\n`,
    `${rule}Batch: 1\n${rule}`,
  ]);
});

test('blocks of two queries do not mix', () => {
  const buffer = new ConsoleBuffer();
  buffer.add(block('a\n', 'one'));
  buffer.add(block('b\n', 'two'));
  buffer.add(block('c\n', 'one'));
  expect(buffer.blocks.map(({ source, text }) => `${source}${text}`)).toEqual(['onea\n', 'twob\n', 'onec\n']);
});

test('the oldest blocks make room and are counted', () => {
  const buffer = new ConsoleBuffer();
  for (let batch = 0; batch < 300; batch++) buffer.add(block(`${rule}${'|row|\n'.repeat(9)}`));
  const kept = buffer.blocks.reduce((sum, { lines }) => sum + lines, 0);
  expect(kept).toBeLessThanOrEqual(mostConsoleLines);
  expect(kept + buffer.hiddenLines).toBe(3_000);
});

test('endless text without batches makes room too', () => {
  const buffer = new ConsoleBuffer();
  for (let line = 0; line < 5_000; line++) buffer.add(block('x\n', null));
  expect(buffer.hiddenLines).toBeGreaterThan(2_000);
});
