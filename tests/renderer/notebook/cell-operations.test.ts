import { describe, expect, test } from 'vitest';
import { CellHistory } from '../../../renderer/notebook/cell-history.ts';
import {
  asHeading,
  mergeCells,
  moveCells,
  newCell,
  removeCells,
  retypeCell,
  splitCell,
} from '../../../renderer/notebook/cell-operations.ts';

const cell = (id: string, source = id) => ({ ...newCell('code', source), id });
const cells = ['a', 'b', 'c', 'd'].map((id) => cell(id));
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join('');

describe('the order of cells', () => {
  test('a block moves past its neighbour and stays at the ends', () => {
    expect(ids(moveCells(cells, ['b', 'c'], 1))).toBe('adbc');
    expect(ids(moveCells(cells, ['b', 'c'], -1))).toBe('bcad');
    expect(ids(moveCells(cells, ['a'], -1))).toBe('abcd');
    expect(ids(moveCells(cells, ['d'], 1))).toBe('abcd');
  });

  test('a notebook without cells gets an empty one', () => {
    const [only, ...rest] = removeCells(cells, ['a', 'b', 'c', 'd']);
    expect(rest).toEqual([]);
    expect(only?.source).toBe('');
  });
});

describe('splitting and merging', () => {
  test('the part above the caret keeps the id, the line break between both goes', () => {
    const [upper, lower] = splitCell([cell('a', 'x = 1\ny = 2')], 'a', 6);
    expect([upper?.id, upper?.source, lower?.source]).toEqual(['a', 'x = 1', 'y = 2']);
    expect(lower?.id).not.toBe('a');
  });

  test('merged cells stand in the first one, with an empty line between', () => {
    const merged = mergeCells(cells, ['b', 'c']);
    expect(ids(merged)).toBe('abd');
    expect(merged[1]?.source).toBe('b\n\nc');
  });

  test('a heading replaces the heading that was there', () => {
    expect(asHeading(cell('a', '# Uno'), 3)).toMatchObject({ cell_type: 'markdown', source: '### Uno' });
    expect(retypeCell(cell('a'), 'raw')).not.toHaveProperty('outputs');
  });
});

describe('undo of cells', () => {
  test('brings deleted cells back to their place and keeps what was typed elsewhere since', () => {
    const history = new CellHistory();
    const after = removeCells(cells, ['b', 'c']);
    history.record(cells, after);
    const typed = after.map((one) => (one.id === 'a' ? { ...one, source: 'typed' } : one));
    const restored = history.undo(typed);
    expect(ids(restored ?? [])).toBe('abcd');
    expect(restored?.[0]?.source).toBe('typed');
    expect(ids(history.redo(restored ?? []) ?? [])).toBe('ad');
  });

  test('takes a merge apart again', () => {
    const history = new CellHistory();
    const merged = mergeCells(cells, ['a', 'b']);
    history.record(cells, merged);
    expect(history.undo(merged)?.map(({ source }) => source)).toEqual(['a', 'b', 'c', 'd']);
    expect(history.undo(merged)).toBeNull();
  });
});
