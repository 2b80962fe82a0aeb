import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { writeAtomic } from '../../../main/host/node-files.ts';
import { NotebookStore } from '../../../main/workspace/notebook-store.ts';

let folder: string;
let nowMs: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
  nowMs = Date.UTC(2024, 0, 10);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const notebook = (source: string): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ id: 'a', cell_type: 'code', source, metadata: {}, execution_count: null, outputs: [] }],
});
const sourceOf = ({ cells }: Notebook): string | undefined => cells[0]?.source;
const onDisk = (path: string): string => readFileSync(join(folder, path), 'utf8');
const newStore = (write = writeAtomic): NotebookStore => new NotebookStore(folder, write, () => nowMs);
const versions = (path: string): readonly string[] => readdirSync(join(folder, '.history', path)).sort();

test('what is saved is what is opened, by this program and by the next', async () => {
  const store = newStore();
  const path = await store.create('', 'ventas', notebook('a = 1'));
  const { revision } = await store.open(path);
  const saved = await store.save(path, revision, notebook('a = 2'));
  expect(saved).toBeGreaterThan(revision);
  expect(sourceOf((await store.open(path)).notebook)).toBe('a = 2');
  expect((await store.open(path)).revision).toBe(saved);
  expect(sourceOf((await newStore().open(path)).notebook)).toBe('a = 2');
});

test('saving the same content changes neither revision nor file', async () => {
  const writes: string[] = [];
  const store = newStore(async (path, content) => {
    writes.push(path);
    await writeAtomic(path, content);
  });
  const path = await store.create('', 'igual', notebook('a = 1'));
  const { revision } = await store.open(path);
  expect(await store.save(path, revision, notebook('a = 1'))).toBe(revision);
  expect(writes).toHaveLength(1);
});

test('a save that builds on an old revision is refused and writes nothing', async () => {
  const store = newStore();
  const path = await store.create('', 'dos', notebook('original'));
  const { revision } = await store.open(path);
  await store.save(path, revision, notebook('primera ventana'));
  const before = onDisk(path);
  await expect(store.save(path, revision, notebook('segunda ventana'))).rejects.toMatchObject({ code: 'conflict' });
  expect(onDisk(path)).toBe(before);
});

test('of two saves at the same moment on one revision exactly one is taken', async () => {
  const store = newStore();
  const path = await store.create('', 'carrera', notebook('original'));
  const { revision } = await store.open(path);
  const outcomes = await Promise.allSettled([
    store.save(path, revision, notebook('una')),
    store.save(path, revision, notebook('otra')),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected']);
  expect(sourceOf((await store.open(path)).notebook)).toBe('una');
});

test('a file that another program has changed is a new revision: a save on the old one is refused', async () => {
  const store = newStore();
  const path = await store.create('', 'jupyter', notebook('original'));
  const { revision } = await store.open(path);
  writeFileSync(join(folder, path), onDisk(path).replace('original', 'desde Jupyter'));
  await expect(store.save(path, revision, notebook('desde Marea'))).rejects.toMatchObject({ code: 'conflict' });
  const reopened = await store.open(path);
  expect(sourceOf(reopened.notebook)).toBe('desde Jupyter');
  expect(reopened.revision).not.toBe(revision);
});

test('a write that fails leaves the file as it was and the revision usable', async () => {
  let full = false;
  const store = newStore(async (path, content) => {
    if (full) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    await writeAtomic(path, content);
  });
  const path = await store.create('', 'lleno', notebook('antes'));
  const { revision } = await store.open(path);
  full = true;
  await expect(store.save(path, revision, notebook('después'))).rejects.toThrow('no space left');
  expect(sourceOf((await store.open(path)).notebook)).toBe('antes');
  full = false;
  expect(await store.save(path, revision, notebook('después'))).toBe(revision + 1);
});

test('an atomic write leaves no other file beside it, and a failed one none of its own', async () => {
  await writeAtomic(join(folder, 'a.ipynb'), 'uno');
  await writeAtomic(join(folder, 'a.ipynb'), 'dos');
  expect(readdirSync(folder)).toEqual(['a.ipynb']);
  expect(onDisk('a.ipynb')).toBe('dos');
  mkdirSync(join(folder, 'carpeta'));
  writeFileSync(join(folder, 'carpeta', 'dentro'), '');
  await expect(writeAtomic(join(folder, 'carpeta'), 'tres')).rejects.toThrow('carpeta');
  expect(readdirSync(folder).sort()).toEqual(['a.ipynb', 'carpeta']);
});

test('the version before a save is kept, at most one in two minutes and twenty in all', async () => {
  const store = newStore();
  const path = await store.create('caso', 'historia', notebook('0'));
  let { revision } = await store.open(path);
  const saveAfter = async (ms: number, source: string): Promise<void> => {
    nowMs += ms;
    revision = await store.save(path, revision, notebook(source));
  };
  await saveAfter(0, '1');
  await saveAfter(1000, '2');
  expect(versions(path)).toHaveLength(1);
  await saveAfter(120_000, '3');
  expect(versions(path)).toHaveLength(2);
  const kept = readFileSync(join(folder, '.history', path, versions(path).at(-1) ?? ''), 'utf8');
  expect(kept).toContain('"2"');
  for (let save = 4; save < 30; save += 1) await saveAfter(120_000, String(save));
  expect(versions(path)).toHaveLength(20);
  expect(readFileSync(join(folder, '.history', path, versions(path)[0] ?? ''), 'utf8')).not.toContain('"0"');
});

test('a damaged notebook is named, and left as it is', async () => {
  writeFileSync(join(folder, 'roto.ipynb'), '{"cells": [');
  await expect(newStore().open('roto.ipynb')).rejects.toMatchObject({
    code: 'failed',
    message: expect.stringContaining('roto.ipynb') as string,
  });
  expect(onDisk('roto.ipynb')).toBe('{"cells": [');
});

test('a notebook that is not there is not found, neither opened nor saved', async () => {
  await expect(newStore().open('nada.ipynb')).rejects.toMatchObject({ code: 'not_found' });
  await expect(newStore().save('nada.ipynb', 1, notebook(''))).rejects.toMatchObject({ code: 'not_found' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a taken name gets a number, and what no file name may hold is replaced', async () => {
  const store = newStore();
  expect(await store.create('', 'repaso.ipynb', notebook(''))).toBe('repaso.ipynb');
  expect(await store.create('', 'repaso', notebook(''))).toBe('repaso (2).ipynb');
  expect(await store.create('caso-6', 'a/b:c?', notebook(''))).toBe('caso-6/a-b-c-.ipynb');
  expect(await store.create('', '   ', notebook(''))).toBe('cuaderno.ipynb');
  expect(await store.create('', 'Año (copia)', notebook(''))).toBe('Año (copia).ipynb');
});

test('two notebooks created at once under one name do not overwrite each other', async () => {
  const store = newStore();
  const paths = await Promise.all([
    store.create('', 'gemelos', notebook('uno')),
    store.create('', 'gemelos', notebook('dos')),
  ]);
  expect(new Set(paths).size).toBe(2);
  const sources = await Promise.all(paths.map(async (path) => sourceOf((await store.open(path)).notebook)));
  expect(sources).toEqual(['uno', 'dos']);
});
