import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolderOf } from '../host/data-folder.ts';
import { openWorkbench } from '../host/open-workbench.ts';
import { startLoopbackServer, ticketFrom } from './loopback-server.ts';
import { openAppWindow, openBrowser } from './open-window.ts';

export type ServeOptions = { readonly distFolder: string; readonly args: readonly string[] };

/**
 * Browser mode: takes the data folder, serves the window on loopback and opens it. When another Marea has the folder, its window is opened
 * instead and the answer is exit code 0; otherwise the server runs until the process is told to end.
 */
export async function serveWindow({ distFolder, args }: ServeOptions): Promise<number | undefined> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'no-open': { type: 'boolean' },
      'app-window': { type: 'boolean' },
      port: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const dataFolder = resolve(values.data ?? dataFolderOf(process.env));
  const open = values['app-window'] ? openAppWindow : openBrowser;
  const log = (message: string): void => console.error(message);
  const opened = await openWorkbench(
    {
      dataFolder,
      materialFolder: join(distFolder, 'exercises'),
      python: { pythonFolder: join(distFolder, 'python') },
      env: Object.fromEntries(
        Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      ),
      version: versionOf(distFolder),
      mode: 'browser',
    },
    log,
  );
  if (opened.kind === 'elsewhere') {
    console.log(`Marea ya está en marcha con ${dataFolder}. Su ventana: ${opened.address}`);
    if (!values['no-open']) open(await ticketFrom(opened.address));
    return 0;
  }
  const server = await startLoopbackServer({
    root: join(distFolder, 'renderer'),
    link: opened.link,
    port: Number(values.port ?? 0),
    log,
  });
  await opened.start();
  await opened.announce(server.launchUrl);
  console.log(`Marea está lista. Ábrela en: ${server.launchUrl}`);
  console.log(`Tus cuadernos y datos: ${dataFolder}`);
  if (!values['no-open']) open(server.ticketUrl());
  const end = (): void => void Promise.allSettled([server.close(), opened.close()]).finally(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  // Its terminal was closed, which is how a student ends what the launchers start. Otherwise `nohup` must go on working.
  if (values['app-window']) process.once('SIGHUP', end);
  return undefined;
}

function versionOf(distFolder: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(distFolder, '..', 'package.json'), 'utf8')) as {
      version?: string;
    };
    return version ?? '0';
  } catch {
    return '0';
  }
}
