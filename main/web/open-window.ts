import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { findAppBrowser, type Machine } from './find-browser.ts';

/** A browser that ends with an error this soon has not shown the window; later it was the learner who closed it. */
const showsWithinMs = 5000;

const thisMachine = (): Machine => ({ platform: platform(), env: process.env, home: homedir(), isProgram });

/** Shows a page as a window without tabs or address bar where Edge, Chrome or Chromium is installed, else in the default browser. */
export function openAppWindow(address: string, machine = thisMachine()): void {
  const browser = findAppBrowser(machine);
  if (browser === undefined) {
    openBrowser(address);
    return;
  }
  const started = Date.now();
  let isShown = true;
  const useDefault = (): void => {
    if (isShown) openBrowser(address);
    isShown = false;
  };
  // No first-run questions: on a shared machine this may be the account's first start of the browser.
  const child = spawn(browser, [`--app=${address}`, '--no-first-run', '--no-default-browser-check'], {
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', useDefault);
  child.on('exit', (code) => {
    if (code !== 0 && Date.now() - started < showsWithinMs) useDefault();
  });
  child.unref();
}

/** Asks the system to open a page; where it cannot, the printed address is there. */
export function openBrowser(address: string): void {
  const [command, ...args] = openerOf(address);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('No he podido abrir el navegador: copia la dirección de arriba.'));
  child.unref();
}

function openerOf(address: string): readonly [string, ...string[]] {
  switch (platform()) {
    case 'darwin':
      return ['open', address];
    case 'win32':
      return ['cmd', '/c', 'start', '', address];
    default:
      return ['xdg-open', address];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
