import { beforeEach, expect, test, vi } from 'vitest';
import type { CellOutput, Notebook } from '../../../main/contract/notebook-schema.ts';
import { recordedHost, type RecordedHost } from '../../../renderer/host/recorded-host.ts';
import { newCell } from '../../../renderer/notebook/cell-operations.ts';
import { NotebookSession } from '../../../renderer/notebook/notebook-session.ts';
import { rerunNotebook } from '../../../renderer/notebook/rerun-notebook.ts';
import type { WindowModel } from '../../../renderer/store/window-model.ts';

const path = 'caso-6/caso-6.ipynb';
const at = '2026-11-25T10:00:00.000Z';
const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: ['a', 'b'].map((id) => ({ ...newCell('code', `run(${id})`), id })),
};
const model = {
  notices: { announce: vi.fn<(message: string) => void>() },
  texts: { kernel: { restarted: '' } },
} as unknown as WindowModel;

let host: RecordedHost;
let asked: string[];
let saved: Notebook | null;
/** What each cell does once it was started; without it, it runs on. */
let ends: Record<string, () => void>;
let session: NotebookSession;

beforeEach(() => {
  asked = [];
  saved = null;
  ends = {};
  host = recordedHost(() => ({
    'notebook.open': async () => ({ notebook, revision: 1, recovered: false, kernel: 'idle' }),
    'notebook.save': async (input) => {
      saved = input.notebook;
      return { revision: 2, savedAt: at };
    },
    'kernel.restart': async () => {
      asked.push('restart');
      return {};
    },
    'kernel.interrupt': async () => {
      const [running = ''] = asked.slice(-1);
      finished(running, 'interrupted');
      return {};
    },
    'kernel.execute': async ({ cell }) => {
      asked.push(cell);
      host.emit('cell.started', { path, cell, run: 1, at, codeHash: '' });
      queueMicrotask(() => ends[cell]?.());
      return { run: 1 };
    },
  }));
  session = new NotebookSession(host, path, {
    hiddenMark: String,
    fail: vi.fn<(message: string) => void>(),
    refuse: vi.fn<() => void>(),
  });
  // As the window does: the session is made before its notebook was read.
  void session.open();
});

const finished = (cell: string, status: 'ok' | 'error' | 'interrupted' = 'ok') =>
  host.emit('cell.finished', { path, cell, run: 1, status, count: 1, startedAt: at, durationMs: 1 });

test('a notebook that was not open is read, Python restarted, and every cell run in order and saved', async () => {
  ends = { a: () => finished('a'), b: () => finished('b') };
  const left: number[] = [];
  expect(await rerunNotebook(model, session, (count) => left.push(count))).toEqual({ kind: 'complete' });
  expect(asked).toEqual(['restart', 'a', 'b']);
  expect(left.at(-1)).toBe(0);
  expect(saved?.cells).toMatchObject([{ execution_count: 1 }, { execution_count: 1 }]);
});

test('a cell that fails ends it and is named', async () => {
  ends.a = () => {
    const output: CellOutput = { output_type: 'error', ename: 'NameError', evalue: 'spark', traceback: [] };
    host.emit('cell.output', { path, cell: 'a', output });
    finished('a', 'error');
  };
  expect(await rerunNotebook(model, session, () => undefined)).toEqual({ kind: 'failed', cell: '[1]' });
  expect(asked).toEqual(['restart', 'a']);
});

test('a last cell that waits for its query has run: nobody waits for it', async () => {
  ends = {
    a: () => finished('a'),
    b: () => host.emit('cell.waiting', { path, cell: 'b', waiting: true, query: 'q' }),
  };
  expect(await rerunNotebook(model, session, () => undefined)).toEqual({ kind: 'complete' });
});

test('stopping it leaves cells that did not run', async () => {
  ends.a = () => void session.running.interrupt();
  expect(await rerunNotebook(model, session, () => undefined)).toEqual({ kind: 'stopped' });
});
