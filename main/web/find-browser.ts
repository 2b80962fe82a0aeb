import { posix, win32 } from 'node:path';

export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly isProgram: (path: string) => boolean;
};

/** Browsers that show one page as a window of its own (`--app=`): Edge first on Windows, where it is always there. */
export function findAppBrowser(machine: Machine): string | undefined {
  return candidates(machine).find(machine.isProgram);
}

function candidates(machine: Machine): readonly string[] {
  switch (machine.platform) {
    case 'win32':
      return onWindows(machine.env);
    case 'darwin':
      return onMac(machine.home);
    default:
      return onPath(machine.env['PATH'] ?? '');
  }
}

function onWindows(env: Machine['env']): readonly string[] {
  // Per machine in 64 or 32 bits, or in the profile of somebody without administrator's rights.
  const roots = ['ProgramFiles(x86)', 'ProgramFiles', 'LocalAppData', 'LOCALAPPDATA'].flatMap(
    (name) => env[name] ?? [],
  );
  return ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe'].flatMap((program) =>
    roots.map((root) => win32.join(root, program)),
  );
}

function onMac(home: string): readonly string[] {
  return ['Google Chrome', 'Microsoft Edge', 'Chromium'].flatMap((name) =>
    ['/Applications', posix.join(home, 'Applications')].map((folder) =>
      posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name),
    ),
  );
}

function onPath(path: string): readonly string[] {
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  // A session started from a menu may lack the folder of Ubuntu's snaps.
  const folders = [...path.split(':').filter((folder) => folder !== ''), '/snap/bin'];
  return names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}
