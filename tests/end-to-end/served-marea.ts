import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Pictures of the screens, kept by continuous integration. */
export const pictures = join(root, 'dist', 'pictures');

export type ServedMarea = {
  readonly address: string;
  readonly process: ChildProcess;
  /** As a power cut: nothing is closed. */
  readonly kill: () => Promise<void>;
};

/** Starts browser mode on a data folder, as `npm start` does, and waits for the link it prints. */
export const serveMarea = (dataFolder: string): Promise<ServedMarea> =>
  servedBy(
    spawn(process.execPath, [join(root, 'dist', 'marea.js'), 'serve', '--no-open', '--data', dataFolder], {
      env: { ...process.env, TZ: 'Europe/Madrid' },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );

/** A process that serves Marea, once it has printed its link. */
export async function servedBy(child: ChildProcessByStdio<null, Readable, null>): Promise<ServedMarea> {
  let printed = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      const link = /http:\/\/127\.0\.0\.1:\d+\/\?t=\S+/.exec(printed);
      if (link) resolve(link[0]);
    });
    child.on('exit', (code) => reject(new Error(`Marea ended with ${code}: ${printed}`)));
  });
  return {
    address,
    process: child,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** Runs a second start on the same data folder; answers what it printed and its exit code. */
export async function secondStart(
  dataFolder: string,
): Promise<{ readonly printed: string; readonly code: number | null }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'marea.js'), 'serve', '--no-open', '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (bytes: Buffer) => void (printed += bytes.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { printed, code };
}

export function launchChromium(program: string): Promise<Browser> {
  mkdirSync(pictures, { recursive: true });
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}

/** A page of the design size; anything the page complains about fails the test that reads `complaints`. */
export async function newPage(browser: Browser): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    timezoneId: 'Europe/Madrid',
    locale: 'es-ES',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, complaints };
}
