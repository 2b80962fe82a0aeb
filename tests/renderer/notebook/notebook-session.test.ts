import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HostFailure } from '../../../main/contract/host-api.ts';
import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { recordedHost, type RecordedHost } from '../../../renderer/host/recorded-host.ts';
import { newCell } from '../../../renderer/notebook/cell-operations.ts';
import { NotebookSession, type SessionPorts } from '../../../renderer/notebook/notebook-session.ts';

const path = 'caso-6/caso-6.ipynb';
const at = '2026-11-25T10:00:00.000Z';
const notebookWith = (...ids: readonly string[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kept: true },
  cells: ids.map((id) => ({ ...newCell('code', `run(${id})`), id })),
});

let disk: { notebook: Notebook; revision: number };
let executed: string[];
let host: RecordedHost;
let session: NotebookSession;

beforeEach(async () => {
  vi.useFakeTimers();
  disk = { notebook: notebookWith('a', 'b', 'c'), revision: 7 };
  executed = [];
  host = recordedHost(() => ({
    'notebook.open': async () => ({ ...disk, recovered: false, kernel: 'idle' }),
    'notebook.save': async ({ revision, notebook }) => {
      if (revision !== disk.revision) throw new HostFailure('conflict', 'conflict');
      disk = { notebook, revision: revision + 1 };
      return { revision: disk.revision, savedAt: at };
    },
    'kernel.execute': async ({ cell }) => ({ run: executed.push(cell) }),
    'kernel.interrupt': async () => ({}),
  }));
  session = new NotebookSession(host, path, {
    hiddenMark: (hidden) => `… ${hidden} líneas ocultas …`,
    fail: vi.fn<(message: string) => void>(),
    refuse: vi.fn<SessionPorts['refuse']>(),
  });
  await session.open();
  return () => vi.useRealTimers();
});

const started = (cell: string) => host.emit('cell.started', { path, cell, run: 1, at, codeHash: '' });
const finished = (cell: string, status: 'ok' | 'error' = 'ok', extra: object = {}) =>
  host.emit('cell.finished', { path, cell, run: 1, status, count: 4, startedAt: at, durationMs: 20, ...extra });
const print = (cell: string, text: string) =>
  host.emit('cell.output', { path, cell, output: { output_type: 'stream', name: 'stdout', text } });
const cellOf = (id: string) => session.state.get().cells.find((cell) => cell.id === id);

describe('running cells', () => {
  test('cells run one after the other and keep count, times and output', () => {
    session.running.runAll();
    expect(executed).toEqual(['a']);
    started('a');
    print('a', 'uno\n');
    print('a', 'dos\n');
    finished('a');
    expect(executed).toEqual(['a', 'b']);
    expect(cellOf('a')).toMatchObject({
      execution_count: 4,
      outputs: [{ text: 'uno\ndos\n' }],
      metadata: { execution: { 'iopub.execute_input': at, 'shell.execute_reply': '2026-11-25T10:00:00.020Z' } },
    });
  });

  test('an error empties the queue and leaves its card and line in the cell', () => {
    session.running.runAll();
    started('a');
    const card = { title: 't', why: 'w', fix: 'f' };
    finished('a', 'error', { card, line: 2 });
    expect(executed).toEqual(['a']);
    expect(session.state.get().runs).toEqual({});
    expect(cellOf('a')?.metadata['marea']).toEqual({ card, line: 2 });
  });

  test('running again clears the old output', () => {
    session.running.run(['a']);
    started('a');
    print('a', 'viejo');
    finished('a');
    session.running.run(['a']);
    started('a');
    expect(cellOf('a')).toMatchObject({ outputs: [], execution_count: null });
  });

  test('a cell that waits for a query says so until it is stopped', () => {
    session.running.run(['a']);
    started('a');
    host.emit('cell.waiting', { path, cell: 'a', waiting: true, query: 'q-1' });
    expect(session.state.get().runs['a']).toMatchObject({ phase: 'waiting', query: 'q-1' });
    host.emit('cell.waiting', { path, cell: 'a', waiting: false, query: 'q-1' });
    expect(session.state.get().runs['a']).toMatchObject({ phase: 'running' });
  });

  test('a restart forgets what ran but keeps cells and outputs', () => {
    session.running.runAll();
    started('a');
    print('a', 'x');
    host.emit('kernel.state', { path, state: 'restarting' });
    expect(session.state.get()).toMatchObject({ runs: {}, ranAs: {}, kernel: 'restarting' });
    expect(cellOf('a')).toMatchObject({ outputs: [{ text: 'x' }] });
  });
});

