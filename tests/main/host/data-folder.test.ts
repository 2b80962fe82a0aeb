import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolderOf } from '../../../main/host/data-folder.ts';

let portable: string;
beforeEach(() => void (portable = mkdtempSync(join(tmpdir(), 'lápiz de José '))));
afterEach(() => rmSync(portable, { recursive: true, force: true }));

test('work lives in the user’s own folder, not with the program', () => {
  expect(dataFolderOf({})).toBe(join(homedir(), 'Marea'));
  expect(dataFolderOf({ MAREA_PORTABLE: portable })).toBe(join(homedir(), 'Marea'));
});

test('a folder datos beside the portable program takes the work, as on a USB stick', () => {
  mkdirSync(join(portable, 'datos'));
  expect(dataFolderOf({ MAREA_PORTABLE: portable })).toBe(join(portable, 'datos'));
  // As Windows' launcher says it.
  expect(dataFolderOf({ MAREA_PORTABLE: join(portable, 'bin', '..') })).toBe(join(portable, 'datos'));
});

test('a file called datos is not a data folder', () => {
  writeFileSync(join(portable, 'datos'), '');
  expect(dataFolderOf({ MAREA_PORTABLE: portable })).toBe(join(homedir(), 'Marea'));
});

test('what MAREA_DATA names goes before', () => {
  mkdirSync(join(portable, 'datos'));
  expect(dataFolderOf({ MAREA_PORTABLE: portable, MAREA_DATA: '/mnt/clase' })).toBe('/mnt/clase');
});
