import { expect, test } from 'vitest';
import { newCell } from '../../../renderer/notebook/cell-operations.ts';
import { failureOf, runRecordOf } from '../../../renderer/notebook/cell-facts.ts';

const ended = (ename: string) => {
  const cell = newCell('code', 'query.awaitTermination()');
  if (cell.cell_type !== 'code') throw new Error('a code cell is made');
  return {
    ...cell,
    outputs: [{ output_type: 'error' as const, ename, evalue: 'x', traceback: [] }],
    metadata: {
      execution: {
        'iopub.execute_input': '2026-11-25T10:00:00.000Z',
        'shell.execute_reply': '2026-11-25T10:00:05.150Z',
      },
      marea: { line: 1 },
    },
  };
};

test('a cell that was stopped marks no line as wrong', () => {
  expect(runRecordOf(ended('KeyboardInterrupt'))).toMatchObject({ ending: 'interrupted', durationMs: 5_150 });
  expect(failureOf(ended('KeyboardInterrupt'))).toBeNull();
});

test('a cell that failed marks the line that raised', () => {
  expect(runRecordOf(ended('ValueError'))).toMatchObject({ ending: 'failed' });
  expect(failureOf(ended('ValueError'))).toMatchObject({ line: 1, mark: { line: 1, message: 'ValueError: x' } });
});
