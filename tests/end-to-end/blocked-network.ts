import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether this user may make a network of its own that has nothing but loopback. */
const canBlockNetwork: boolean = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up']).status === 0;

/** The words that run a program with the network blocked, where this user may; its descriptors and its pid stay the same. */
export const withNetworkBlocked = (program: string, ...args: readonly string[]): readonly [string, ...string[]] =>
  canBlockNetwork
    ? ['unshare', '-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', program, ...args]
    : [program, ...args];

/** The words that run a program in the network of another process. */
export const inNetworkOf = (pid: number, program: string, ...args: readonly string[]): readonly [string, ...string[]] =>
  canBlockNetwork ? ['nsenter', `--net=/proc/${pid}/ns/net`, program, ...args] : [program, ...args];

/** A program that starts `browser` in the network of a process: only from there can its loopback be reached. */
export async function browserInNetworkOf(pid: number, browser: string, folder: string): Promise<string> {
  if (!canBlockNetwork) return browser;
  const path = join(folder, 'browser-in-network.sh');
  await writeFile(path, `#!/bin/sh\nexec nsenter --net=/proc/${pid}/ns/net "${browser}" "$@"\n`, { mode: 0o755 });
  return path;
}

/** Somebody without administrator's rights: where the tests run as root, two accounts that own nothing. */
export const ordinaryUsers: readonly (number | undefined)[] =
  process.getuid?.() === 0 ? [65_533, 65_534] : [undefined, undefined];

export const asUser = (user: number | undefined, ...words: [string, ...string[]]): readonly [string, ...string[]] =>
  user === undefined ? words : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', ...words];
