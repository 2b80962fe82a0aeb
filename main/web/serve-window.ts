import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { requestHandlers } from '../host/request-handlers.ts';
import { Workbench } from '../host/workbench.ts';
import { lockDataFolder } from '../workspace/data-folder-lock.ts';
import { startLoopbackServer } from './loopback-server.ts';

export type ServeOptions = { readonly distFolder: string; readonly args: readonly string[] };

/**
 * Browser mode: takes the data folder, serves the window on loopback and opens it. When another Marea has the folder, its window is opened
 * instead and the answer is exit code 0; otherwise the server runs until the process is told to end.
 */
export async function serveWindow({ distFolder, args }: ServeOptions): Promise<number | undefined> {
  const { values } = parseArgs({ args: [...args], options: { 'no-open': { type: 'boolean' }, port: { type: 'string' }, data: { type: 'string' } } });
  const dataFolder = resolve(values.data ?? process.env['MAREA_DATA'] ?? defaultDataFolder());
  const lock = await lockDataFolder(dataFolder);
  if (lock.kind === 'held') {
    console.log(`Marea ya está en marcha con ${dataFolder}. Su ventana: ${lock.owner.address}`);
    if (!values['no-open']) openBrowser(lock.owner.address);
    return 0;
  }
  const workbench = new Workbench({
    dataFolder,
    materialFolder: join(distFolder, 'exercises'),
    python: { pythonFolder: join(distFolder, 'python') },
    env: Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    version: versionOf(distFolder),
    mode: 'browser',
  });
  const server = await startLoopbackServer({
    root: join(distFolder, 'renderer'),
    link: { handlers: requestHandlers(workbench), subscribe: (listener) => workbench.subscribe(listener), log: (message) => console.error(message) },
    port: Number(values.port ?? 0),
    log: (message) => console.error(message),
  });
  await workbench.start();
  await lock.announce(server.launchUrl);
  console.log(`Marea está lista. Ábrela en: ${server.launchUrl}`);
  console.log(`Tus cuadernos y datos: ${dataFolder}`);
  if (!values['no-open']) openBrowser(server.launchUrl);
  const end = (): void => {
    void Promise.allSettled([server.close(), workbench.close()])
      .then(() => lock.release())
      .finally(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  return undefined;
}

const defaultDataFolder = (): string => join(homedir(), 'Marea');

function versionOf(distFolder: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(distFolder, '..', 'package.json'), 'utf8')) as { version?: string };
    return version ?? '0';
  } catch {
    return '0';
  }
}

/** Asks the system to open a page; where it cannot, the printed address is there. */
function openBrowser(address: string): void {
  const [command, ...args] = platform() === 'darwin' ? ['open', address] : platform() === 'win32' ? ['cmd', '/c', 'start', '', address] : ['xdg-open', address];
  const child = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('No he podido abrir el navegador: copia la dirección de arriba.'));
  child.unref();
}
