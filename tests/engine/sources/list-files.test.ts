import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Files } from '../../../engine/api/files.ts';
import { expandPath, listDataFiles } from '../../../engine/sources/list-files.ts';
import { diskFiles, temporaryFolder } from '../../support/disk-files.ts';

let folder = '';
let files: Files;
const names = [
  'in/a.txt',
  'in/b.log',
  'in/sub/c.txt',
  'in/sub/mas/d.txt',
  'in/e.txt._COPYING_',
  'in/f',
  'in/.g.txt',
  'in/_h=1.txt',
  'in/_oculto.txt',
];

beforeAll(async () => {
  folder = await temporaryFolder();
  files = diskFiles(folder);
  for (const name of names) {
    await mkdir(dirname(`${folder}/${name}`), { recursive: true });
    await writeFile(`${folder}/${name}`, name);
  }
});
afterAll(() => files.remove(folder));

async function listed(
  path: string,
  options: { recursive?: boolean; nameFilter?: string } = {},
): Promise<readonly string[]> {
  const roots = await expandPath(`${folder}/${path}`, files);
  const found = await listDataFiles(
    roots,
    { recursive: options.recursive ?? false, nameFilter: options.nameFilter },
    files,
  );
  return found.map((file) => file.path.slice(folder.length + 1)).toSorted();
}

describe('files that a read sees', () => {
  test('a folder gives its direct children, without hidden and half-copied files', async () => {
    expect(await listed('in')).toEqual(['in/_h=1.txt', 'in/a.txt', 'in/b.log', 'in/f']);
    expect(await listed('in/')).toEqual(await listed('in'));
  });
  test('recursiveFileLookup gives everything below, pathGlobFilter only fitting names', async () => {
    expect(await listed('in', { recursive: true })).toEqual([
      'in/_h=1.txt',
      'in/a.txt',
      'in/b.log',
      'in/f',
      'in/sub/c.txt',
      'in/sub/mas/d.txt',
    ]);
    expect(await listed('in', { recursive: true, nameFilter: '*.log' })).toEqual(['in/b.log']);
  });
  test('a glob of files, of folders and with braces', async () => {
    expect(await listed('in/*.txt')).toEqual(['in/_h=1.txt', 'in/a.txt']);
    expect(await listed('in/*/')).toEqual(['in/_h=1.txt', 'in/a.txt', 'in/b.log', 'in/f', 'in/sub/c.txt']);
    expect(await listed('in/{a,f}*')).toEqual(['in/a.txt', 'in/f']);
    expect(await listed('in/*.csv')).toEqual([]);
  });
  test('partition folders are read to the end', async () => {
    for (const name of ['part/dia=1/hora=1/a.txt', 'part/dia=2/hora=2/b.txt']) {
      await mkdir(dirname(`${folder}/${name}`), { recursive: true });
      await writeFile(`${folder}/${name}`, '');
    }
    expect(await listed('part')).toEqual(['part/dia=1/hora=1/a.txt', 'part/dia=2/hora=2/b.txt']);
  });
});
