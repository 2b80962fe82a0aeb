import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDataFolder } from '../../../main/workspace/data-folder-lock.ts';

describe('the lock of a data folder', () => {
  let folder: string;
  const file = (): string => join(folder, '.marea-lock.json');
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'marea-lock-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('tells a second start where the window is', async () => {
    const first = await lockDataFolder(folder);
    if (first.kind !== 'taken') throw new Error('the folder was free');
    await first.announce('http://127.0.0.1:1/?t=x');
    expect(await lockDataFolder(folder)).toMatchObject({
      kind: 'held',
      owner: { address: 'http://127.0.0.1:1/?t=x', pid: process.pid },
    });
    await first.release();
    expect(await lockDataFolder(folder)).toMatchObject({ kind: 'taken', wasLeft: false });
  });

  test.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: '1', address: 'x' })],
    ['of another process that got the same number', JSON.stringify({ pid: process.pid, startedAt: '1', address: 'x' })],
    ['that is damaged', '{'],
  ])('%s is replaced, and the new owner knows', async (_, text) => {
    await writeFile(file(), text);
    expect(await lockDataFolder(folder)).toMatchObject({ kind: 'taken', wasLeft: true });
    expect(await readFile(file(), 'utf8')).toContain(String(process.pid));
  });
});
