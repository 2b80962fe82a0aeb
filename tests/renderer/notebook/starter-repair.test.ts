import { describe, expect, test } from 'vitest';
import type { NotebookCell } from '../../../main/contract/notebook-schema.ts';
import { newCell, type CellType } from '../../../renderer/notebook/cell-operations.ts';
import { restoreCells, starterFaults } from '../../../renderer/notebook/starter-repair.ts';

const cell = (
  id: string,
  type: CellType,
  metadata: NotebookCell['metadata'] = {},
  source = `${id} original`,
): NotebookCell => ({ ...newCell(type, source), id, metadata });

const title = cell('titulo', 'markdown', { deletable: false, editable: false });
const read = cell('lectura', 'code');
const turn = cell('turno', 'code', { deletable: false });
const answer = cell('respuesta', 'markdown', { deletable: false });
const starter = [title, read, turn, answer];
const own = cell('mia', 'code', {}, 'print(1)');

const told = (cells: readonly NotebookCell[]) =>
  starterFaults(starter, cells).map(({ kind, original, isAdvised }) => [original.id, kind, isAdvised]);
const ids = (cells: readonly NotebookCell[]) => cells.map(({ id }) => id);

describe('what differs from the hand-out', () => {
  test('nothing, while the learner only adds, moves and runs', () => {
    const ran = { ...read, execution_count: 3, metadata: { execution: {} } } as NotebookCell;
    expect(told([own, ran, title, answer, turn])).toEqual([]);
  });

  test('a changed statement is advised, the learner’s own part is only offered', () => {
    const cells = starter.map((one) => ({ ...one, source: 'otro texto' }));
    expect(told(cells)).toEqual([
      ['titulo', 'changed', true],
      ['lectura', 'changed', false],
      ['turno', 'changed', false],
      ['respuesta', 'changed', false],
    ]);
  });

  test('a protected cell that is missing is advised, any other is only offered', () => {
    expect(told([own])).toEqual([
      ['titulo', 'missing', true],
      ['lectura', 'missing', false],
      ['turno', 'missing', true],
      ['respuesta', 'missing', true],
    ]);
  });

  test('a cell of another type is told apart from a changed one', () => {
    expect(told([cell('titulo', 'raw', {}, title.source), read, turn, answer])).toEqual([['titulo', 'retyped', true]]);
  });

  test('a program that gave every cell a new id has changed nothing', () => {
    const renamed = starter.map((one, position) => ({ ...one, id: `nueva-${position}` }));
    expect(told(renamed)).toEqual([]);
    expect(told(renamed.slice(1))).toEqual([['titulo', 'missing', true]]);
  });
});

describe('restoring', () => {
  test('a missing cell comes back behind the one it followed, and the first one at the top', () => {
    const cells = [read, own, answer];
    expect(ids(restoreCells(starter, cells, ['titulo', 'turno']))).toEqual([
      'titulo',
      'lectura',
      'turno',
      'mia',
      'respuesta',
    ]);
    expect(ids(restoreCells(starter, [own], ['titulo', 'lectura', 'turno', 'respuesta']))).toEqual([
      ...ids(starter),
      'mia',
    ]);
  });

  test('only what was chosen is touched', () => {
    const mine = starter.map((one) => ({ ...one, source: 'mío' }));
    const restored = restoreCells(starter, [own, ...mine], ['titulo']);
    expect(restored.map(({ source }) => source)).toEqual(['print(1)', 'titulo original', 'mío', 'mío', 'mío']);
    expect(restored[2]).toBe(mine[1]);
  });

  test('a restored cell has the protection of the hand-out, keeps its grading and loses what its last run left', () => {
    const nbgrader = { schema_version: 3, grade: true, solution: true, locked: false, grade_id: 'a' };
    const metadata = { execution: {}, marea: { line: 2 }, editable: false, nbgrader, tags: ['x'] };
    const ran: NotebookCell = {
      ...cell('turno', 'code', metadata, 'mío'),
      cell_type: 'code',
      execution_count: 4,
      outputs: [{ output_type: 'stream', name: 'stdout', text: 'viejo' }],
    };
    expect(restoreCells(starter, [ran], ['turno'])).toEqual([
      { ...turn, metadata: { deletable: false, nbgrader, tags: ['x'] } },
    ]);
  });
});
