import { beforeEach, describe, expect, test } from 'vitest';
import type { NotebookCell } from '../../../main/contract/notebook-schema.ts';
import type { RefusedAction } from '../../../renderer/notebook/cell-protection.ts';
import { newCell } from '../../../renderer/notebook/cell-operations.ts';
import { NotebookEditing } from '../../../renderer/notebook/notebook-editing.ts';
import { loadingNotebook, type NotebookState } from '../../../renderer/notebook/notebook-state.ts';
import { createStore, type Store } from '../../../renderer/store/external-store.ts';

const locked = { deletable: false, editable: false };
const kept = { deletable: false };
const graded = { nbgrader: { schema_version: 3, grade: true, solution: true, locked: false, grade_id: 'respuesta' } };
const cell = (id: string, type: NotebookCell['cell_type'], metadata: NotebookCell['metadata'] = {}): NotebookCell => ({
  ...newCell(type, `${id} 1\n${id} 2`),
  id,
  metadata,
});

let state: Store<NotebookState>;
let editing: NotebookEditing;
let refusals: [RefusedAction, number][];
let touched: number;

beforeEach(() => {
  state = createStore<NotebookState>({
    ...loadingNotebook('caso-5/caso-5.ipynb'),
    status: 'ready',
    cells: [
      cell('titulo', 'markdown', locked),
      cell('mia', 'code'),
      cell('turno', 'code', kept),
      cell('respuesta', 'markdown', graded),
      cell('fin', 'code'),
    ],
  });
  refusals = [];
  touched = 0;
  editing = new NotebookEditing(state, {
    touch: () => (touched += 1),
    refuse: (action, cells) => refusals.push([action, cells]),
  });
});

const ids = () => state.get().cells.map(({ id }) => id);
const cellOf = (id: string) => state.get().cells.find((one) => one.id === id);

describe('a locked text', () => {
  test('does not open, and says so when it is asked to', () => {
    editing.enter('titulo');
    expect(state.get()).toMatchObject({ selected: 'titulo', mode: 'command' });
    expect(refusals).toEqual([['edit', 1]]);
  });

  test('stops the caret that walks into it without a word', () => {
    editing.enter('mia');
    editing.selectNeighbour(-1);
    editing.setMode('edit');
    expect(state.get()).toMatchObject({ selected: 'titulo', mode: 'command' });
    expect(refusals).toEqual([]);
  });

  test('keeps its text whatever writes into it', () => {
    editing.setSource('titulo', 'otro');
    expect(cellOf('titulo')?.source).toBe('titulo 1\ntitulo 2');
    expect(touched).toBe(0);
  });
});

describe('a protected cell', () => {
  const refusedAt = (id: string, work: () => void) => {
    const before = state.get().cells;
    editing.select(id);
    work();
    expect(state.get().cells).toBe(before);
    return refusals.map(([action]) => action);
  };

  test.each(['titulo', 'turno', 'respuesta'])('%s is not removed, cut, split, merged or retyped', (id) => {
    expect(refusedAt(id, () => editing.remove())).toEqual(['remove']);
    expect(refusedAt(id, () => editing.cut())).toEqual(['remove', 'remove']);
    refusals.length = 0;
    expect(refusedAt(id, () => editing.split(3))).toEqual(['split']);
    expect(refusedAt(id, () => editing.merge())).toEqual(['split', 'merge']);
    refusals.length = 0;
    expect(refusedAt(id, () => editing.retype('raw'))).toEqual(['retype']);
    expect(refusedAt(id, () => editing.asHeading(2))).toEqual(['retype', 'retype']);
  });

  test('that is only kept can be written in', () => {
    editing.enter('respuesta');
    editing.setSource('respuesta', 'mi respuesta');
    expect(cellOf('respuesta')).toMatchObject({ source: 'mi respuesta', metadata: graded });
    expect(state.get().mode).toBe('edit');
  });

  test('is not joined to the cell above it either', () => {
    expect(refusedAt('mia', () => editing.merge())).toEqual(['merge']);
  });

  test('stays when it is among those removed; one undo brings the others back', () => {
    editing.select('mia');
    editing.select('fin', true);
    expect(editing.remove()).toBe(2);
    expect(ids()).toEqual(['titulo', 'turno', 'respuesta']);
    expect(refusals).toEqual([['remove', 2]]);
    editing.undo();
    expect(ids()).toEqual(['titulo', 'mia', 'turno', 'respuesta', 'fin']);
  });

  test('is pasted as a cell of the learner: another id, no protection, no grade', () => {
    editing.select('turno');
    editing.select('respuesta', true);
    editing.copy();
    editing.paste('below');
    const [first, second] = state.get().cells.slice(4, 6);
    expect([first?.source, second?.source]).toEqual(['turno 1\nturno 2', 'respuesta 1\nrespuesta 2']);
    expect([first?.metadata, second?.metadata]).toEqual([{}, {}]);
    expect(new Set(ids()).size).toBe(7);
  });

  test('that stayed behind on a cut is not what a paste puts in', () => {
    editing.select('mia');
    editing.select('turno', true);
    expect(editing.cut()).toBe(1);
    editing.paste('below');
    expect(state.get().cells.filter(({ source }) => source.startsWith('mia'))).toHaveLength(1);
    expect(state.get().cells.filter(({ source }) => source.startsWith('turno'))).toHaveLength(1);
  });

  test('moves like any other', () => {
    editing.select('titulo');
    editing.move(1);
    expect(ids().slice(0, 2)).toEqual(['mia', 'titulo']);
    expect(refusals).toEqual([]);
  });
});

test('a repair is taken back by one undo, and what was typed elsewhere since stays', () => {
  const starter = [
    cell('titulo', 'markdown', locked),
    { ...cell('turno', 'code', kept), source: '# Tu turno' },
    cell('perdida', 'markdown', locked),
  ];
  state.update((before) => ({ ...before, ranAs: { turno: 3 } }));
  const before = state.get().cells;
  editing.repair(starter, ['turno', 'perdida']);
  expect(ids()).toEqual(['titulo', 'mia', 'turno', 'perdida', 'respuesta', 'fin']);
  expect(cellOf('turno')?.source).toBe('# Tu turno');
  expect(state.get().edited).toEqual({ turno: true });
  expect(touched).toBe(1);
  editing.setSource('fin', 'typed since');
  editing.undo();
  expect(ids()).toEqual(before.map(({ id }) => id));
  expect(cellOf('turno')).toBe(before[2]);
  expect(cellOf('fin')?.source).toBe('typed since');
});
