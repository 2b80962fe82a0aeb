import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePortable } from '../../scripts/portable/make-portable.mjs';
import { describeWith } from '../support/available-parts.ts';
import { repository } from '../support/source-files.ts';
import { asUser, browserInNetworkOf, inNetworkOf, ordinaryUsers, withNetworkBlocked } from './blocked-network.ts';
import { launchChromium, newPage, pictures, servedBy, type ServedMarea } from './served-marea.ts';

const patience = { timeout: 180_000 };
const [student, neighbour] = ordinaryUsers;

/** Spark promises no order of rows without a sort. */
const sortedLines = (text: string): readonly string[] => text.split('\n').sort();

describeWith(
  ['chromium', 'portable-node'],
  'the Linux archive, unpacked read-only in a folder with spaces and accents',
  (chromium = '') => {
    let folder: string;
    let place: string;
    let home: string;
    let marea: ServedMarea | undefined;
    let browser: Browser | undefined;
    let page: Page;
    let complaints: string[];

    /** A launcher as an ordinary user starts it, in a blocked network of its own or in that of the running Marea, where no Node is known. */
    const start = (
      user: number | undefined,
      ownHome: string,
      program: string,
      args: readonly string[],
      { cwd = ownHome, network }: { readonly cwd?: string; readonly network?: ServedMarea } = {},
    ) => {
      const launcher = asUser(user, join(place, program), ...args);
      const [command, ...words] = network
        ? inNetworkOf(network.process.pid ?? 0, ...launcher)
        : withNetworkBlocked(...launcher);
      return spawn(command, words, {
        cwd,
        env: { HOME: ownHome, PATH: '/usr/bin:/bin', TZ: 'Europe/Madrid', LANG: 'C.UTF-8' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    };
    const printedBy = async (child: ReturnType<typeof start>) => {
      let printed = '';
      child.stdout.on('data', (bytes: Buffer) => void (printed += bytes.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      return { printed, code };
    };
    const homeOf = async (user: number | undefined, name: string): Promise<string> => {
      const path = join(folder, name);
      await mkdir(path);
      if (user !== undefined) await chown(path, user, user);
      return path;
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'marea-portable-'));
      await chmod(folder, 0o755);
      const unpacked = join(folder, 'Máquina de José Ñuño (clase)');
      await mkdir(unpacked);
      const made = await makePortable('linux-x64', folder);
      execFileSync('tar', ['xzf', made, '-C', unpacked]);
      execFileSync('chmod', ['-R', 'a-w', unpacked]);
      place = join(unpacked, 'Marea');
      home = await homeOf(student, 'inicio de Iñaki');
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await marea?.kill();
      spawnSync('chmod', ['-R', 'u+w', folder]);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    test('holds no solution', async () => {
      const names = await readdir(place, { recursive: true });
      expect(names).toContain('app/dist/exercises/caso-6/starter.ipynb');
      expect(names.filter((name) => /(^|\/)solution/.test(name))).toEqual([]);
    });

    test(
      'is usable within seconds of starting its launcher, without administrator’s rights and without network',
      patience,
      async () => {
        const started = performance.now();
        marea = await servedBy(start(student, home, 'marea.sh', ['--no-open']));
        const served = performance.now();
        browser = await launchChromium(await browserInNetworkOf(marea.process.pid ?? 0, chromium, folder));
        ({ page, complaints } = await newPage(browser));
        const opened = performance.now();
        await page.goto(marea.address);
        await page.getByRole('button', { name: 'Abrir Caso 6 · Bolsa' }).waitFor();
        const usable = served - started + (performance.now() - opened);
        expect(usable).toBeLessThan(10_000);
        expect(existsSync(join(home, 'Marea'))).toBe(true);
      },
    );

    test('runs Caso 6 in its window', patience, async () => {
      await page.getByRole('button', { name: 'Abrir Caso 6 · Bolsa' }).click();
      await page.getByText('Python listo').waitFor();
      await page.getByRole('button', { name: 'Ejecutar todo' }).click();
      const console = page.getByRole('log');
      await console.getByText('Batch: 0').waitFor();
      expect((await console.innerText()).replaceAll('\u00a0', ' ')).toContain(
        '|2022-05-09 10:15:00|2022-05-09 10:30:00|    800|   400|',
      );
      await page.getByText(/^4 ventanas\./).waitFor();
      await page.screenshot({ path: join(pictures, 'portable-caso-6.png') });
      expect(complaints).toEqual([]);
    });

    test('a second double click opens the window that runs, and starts nothing', patience, async () => {
      const { printed, code } = await printedBy(start(student, home, 'marea.sh', ['--no-open']));
      expect(code).toBe(0);
      expect(printed).toContain(marea?.address);
    });

    test(
      'another user of the same machine has a Marea apart: other folder, other port, other key',
      patience,
      async () => {
        const other = await homeOf(neighbour, 'inicio de Zoé');
        const second = await servedBy(start(neighbour, other, 'marea.sh', ['--no-open'], { network: marea! }));
        try {
          const [mine, theirs] = [new URL(marea!.address), new URL(second.address)];
          expect(theirs.port).not.toBe(mine.port);
          expect(existsSync(join(other, 'Marea', '.marea-lock.json'))).toBe(true);
          const context = await browser!.newContext();
          const intruder = await context.newPage();
          expect((await intruder.goto(`${theirs.origin}/${mine.search}`))?.status()).toBe(403);
          expect((await intruder.goto(second.address))?.status()).toBe(200);
          await context.close();
        } finally {
          await second.kill();
        }
      },
    );

    test('the command line runs the solution of Caso 6 as Spark printed it', patience, async () => {
      const work = await homeOf(student, 'trabajo de clase');
      await mkdir(join(work, 'entrada'));
      if (student !== undefined) await chown(join(work, 'entrada'), student, student);
      await copyFile(join(repository, 'exercises/caso-6/input/bolsa1.json'), join(work, 'entrada/bolsa1.json'));
      await copyFile(join(repository, 'exercises/caso-6/solution.ipynb'), join(work, 's.ipynb'));
      const { printed, code } = await printedBy(start(student, home, 'bin/marea', ['run', 's.ipynb'], { cwd: work }));
      expect(code).toBe(0);
      const recorded = await readFile(join(repository, 'tests/main/cli/recorded/caso-6.out'), 'utf8');
      expect(sortedLines(printed)).toEqual(sortedLines(recorded));
    });

    test('a folder datos beside the launcher takes the work', patience, async () => {
      await chmod(place, 0o755);
      await mkdir(join(place, 'datos'));
      if (student !== undefined) await chown(join(place, 'datos'), student, student);
      const lonely = await homeOf(student, 'inicio en otro ordenador');
      const onStick = await servedBy(start(student, lonely, 'marea.sh', ['--no-open']));
      await onStick.kill();
      expect(await readdir(join(place, 'datos'))).toContain('.marea-lock.json');
      expect(await readdir(lonely)).toEqual([]);
    });

    test('a link to the command line works from any folder', patience, async () => {
      const link = join(folder, 'marea en el PATH');
      await symlink(join(place, 'bin/marea'), link);
      const { stdout, status } = spawnSync(link, ['--help'], { cwd: '/', encoding: 'utf8' });
      expect(status).toBe(0);
      expect(stdout).toContain('marea run');
    });

    test('where nothing may be run from the folder, the launcher says what to do', () => {
      spawnSync('chmod', ['a-x', join(place, 'app/node/node')]);
      const { stderr, status } = spawnSync('sh', [join(place, 'marea.sh')], { encoding: 'utf8' });
      expect(status).toBe(1);
      expect(stderr).toContain('copia la carpeta entera a tu carpeta personal');
    });
  },
);
