import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { afterPack, packageComplaints } from '../../packaging/after-pack.mjs';
import { readAsar } from '../../packaging/read-asar.mjs';
import { solutionFingerprints } from '../../scripts/student-files.mjs';

type Contents = Readonly<Record<string, string>>;
type Entry = { files: Record<string, Entry> } | { readonly size: number; readonly offset: string };

const units = ['caso-5', 'caso-6', 'caso-7', 'caso-8', 'bizum', 'limpieza-join'];
const unpacked: readonly string[] = [
  'package.json',
  'dist/marea.js',
  ...['marea', 'serve', 'pyodide-worker'].map((name) => `dist/marea/${name}.mjs`),
  'dist/python/python-stdlib.zip',
  'dist/python/marea-python.zip',
  'dist/renderer/index.html',
  'dist/renderer/assets/letra.woff2',
  'node_modules/pyodide/pyodide.asm.wasm',
  ...units.map((unit) => `dist/exercises/${unit}/starter.ipynb`),
];
const bindings = (platform: string, library: string): readonly string[] =>
  ['duckdb.node', library].map((name) => `node_modules/@duckdb/node-bindings-${platform}/${name}`);

const around = (program: string): Contents => ({
  LICENSE: 'MIT',
  'THIRD-PARTY.md': '',
  'node/LICENSE': '',
  [program === '.exe' ? 'bin/marea.cmd' : 'bin/marea']: '',
  [`node/node${program}`]: '',
});

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'paquete con eñe '))));
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(place: string, contents: Contents): Promise<void> {
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), text);
  }
}

/** An archive in the format of electron's asar. */
async function writeAsar(file: string, contents: Contents): Promise<void> {
  const root: Entry = { files: {} };
  let offset = 0;
  for (const [path, text] of Object.entries(contents)) {
    const names = path.split('/');
    let place: Record<string, Entry> = root.files;
    for (const name of names.slice(0, -1)) {
      const next = (place[name] ??= { files: {} });
      if (!('files' in next)) throw new Error(`${name} is a file`);
      place = next.files;
    }
    const size = Buffer.byteLength(text);
    place[names.at(-1) ?? ''] = { size, offset: String(offset) };
    offset += size;
  }
  const header = Buffer.from(JSON.stringify(root));
  const padded = header.length + ((4 - (header.length % 4)) % 4);
  const sizes = Buffer.alloc(16);
  [4, padded + 8, padded + 4, header.length].forEach((value, index) => sizes.writeUInt32LE(value, index * 4));
  const body = Buffer.from(Object.values(contents).join(''));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, Buffer.concat([sizes, header, Buffer.alloc(padded - header.length), body]));
}

/** A packed application that lacks nothing, and what a case adds or takes away. */
async function pack(
  platform: string,
  change: { readonly plant?: Contents; readonly asar?: Contents; readonly without?: string } = {},
) {
  const isWindows = platform.startsWith('win32');
  const library = isWindows ? 'duckdb.dll' : platform.startsWith('darwin') ? 'libduckdb.dylib' : 'libduckdb.so';
  const files = [...unpacked, ...bindings(platform, library)].map((path) => [`app.asar.unpacked/${path}`, ''] as const);
  const all = { ...Object.fromEntries(files), ...around(isWindows ? '.exe' : ''), ...change.plant };
  await write(folder, Object.fromEntries(Object.entries(all).filter(([path]) => path !== change.without)));
  await writeAsar(join(folder, 'app.asar'), { 'dist/shell/main.js': '"use strict";', ...change.asar });
  return packageComplaints(folder, platform);
}

test.each(['linux-x64', 'win32-x64', 'darwin-arm64', 'darwin-x64'])(
  'a whole package for %s may leave',
  async (platform) => {
    expect(await pack(platform)).toEqual([]);
  },
);

describe('what is planted in a package ends its build', () => {
  const line = solutionFingerprints().find(({ path }) => path === 'exercises/caso-8/solution.ipynb')?.line ?? '';
  const bursts = solutionFingerprints().find(({ path }) => path.endsWith('solution-bursts.json'))?.line ?? '';

  test.each<readonly [string, Contents, Contents, string]>([
    [
      'a solution beside the archive',
      { 'app.asar.unpacked/dist/exercises/caso-5/solution.ipynb': '{}' },
      {},
      'is a solution',
    ],
    ['a solution inside the archive', {}, { 'dist/exercises/caso-5/solution.ipynb': '{}' }, 'is a solution'],
    [
      'a solution’s code inside a bundle',
      {},
      { 'dist/shell/preload.js': `x("${line}")` },
      'holds words of exercises/caso-8/solution.ipynb',
    ],
    [
      'hidden expectations',
      { 'app.asar.unpacked/dist/exercises/bizum/datos.json': bursts },
      {},
      'holds words of exercises/bizum/solution-bursts.json',
    ],
    ['the teacher’s pack', { 'marea-referencia-0.1.0.zip': '' }, {}, "is a teacher's reference pack"],
    [
      'the DuckDB of another system',
      { 'app.asar.unpacked/node_modules/@duckdb/node-bindings-win32-x64/duckdb.node': '' },
      {},
      'DuckDB of win32-x64 in a package for linux-x64',
    ],
    ['pictures of the tests', { 'app.asar.unpacked/dist/pictures/start.png': '' }, {}, 'is of no use'],
    ['a source map', {}, { 'dist/shell/main.js.map': '{}' }, 'is of no use'],
  ])('%s', async (_, plant, asar, complaint) => {
    expect(line).not.toBe('');
    const complaints = await pack('linux-x64', { plant, asar });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(complaint);
  });
});

describe('what is missing from a package ends its build', () => {
  test.each([
    ['DuckDB’s library', 'app.asar.unpacked/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so', 'is not whole'],
    ['Pyodide', 'app.asar.unpacked/node_modules/pyodide/pyodide.asm.wasm', 'is missing'],
    ['an exercise', 'app.asar.unpacked/dist/exercises/bizum/starter.ipynb', 'is missing'],
    ['the fonts', 'app.asar.unpacked/dist/renderer/assets/letra.woff2', 'no fonts'],
    ['the command line', 'bin/marea', 'is missing'],
    ['the licences of others', 'THIRD-PARTY.md', 'is missing'],
  ])('%s', async (_, without, complaint) => {
    const complaints = await pack('linux-x64', { without });
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(complaint);
  });

  test('a DuckDB installed for the machine that builds, not for the one that will run it', async () => {
    await pack('linux-x64');
    expect(packageComplaints(folder, 'win32-x64')).toContain('DuckDB of linux-x64 in a package for win32-x64');
  });
});

test('electron-builder gets the complaints as an error, on macOS from inside the bundle', async () => {
  const outside = folder;
  folder = join(outside, 'Marea.app', 'Contents', 'Resources');
  await pack('darwin-arm64', { plant: { 'app.asar.unpacked/dist/exercises/solution.json': '' } });
  folder = outside;
  const packager = { appInfo: { productFilename: 'Marea', name: 'marea', version: '0.1.0' } };
  await expect(afterPack({ appOutDir: folder, electronPlatformName: 'darwin', arch: 3, packager })).rejects.toThrow(
    /darwin-arm64 may not leave:\n.*is a solution/,
  );
});

test('an archive gives back its files', async () => {
  await writeAsar(join(folder, 'a.asar'), { 'uno.txt': 'año', 'carpeta/dos.txt': 'segundo' });
  expect(readAsar(join(folder, 'a.asar')).map(({ path, read }) => [path, read().toString()])).toEqual([
    ['uno.txt', 'año'],
    ['carpeta/dos.txt', 'segundo'],
  ]);
});
