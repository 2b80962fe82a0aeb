import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const marea = fileURLToPath(new URL('../../../dist/marea.js', import.meta.url));
let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  children = [];
  folder = await mkdtemp(join(tmpdir(), 'ventana de Ñ '));
  // Notes each page that it is asked to show.
  await writeFile(join(folder, 'google-chrome'), `#!/bin/sh\necho "$1" >> "${join(folder, 'vistas')}"\n`, {
    mode: 0o755,
  });
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** As the launchers of the portable archive start it. */
function start(): () => string {
  const child = spawn(process.execPath, [marea, 'serve', '--app-window', '--data', join(folder, 'datos')], {
    env: { ...process.env, PATH: `${folder}:/usr/bin:/bin` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => void (printed += bytes.toString()));
  return () => printed;
}

const shown = async (count: number): Promise<readonly string[]> =>
  vi.waitFor(
    () => {
      const pages = existsSync(join(folder, 'vistas'))
        ? readFileSync(join(folder, 'vistas'), 'utf8').trim().split('\n')
        : [];
      expect(pages).toHaveLength(count);
      return pages.map((page) => page.replace(/^--app=/, ''));
    },
    { timeout: 15_000 },
  );
const statusOf = async (page: string | undefined) => (await fetch(page ?? '', { redirect: 'manual' })).status;

test('each start shows the window of the one that runs, by a link that is worth nothing afterwards', async () => {
  const first = start();
  const [one] = await shown(1);
  const second = start();
  const [, two] = await shown(2);
  expect(second()).toContain('Marea ya está en marcha');
  expect(new URL(two ?? '').origin).toBe(new URL(one ?? '').origin);
  expect(new Set([one, two]).size).toBe(2);
  for (const page of [one, two]) {
    expect(first() + second()).not.toContain(page);
    expect([await statusOf(page), await statusOf(page)]).toEqual([303, 403]);
  }
});

test('closing its terminal ends it in order: the next start finds nothing left behind', async () => {
  const printed = start();
  await shown(1);
  expect(printed()).toContain('Marea está lista');
  const [marea] = children;
  expect(existsSync(join(folder, 'datos', '.marea-lock.json'))).toBe(true);
  marea?.kill('SIGHUP');
  const [code] = (await once(marea!, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(existsSync(join(folder, 'datos', '.marea-lock.json'))).toBe(false);
});
