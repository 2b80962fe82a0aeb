import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { writeAtomic } from '../../../main/host/node-files.ts';
import { serialiseNotebook } from '../../../main/workspace/notebook-file.ts';
import { NotebookStore } from '../../../main/workspace/notebook-store.ts';

const notebook = (source: string): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ id: 'a', cell_type: 'code', source, metadata: {}, execution_count: null, outputs: [] }],
});

describe('two windows on one notebook', () => {
  let folder: string;
  let now = 0;
  let store: NotebookStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marea-store-'));
    now = 1_000_000_000;
    store = new NotebookStore(folder, writeAtomic, () => now);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('the one that saves on an old revision is refused and overwrites nothing', async () => {
    const path = await store.create('', 'mio', notebook('uno'));
    const first = await store.open(path);
    const second = await store.open(path);
    await store.save(path, first.revision, notebook('dos'));
    await expect(store.save(path, second.revision, notebook('tres'))).rejects.toMatchObject({ code: 'conflict' });
    expect((await store.open(path)).notebook.cells[0]?.source).toBe('dos');
  });

  test('a change from outside counts as another revision', async () => {
    const path = await store.create('', 'mio', notebook('uno'));
    const { revision } = await store.open(path);
    await writeFile(join(folder, path), serialiseNotebook(notebook('de fuera')));
    await expect(store.save(path, revision, notebook('dos'))).rejects.toMatchObject({ code: 'conflict' });
    expect(await readFile(join(folder, path), 'utf8')).toContain('de fuera');
  });

  test('saves at the same time come one after the other', async () => {
    const path = await store.create('', 'mio', notebook('uno'));
    const { revision } = await store.open(path);
    const saves = await Promise.allSettled(
      ['dos', 'tres', 'cuatro'].map((source) => store.save(path, revision, notebook(source))),
    );
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
    expect((await store.open(path)).notebook.cells[0]?.source).toBe('dos');
  });

  test('old versions are kept, at most one for each two minutes and twenty in all', async () => {
    const path = await store.create('', 'mio', notebook('0'));
    let { revision } = await store.open(path);
    for (let n = 1; n <= 30; n += 1) {
      now += 130_000;
      revision = await store.save(path, revision, notebook(String(n)));
    }
    expect((await readdir(join(folder, '.history', path))).length).toBe(20);
  });

  test('a taken name gets a number, and a damaged file stays as it is', async () => {
    expect(await store.create('', 'mio', notebook('a'))).toBe('mio.ipynb');
    expect(await store.create('', 'mio', notebook('b'))).toBe('mio (2).ipynb');
    await writeFile(join(folder, 'roto.ipynb'), '{');
    await expect(store.open('roto.ipynb')).rejects.toMatchObject({ code: 'failed' });
    expect(await readFile(join(folder, 'roto.ipynb'), 'utf8')).toBe('{');
  });
});
