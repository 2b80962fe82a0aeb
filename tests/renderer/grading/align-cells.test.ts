import { expect, test } from 'vitest';
import type { NotebookCell } from '../../../main/contract/notebook-schema.ts';
import { alignCells } from '../../../renderer/grading/align-cells.ts';

const cells = (ids: string): readonly NotebookCell[] =>
  ids.split('').map((id) => ({ id, cell_type: 'markdown', source: '', metadata: {} }));

test.each([
  ['the same cells', 'abc', 'abc', 'aa bb cc'],
  ['a cell of the student’s own', 'axb', 'ab', 'aa x. bb'],
  ['a cell of the solution alone', 'ac', 'abc', 'aa .b cc'],
  ['cells in another order', 'ba', 'ab', '.a bb a.'],
  ['nothing handed in', '', 'ab', '.a .b'],
])('%s', (_, handedIn, reference, expected) => {
  const pairs = alignCells(cells(handedIn), cells(reference));
  expect(pairs.map((pair) => `${pair.handedIn?.id ?? '.'}${pair.reference?.id ?? '.'}`).join(' ')).toBe(expected);
});
