import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { fetchPackage } from '../../scripts/portable/fetch-package.mjs';
import { platformNames, portablePlatform } from '../../scripts/portable/platforms.mjs';
import { portableFiles } from '../../scripts/portable/portable-files.mjs';
import { zipOf } from '../../scripts/portable/make-portable.mjs';
import { readPackage, writeTarGz } from '../../scripts/portable/tar-archive.mjs';
import { readSource } from '../support/source-files.ts';

type Entry = { readonly path: string; readonly bytes: Buffer; readonly mode: number };

const packageOf = (files: Readonly<Record<string, string>>): Buffer =>
  writeTarGz(
    Object.entries(files).map(([path, text]) => ({ path: `package/${path}`, bytes: Buffer.from(text), mode: 0o644 })),
  );

const libraries: Readonly<Record<string, string>> = {
  linux: 'libduckdb.so',
  darwin: 'libduckdb.dylib',
  win32: 'duckdb.dll',
};

/** What the registry's two packages of a platform hold, small. */
const standIns = (name: string) => ({
  runtime: packageOf({
    [portablePlatform(name).node]: 'el programa',
    'lib/node_modules/npm/index.js': 'npm',
    'CHANGELOG.md': '',
  }),
  bindings: packageOf({ 'duckdb.node': 'x', [libraries[name.split('-')[0] ?? ''] ?? '']: 'y', LICENSE: 'MIT' }),
});

const filesOf = (name: string): readonly Entry[] => portableFiles(portablePlatform(name), standIns(name));

