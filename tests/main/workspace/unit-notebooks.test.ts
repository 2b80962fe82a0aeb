import { expect, test } from 'vitest';
import type { Notebook, NotebookCell } from '../../../main/contract/notebook-schema.ts';
import { markedUnit, notebooksOf, withUnitMark, type NotebookFile } from '../../../main/workspace/unit-notebooks.ts';

const code = (id: string, count: number | null = null): NotebookCell => ({
  id,
  cell_type: 'code',
  source: '1',
  metadata: {},
  execution_count: count,
  outputs: [],
});
const notebook = (cells: readonly NotebookCell[], unit?: string): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: unit === undefined ? {} : { marea: { unit, version: '0.1.0' } },
  cells: [...cells],
});
const file = (path: string, modifiedMs: number, content: Notebook): NotebookFile => ({
  path,
  modifiedMs,
  notebook: content,
});
const starter = notebook([code('a'), code('b'), code('c')]);
const pathsOf = (...files: readonly NotebookFile[]) => notebooksOf('caso-5', starter, files).map(({ path }) => path);

test('a notebook is known by its mark wherever it lies, then by its path, then by the cells of the starter', () => {
  expect(
    pathsOf(
      file('caso-5/a mano.ipynb', 9, notebook([code('x')])),
      file('cuadernos/importado.ipynb', 8, notebook([code('a'), code('c')])),
      file('caso-5/caso-5.ipynb', 7, notebook([code('x')])),
      file('cuadernos/mi caso (2).ipynb', 6, notebook([code('x')], 'caso-5')),
    ),
  ).toEqual(['cuadernos/mi caso (2).ipynb', 'caso-5/caso-5.ipynb', 'cuadernos/importado.ipynb', 'caso-5/a mano.ipynb']);
});

test('among copies, one that was run goes before a newer one that was not, and then the last saved', () => {
  expect(
    pathsOf(
      file('caso-5/caso-5.ipynb', 3, notebook([code('a')], 'caso-5')),
      file('caso-5/uno.ipynb', 1, notebook([code('a', 4)], 'caso-5')),
      file('caso-5/dos.ipynb', 2, notebook([code('a', 1)], 'caso-5')),
    ),
  ).toEqual(['caso-5/dos.ipynb', 'caso-5/uno.ipynb', 'caso-5/caso-5.ipynb']);
});

test('a notebook of another unit, and one with a single cell pasted from the starter, are not of this one', () => {
  expect(
    pathsOf(
      file('caso-5/otro.ipynb', 1, notebook(starter.cells, 'caso-6')),
      file('cuadernos/pruebas.ipynb', 1, notebook([code('a'), code('x')])),
    ),
  ).toEqual([]);
});

test('a mark is written once and stays that of the first unit', () => {
  const marked = withUnitMark(notebook([]), 'caso-5', '0.1.0');
  expect(marked.metadata).toEqual({ marea: { unit: 'caso-5', version: '0.1.0' } });
  expect(withUnitMark(marked, 'caso-6', '0.2.0')).toBe(marked);
  expect(markedUnit(notebook([]))).toBeNull();
});
