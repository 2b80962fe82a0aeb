import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAsar } from '../../packaging/read-asar.mjs';
import { describeWith } from '../support/available-parts.ts';
import { repository } from '../support/source-files.ts';
import { fuseMark, writeStandInDistribution } from './stand-in-distribution.ts';

/** Spark promises no order of rows without a sort. */
const sortedLines = (text: string): readonly string[] => text.split('\n').sort();

describeWith(
  ['electron-builder', 'portable-node'],
  'npm run package -- --linux dir, with a stand-in for Electron',
  () => {
    let folder: string;
    let packed: string;
    let resources: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'marea package á '));
      const distribution = join(folder, 'electron');
      await writeStandInDistribution(distribution);
      const options = [`-c.electronDist=${distribution}`, `-c.directories.output=${join(folder, 'release')}`];
      execFileSync(process.execPath, ['scripts/package.mjs', '--linux', 'dir', ...options], {
        cwd: repository,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      packed = join(folder, 'release', 'linux-unpacked');
      resources = join(packed, 'resources');
    }, 120_000);
    afterAll(() => rm(folder, { recursive: true, force: true }));

    test('the program has its name, the languages of the course, and its fuses as Marea wants them', async () => {
      expect(await readdir(join(packed, 'locales'))).toEqual(['ca.pak', 'en-US.pak', 'es.pak']);
      const binary = readFileSync(join(packed, 'marea'), 'latin1');
      // After the mark: a version, their number, and one character for each.
      const fuses = binary.slice(binary.indexOf(fuseMark) + fuseMark.length + 2);
      // Run as Node, cookies, NODE_OPTIONS, --inspect, archive checked, archive only, snapshot, file://.
      expect(fuses.slice(0, 8)).toBe('00001100');
    });

    test('the archive holds the shell alone; what Node and native code read lies beside it', () => {
      const files = readAsar(join(resources, 'app.asar'));
      const inside = files.filter(({ isUnpacked }) => !isUnpacked).map(({ path }) => path);
      expect(inside).toContain('package.json');
      expect(inside.filter((path) => !/^(dist\/shell\/|package\.json$|LICENSE$|THIRD-PARTY\.md$)/.test(path))).toEqual(
        [],
      );
      const packages = new Set(
        files.flatMap(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
      );
      expect([...packages].sort()).toEqual([
        '@duckdb/node-api',
        '@duckdb/node-bindings',
        '@duckdb/node-bindings-linux-x64',
        'detect-libc',
        'pyodide',
      ]);
      const { main } = JSON.parse(
        files
          .find(({ path }) => path === 'package.json')
          ?.read()
          .toString() ?? '{}',
      ) as { main: string };
      expect(main).toBe('dist/shell/main.js');
    });

    test('nothing is larger than it must be', () => {
      expect(statSync(join(resources, 'app.asar')).size).toBeLessThan(5 << 20);
      const kilobytes = Number(
        execFileSync('du', ['-sk', join(resources, 'app.asar.unpacked')])
          .toString()
          .split('\t')[0],
      );
      expect(kilobytes).toBeLessThan(110 << 10);
    });

    test('its marea runs Caso 6 as Spark printed it, from a folder with spaces and without a Node of the machine', async () => {
      const work = join(folder, 'trabajo de clase');
      await mkdir(join(work, 'entrada'), { recursive: true });
      await copyFile(join(repository, 'exercises/caso-6/input/bolsa1.json'), join(work, 'entrada/bolsa1.json'));
      await copyFile(join(repository, 'exercises/caso-6/solution.ipynb'), join(work, 's.ipynb'));
      const { stdout, status } = spawnSync(join(resources, 'bin/marea'), ['run', 's.ipynb'], {
        cwd: work,
        encoding: 'utf8',
        env: { HOME: work, PATH: '/usr/bin:/bin', TZ: 'Europe/Madrid' },
      });
      expect(status).toBe(0);
      const recorded = await readFile(join(repository, 'tests/main/cli/recorded/caso-6.out'), 'utf8');
      expect(sortedLines(stdout)).toEqual(sortedLines(recorded));
    });
  },
);