describe('a restart of Python', () => {
  test('is told until it is dismissed, however soon Python is back', () => {
    host.emit('kernel.state', { path, state: 'restarting', note: 'Sin memoria' });
    host.emit('kernel.state', { path, state: 'idle' });
    expect(session.state.get()).toMatchObject({ kernel: 'idle', restarted: { note: 'Sin memoria' } });
    vi.advanceTimersByTime(60_000);
    expect(session.state.get().restarted).toEqual({ note: 'Sin memoria' });
    session.dismissRestarted();
    expect(session.state.get().restarted).toBeNull();
  });

  test('is no news when Python has died after it', () => {
    host.emit('kernel.state', { path, state: 'restarting' });
    host.emit('kernel.state', { path, state: 'dead' });
    expect(session.state.get()).toMatchObject({ kernel: 'dead', restarted: null });
  });
});

describe('saving', () => {
  test('an edit is saved by itself and keeps foreign metadata', async () => {
    session.editing.setSource('a', 'nuevo');
    expect(session.state.get().save.phase).toBe('dirty');
    await vi.advanceTimersByTimeAsync(900);
    expect(session.state.get().save).toEqual({ phase: 'saved', at });
    expect(disk.notebook).toMatchObject({ metadata: { kept: true }, cells: [{ source: 'nuevo' }, {}, {}] });
  });

  test('another window that saved first is never overwritten, and nothing here is lost', async () => {
    session.editing.setSource('a', 'mío');
    disk = { notebook: notebookWith('z'), revision: 8 };
    await vi.advanceTimersByTimeAsync(900);
    expect(session.state.get().save.phase).toBe('conflict');
    expect(disk.notebook.cells[0]?.id).toBe('z');
    expect(cellOf('a')?.source).toBe('mío');
    session.editing.setSource('a', 'más');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(disk.revision).toBe(8);
    await session.open();
    expect(session.state.get().cells.map(({ id }) => id)).toEqual(['z']);
    expect(session.state.get().save).toEqual({ phase: 'saved', at: null });
    session.editing.setSource('z', 'otra vez');
    await vi.advanceTimersByTimeAsync(900);
    expect(session.state.get().save).toEqual({ phase: 'saved', at });
  });

  test('a window without changes of its own follows the other', async () => {
    disk = { notebook: notebookWith('z'), revision: 8 };
    host.emit('notebook.saved', { path, revision: 8 });
    await vi.advanceTimersByTimeAsync(0);
    expect(session.state.get().cells.map(({ id }) => id)).toEqual(['z']);
  });

  test('what is typed while the other window’s version is fetched is not lost', async () => {
    disk = { notebook: notebookWith('z'), revision: 8 };
    host.emit('notebook.saved', { path, revision: 8 });
    session.editing.setSource('a', 'recién escrito');
    await vi.advanceTimersByTimeAsync(0);
    expect(session.state.get().save.phase).toBe('conflict');
    expect(cellOf('a')?.source).toBe('recién escrito');
  });

  test('what another window runs is shown here but saved there', async () => {
    started('a');
    print('a', 'de otra ventana');
    finished('a');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(cellOf('a')).toMatchObject({ outputs: [{ text: 'de otra ventana' }] });
    expect(disk.revision).toBe(7);
  });

  test('an edit made while the link was down is saved when it is back', async () => {
    host.setLink('closed');
    session.editing.setSource('a', 'sin conexión');
    await vi.advanceTimersByTimeAsync(900);
    expect(session.state.get().save.phase).toBe('failed');
    host.setLink('open');
    await vi.advanceTimersByTimeAsync(100);
    expect(disk.notebook.cells[0]?.source).toBe('sin conexión');
  });
});