describe.each(platformNames)('the portable archive of %s', (name) => {
  const files = filesOf(name);
  const paths = files.map(({ path }) => path);
  const textOf = (path: string): string => files.find((file) => file.path === `Marea/${path}`)?.bytes.toString() ?? '';
  const modeOf = (path: string) => files.find((file) => file.path === `Marea/${path}`)?.mode;
  const isWindows = name.startsWith('win32');
  const { launcher, command } = portablePlatform(name);
  const node = `app/node/node${isWindows ? '.exe' : ''}`;

  test('holds Node, the launchers, the licences and the built parts, and nothing twice', () => {
    expect(new Set(paths).size).toBe(paths.length);
    const wanted = [launcher, command, 'LEEME.txt', 'LICENSE', 'THIRD-PARTY.md', node, 'app/node/LICENSE'];
    const parts = [
      'marea.js',
      'marea/serve.mjs',
      'marea/pyodide-worker.mjs',
      'python/marea-python.zip',
      'renderer/index.html',
    ];
    for (const path of [...wanted, ...parts.map((part) => `app/dist/${part}`)])
      expect(paths).toContain(`Marea/${path}`);
    expect(textOf(node)).toBe('el programa');
    expect(textOf('app/node/LICENSE')).toContain('Node.js is licensed for use as follows');
    for (const path of [launcher, command, ...(isWindows ? [] : [node])]) expect(modeOf(path)).toBe(0o755);
  });

  test('holds the DuckDB of this system alone, and neither npm nor maps nor types', () => {
    const bindings = paths.filter((path) => path.includes('node-bindings-')).map((path) => path.split('/')[4]);
    expect(new Set(bindings)).toEqual(new Set([`node-bindings-${name}`]));
    expect(paths.filter((path) => /\/npm\/|\.map$|\.d\.ts$|\.stamps|\/pictures\//.test(path))).toEqual([]);
  });

  test('its texts have this system’s line ends, and a console reads its launchers in any code page', () => {
    for (const path of [launcher, command, 'LEEME.txt']) {
      const lines = textOf(path).split('\n').slice(0, -1);
      expect(lines.length).toBeGreaterThan(3);
      expect(lines.every((line) => line.endsWith('\r') === isWindows)).toBe(true);
    }
    for (const path of [launcher, command]) expect(textOf(path)).toMatch(/^[\x20-\x7e\r\n]+$/);
    expect(textOf('LEEME.txt')).toContain(launcher);
  });

  test('every path fits Windows, also below a long folder', () => {
    expect(Math.max(...paths.map((path) => path.length))).toBeLessThan(130);
    expect(paths.filter((path) => /[<>:"|?*\\]/.test(path))).toEqual([]);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
  });
});

test('the bundles import no package but those that the archive carries', () => {
  const files = filesOf('linux-x64');
  const carried = new Set(files.flatMap(({ path }) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  const imported = files
    .filter(({ path }) => /\/dist\/marea\/.*\.mjs$/.test(path))
    .flatMap(({ bytes }) => [...bytes.toString().matchAll(/^(?:import|export)[^;]*?from\s*"([^"]+)";$/gm)])
    .map(([, from = '']) => from)
    .filter((from) => !from.startsWith('.') && !from.startsWith('node:'))
    .map((from) =>
      from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  const builtin = new Set(process.getBuiltinModule('node:module').builtinModules);
  expect(imported).toContain('@duckdb/node-api');
  expect(imported.filter((from) => !builtin.has(from) && !carried.has(from))).toEqual([]);
  const installers = readSource('electron-builder.yml');
  for (const name of ['@duckdb', 'detect-libc', 'pyodide']) expect(installers).toContain(`- node_modules/${name}/`);
});

test('the DuckDB of another system, or half of one, is refused', () => {
  const { runtime } = standIns('win32-x64');
  const make = (bindings: Buffer) => () => portableFiles(portablePlatform('win32-x64'), { runtime, bindings });
  expect(make(packageOf({ 'duckdb.node': 'x' }))).toThrow('DuckDB for win32-x64 is not whole: no duckdb.dll');
  expect(make(packageOf({ 'duckdb.node': 'x', 'libduckdb.so': 'y' }))).toThrow('no duckdb.dll');
});

test('a zip gives back what was packed, with its executable bits', async () => {
  const files = filesOf('darwin-arm64');
  const zip = await fromBufferPromise(Buffer.from(zipOf(files)));
  const found: { readonly path: string; readonly size: number; readonly mode: number }[] = [];
  for await (const entry of zip.eachEntry())
    found.push({
      path: entry.fileName,
      size: entry.uncompressedSize,
      mode: (entry.externalFileAttributes >>> 16) & 0o777,
    });
  expect(found).toEqual(files.map(({ path, bytes, mode }) => ({ path, size: bytes.length, mode })));
});

describe('the packages of the registry', () => {
  let cache: string;
  beforeEach(() => void (cache = mkdtempSync(join(tmpdir(), 'marea-packages-'))));
  afterEach(() => rmSync(cache, { recursive: true, force: true }));
  const bytes = packageOf({ 'bin/node': 'x' });
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const wanted = { name: '@marea/prueba', version: '1.0.0', integrity };

  test('one that was fetched before is used without the network', async () => {
    writeFileSync(join(cache, 'marea-prueba-1.0.0.tgz'), bytes);
    expect(await fetchPackage(wanted, cache)).toEqual(bytes);
  });

  test('one with other bytes than the recorded checksum is refused and removed', async () => {
    const file = join(cache, 'marea-prueba-1.0.0.tgz');
    writeFileSync(file, packageOf({ 'bin/node': 'otro' }));
    await expect(fetchPackage(wanted, cache)).rejects.toThrow('other bytes than expected');
    expect(existsSync(file)).toBe(false);
  });

  test('the same Node for every system, each with its checksum', () => {
    for (const name of platformNames) {
      const { runtime, bindings } = portablePlatform(name);
      expect(runtime.version).toMatch(/^(2[2-9])\.\d+\.\d+$/);
      expect(runtime.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
      expect(bindings.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    }
  });
});

test('a tar keeps long paths, contents and the executable bits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marea tar á '));
  const long = `Marea/${'carpeta-larga/'.repeat(9)}fichero.txt`;
  const entries = [
    { path: long, bytes: Buffer.from('ñ'.repeat(700)), mode: 0o644 },
    { path: 'Marea/marea.sh', bytes: Buffer.from('#!/bin/sh\n'), mode: 0o755 },
    { path: 'Marea/vacio', bytes: Buffer.alloc(0), mode: 0o644 },
  ];
  const tar = writeTarGz(entries);
  writeFileSync(join(folder, 'm.tar.gz'), tar);
  expect(spawnSync('tar', ['xzf', 'm.tar.gz'], { cwd: folder }).status).toBe(0);
  expect(readFileSync(join(folder, long), 'utf8')).toBe('ñ'.repeat(700));
  expect(statSync(join(folder, 'Marea/marea.sh')).mode & 0o777).toBe(0o755);
  expect([...readPackage(tar, () => true).keys()]).toEqual([long.slice('Marea/'.length), 'marea.sh', 'vacio']);
  rmSync(folder, { recursive: true });
});
