import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKernel, type TestKernel } from './start-kernel.ts';

let python: TestKernel;
beforeAll(async () => {
  python = await startKernel();
  await python.run('import datetime, glob, json, os, shutil, time');
});
afterAll(() => python.kernel.shutdown());

const real = (name: string): string => join(python.folder, name);

test('what Python writes is on the disk at once, and what the disk has Python sees', async () => {
  await python.run('os.makedirs("in")\nf = open("in/a.json", "w")\nf.write("{}")\nf.flush()');
  expect(readFileSync(real('in/a.json'), 'utf8')).toBe('{}');
  writeFileSync(real('in/b.json'), '[]');
  expect(await python.run('f.close()\nsorted(os.listdir("in")), open("in/b.json").read()')).toBe(
    "(['a.json', 'b.json'], '[]')",
  );
});

test('renaming, dating, globbing, copying and removing work', async () => {
  await python.run('os.rename("in/b.json", "in/c.json")\nos.utime("in/c.json", (1_600_000_000, 1_600_000_000))');
  expect(existsSync(real('in/b.json'))).toBe(false);
  expect(statSync(real('in/c.json')).mtimeMs).toBe(1_600_000_000_000);
  expect(await python.run('os.path.getmtime("in/c.json"), sorted(glob.glob("in/*.json"))')).toBe(
    "(1600000000.0, ['in/a.json', 'in/c.json'])",
  );
  await python.run('shutil.copytree("in", "copia")\nshutil.rmtree("in")');
  expect([existsSync(real('in')), existsSync(real('copia/c.json'))]).toEqual([false, true]);
});

test('the working folder has its real name', async () => {
  expect(await python.run('os.getcwd()')).toBe(`'${python.folder}'`);
});

test('local time is the zone of the process', async () => {
  expect(await python.run('datetime.datetime.fromtimestamp(1_700_000_000)')).toBe(
    'datetime.datetime(2023, 11, 14, 23, 13, 20)',
  );
});
