import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAtomic } from '../../../main/host/node-files.ts';
import { SettingsStore } from '../../../main/workspace/settings-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function loaded(write = writeAtomic): Promise<SettingsStore> {
  const store = new SettingsStore(folder, write);
  await store.load();
  return store;
}

test('settings are merged key by key and known after a restart', async () => {
  const store = await loaded();
  await store.merge({ theme: 'dark', 'panel.guide': 320 });
  await store.merge({ 'panel.guide': 280 });
  expect((await loaded()).read()).toEqual({ theme: 'dark', 'panel.guide': 280 });
});

test.each([
  ['empty', ''],
  ['cut off', '{"v": 1, "settin'],
  ['of another version', '{"v": 2, "settings": {"theme": "dark"}}'],
  ['a list', '[]'],
])('a file that is %s counts as empty, and the next change writes a good one', async (_, content) => {
  writeFileSync(join(folder, '.marea-settings.json'), content);
  const store = await loaded();
  expect(store.read()).toEqual({});
  await store.merge({ theme: 'light' });
  expect((await loaded()).read()).toEqual({ theme: 'light' });
});

test('a disk that refuses to write once does not stop later changes from being written', async () => {
  let full = true;
  const store = await loaded(async (path, content) => {
    if (full) throw new Error('no space left');
    await writeAtomic(path, content);
  });
  await store.merge({ theme: 'dark' }).catch(() => undefined);
  full = false;
  await store.merge({ language: 'es' });
  expect((await loaded()).read()).toEqual({ theme: 'dark', language: 'es' });
});
