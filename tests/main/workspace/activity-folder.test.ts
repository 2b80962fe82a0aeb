import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { syllabus } from '../../../exercises/catalog.ts';
import type { Exercise } from '../../../exercises/define-exercise.ts';
import { placeInputs, prepareActivity } from '../../../main/workspace/activity-folder.ts';
import { listLearnerFiles, removeLearnerFile, resettableFiles, roleOf } from '../../../main/workspace/learner-files.ts';
import { repository } from '../../support/source-files.ts';

const caso7 = syllabus.find((exercise) => exercise.id === 'caso-7') as Exercise;
const material = join(repository, 'exercises', 'caso-7');
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'activity-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const inside = (...parts: readonly string[]) => join(data, 'caso-7', ...parts);
const prepare = () => prepareActivity(data, material, caso7);

test('a new activity gets its notebook and the input files of the start, nothing else', async () => {
  expect(await prepare()).toEqual({ folder: 'caso-7', notebook: 'caso-7/caso-7.ipynb' });
  expect(readdirSync(inside()).sort()).toEqual(['caso-7.ipynb', 'entrada']);
  expect(readdirSync(inside('entrada'))).toEqual(['bolsa1.json']);
});

test('opening it again touches nothing the learner has changed, added or removed', async () => {
  await prepare();
  writeFileSync(inside('caso-7.ipynb'), 'mi cuaderno');
  rmSync(inside('entrada', 'bolsa1.json'));
  writeFileSync(inside('entrada', 'mio.json'), '{}');
  await prepare();
  expect(readFileSync(inside('caso-7.ipynb'), 'utf8')).toBe('mi cuaderno');
  expect(readdirSync(inside('entrada'))).toEqual(['mio.json']);
});

test('a removed notebook comes back as the starter, and an input that is there stays as it is', async () => {
  await prepare();
  rmSync(inside('caso-7.ipynb'));
  writeFileSync(inside('entrada', 'bolsa1.json'), 'cambiado');
  await prepare();
  expect(existsSync(inside('caso-7.ipynb'))).toBe(true);
  expect(readFileSync(inside('entrada', 'bolsa1.json'), 'utf8')).toBe('cambiado');
});

test('starting over takes inputs, outputs and checkpoints, and leaves the notebooks', async () => {
  await prepare();
  writeFileSync(inside('entrada', 'mio.json'), '{}');
  for (const folder of ['salida', 'chk-point-dir-caso7', 'otra-cosa'])
    await placeInputs(inside(folder), material, caso7);
  writeFileSync(inside('copia.ipynb'), '{}');
  const removed = await resettableFiles(data, 'caso-7', caso7.folders);
  expect(removed.map(({ path, role }) => `${role} ${path}`).sort()).toEqual([
    'checkpoint caso-7/chk-point-dir-caso7',
    'input caso-7/entrada/bolsa1.json',
    'input caso-7/entrada/mio.json',
    'other caso-7/otra-cosa',
    'output caso-7/salida',
  ]);
  for (const entry of removed) await removeLearnerFile(data, entry.path);
  await placeInputs(inside(), material, caso7);
  expect(readdirSync(inside()).sort()).toEqual(['caso-7.ipynb', 'copia.ipynb', 'entrada']);
  expect(readdirSync(inside('entrada'))).toEqual(['bolsa1.json']);
});

test.each([
  ['caso-7/entrada', 'input'],
  ['caso-7/entrada/bolsa1.json', 'input'],
  ['caso-7/entradas', 'other'],
  ['caso-7/salida/part-0.parquet', 'output'],
  ['caso-7/chk-point-dir-caso7/offsets/0', 'checkpoint'],
  ['caso-7/chk-mio', 'checkpoint'],
  ['caso-7/caso-7.ipynb', 'notebook'],
  ['caso-7/notas.txt', 'other'],
] as const)('%s is %s to the learner', (path, role) => {
  expect(roleOf(path, caso7.folders)).toBe(role);
});

test('a folder is listed folders first, numbers in order, hidden files left out; one that is not there is empty', async () => {
  await prepare();
  for (const name of ['bolsa10.json', 'bolsa2.json', '.oculto']) writeFileSync(inside('entrada', name), '');
  expect((await listLearnerFiles(data, 'caso-7', caso7.folders)).map(({ name }) => name)).toEqual([
    'entrada',
    'caso-7.ipynb',
  ]);
  expect((await listLearnerFiles(data, 'caso-7/entrada')).map(({ name }) => name)).toEqual([
    'bolsa1.json',
    'bolsa2.json',
    'bolsa10.json',
  ]);
  expect(await listLearnerFiles(data, 'caso-7/no-existe')).toEqual([]);
});
