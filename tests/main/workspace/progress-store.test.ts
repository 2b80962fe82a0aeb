import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAtomic } from '../../../main/host/node-files.ts';
import { ProgressStore } from '../../../main/workspace/progress-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'progress-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, '.marea-progress.json');
async function loaded(): Promise<ProgressStore> {
  const store = new ProgressStore(folder, writeAtomic);
  await store.load();
  return store;
}

test('what was opened and passed is known after a restart', async () => {
  const store = await loaded();
  await store.opened('caso-6', 'caso-6/caso-6.ipynb', '2024-01-10T10:00:00.000Z');
  await store.recordChecks('caso-6', ['esquema', 'previa'], []);
  const next = await loaded();
  expect(next.lastNotebook).toBe('caso-6/caso-6.ipynb');
  expect(next.lastOpened('caso-6')).toBe('2024-01-10T10:00:00.000Z');
  expect(next.passed('caso-6')).toEqual(['esquema', 'previa']);
  expect(next.passed('caso-7')).toEqual([]);
});

test('a check that has passed stays passed when a later judgement lacks it', async () => {
  const store = await loaded();
  await store.recordChecks('caso-6', ['esquema'], []);
  await store.recordChecks('caso-6', ['previa'], []);
  expect(store.passed('caso-6')).toEqual(['esquema', 'previa']);
});

test('a notebook outside the activities is remembered too, and takes nothing from them', async () => {
  const store = await loaded();
  await store.recordChecks('caso-6', ['esquema'], []);
  await store.opened(null, 'libre.ipynb', '2024-01-10T10:00:00.000Z');
  expect((await loaded()).lastNotebook).toBe('libre.ipynb');
  expect((await loaded()).passed('caso-6')).toEqual(['esquema']);
});

test.each([
  ['empty', ''],
  ['cut off', '{"v": 1, "lastNoteb'],
  ['of another version', '{"v": 9, "lastNotebook": "x", "activities": {}}'],
  ['of another shape', '{"v": 1, "lastNotebook": 3, "activities": []}'],
])('a file that is %s counts as none, and the next change writes a good one', async (_, content) => {
  writeFileSync(file(), content);
  const store = await loaded();
  expect(store.lastNotebook).toBeNull();
  await store.recordChecks('caso-6', ['esquema'], []);
  expect((await loaded()).passed('caso-6')).toEqual(['esquema']);
});

test('changes made at once are all written', async () => {
  const store = await loaded();
  await Promise.all(['a', 'b', 'c', 'd'].map((check) => store.recordChecks('caso-6', [check], [])));
  expect((await loaded()).passed('caso-6')).toEqual(['a', 'b', 'c', 'd']);
});

test('a disk that refuses to write stops nothing, and the next change is written', async () => {
  let full = true;
  const store = new ProgressStore(folder, async (path, content) => {
    if (full) throw new Error('no space left');
    await writeAtomic(path, content);
  });
  await store.load();
  await store.recordChecks('caso-6', ['esquema'], []);
  full = false;
  await store.recordChecks('caso-6', ['previa'], []);
  expect((await loaded()).passed('caso-6')).toEqual(['esquema', 'previa']);
});

test('a check that fails again loses its tick, and the others keep theirs', async () => {
  const store = await loaded();
  await store.recordChecks('caso-6', ['esquema', 'explicacion'], []);
  await store.recordChecks('caso-6', [], ['explicacion']);
  expect(store.passed('caso-6')).toEqual(['esquema']);
});
