import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAppWindow } from '../../../main/web/open-window.ts';

const address = 'http://127.0.0.1:40000/?t=secreto';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'navegador con acentos á '));
  // The system's opener of pages, found first.
  await program('xdg-open', 'por-defecto');
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Notes its arguments in a file, whole, and ends. */
async function program(name: string, noted: string, code = 0): Promise<string> {
  const path = join(folder, name);
  const note = join(folder, noted);
  await writeFile(path, `#!/bin/sh\necho "$@" > "${note}.part" && mv "${note}.part" "${note}"\nexit ${code}\n`, {
    mode: 0o755,
  });
  return path;
}

const noted = async (name: string): Promise<string> => {
  await vi.waitFor(() => expect(existsSync(join(folder, name))).toBe(true), { timeout: 10_000 });
  return readFile(join(folder, name), 'utf8');
};
const only = (installed: string | undefined) => ({
  platform: 'linux' as const,
  env: { PATH: folder },
  home: folder,
  isProgram: (path: string) => path === installed,
});

test('an installed browser shows the page as a window of its own, without first-run questions', async () => {
  openAppWindow(address, only(await program('chromium', 'ventana')));
  expect(await noted('ventana')).toBe(`--app=${address} --no-first-run --no-default-browser-check\n`);
  await new Promise((done) => setTimeout(done, 300));
  expect(existsSync(join(folder, 'por-defecto'))).toBe(false);
});

test('without such a browser the system’s default one opens the page', async () => {
  openAppWindow(address, only(undefined));
  expect(await noted('por-defecto')).toBe(`${address}\n`);
});

test('a browser that fails at once is replaced by the default one', async () => {
  openAppWindow(address, only(await program('chromium', 'ventana', 21)));
  expect(await noted('por-defecto')).toBe(`${address}\n`);
});

test('a browser that cannot be run is replaced by the default one', async () => {
  openAppWindow(address, only(join(folder, 'chromium')));
  expect(await noted('por-defecto')).toBe(`${address}\n`);
});
