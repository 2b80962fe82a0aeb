import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who holds the data folder: enough to tell a live owner from a dead one whose pid was given out again, and to reach its window. */
export type LockOwner = { readonly pid: number; readonly startedAt: string; readonly address: string };

export type LockOutcome =
  | { readonly kind: 'held'; readonly owner: LockOwner }
  | {
      readonly kind: 'taken';
      /** The last owner ended without releasing it. */ readonly wasLeft: boolean;
      readonly release: () => Promise<void>;
      readonly announce: (address: string) => Promise<void>;
    };

const lockName = '.marea-lock.json';
/** Held for the moment in which a dead owner's lock is replaced. */
const takeoverName = '.marea-lock-takeover.json';
/** Another process may be between making its lock and writing who it is; an empty lock older than this was left by one that died there. */
const writingMs = 2000;

/**
 * Takes the data folder for this process, or says who has it. A lock whose owner is gone is replaced. `announce` writes the address of the
 * running window into the lock, so that a second start can open it.
 */
export async function lockDataFolder(folder: string, attempts = 20): Promise<LockOutcome> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, lockName);
  let wasLeft = false;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await createLock(path)) return takenLock(path, wasLeft);
    const holder = await readHolder(path);
    if (holder.kind === 'live' && holder.owner.address) return { kind: 'held', owner: holder.owner };
    if (holder.kind !== 'left' || !(await removeLeftLock(path, join(folder, takeoverName))))
      await new Promise((done) => setTimeout(done, 250));
    else wasLeft = true;
  }
  throw new Error(`${path} is held by another process that does not answer`);
}

const ownLock = (address: string): string => {
  const owner: LockOwner = { pid: process.pid, startedAt: processStart(process.pid) ?? '', address };
  return JSON.stringify(owner);
};

const takenLock = (path: string, wasLeft: boolean): LockOutcome => ({
  kind: 'taken',
  wasLeft,
  release: () => rm(path, { force: true }),
  announce: async (address) => {
    // Whole or not at all: a second start reads it at any moment.
    const written = `${path}.${process.pid}`;
    await writeFile(written, ownLock(address), { mode: 0o600 });
    await rename(written, path);
  },
});

async function createLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, ownLock(''), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a lock whose owner is gone. Of several starts only the one that makes the takeover file removes, and it looks again first:
 * without that, the second would remove the lock that the first has just made. Answers false when another start is at it.
 */
async function removeLeftLock(path: string, takeover: string): Promise<boolean> {
  if (!(await createLock(takeover))) {
    if ((await readHolder(takeover)).kind === 'left') await rm(takeover, { force: true });
    return false;
  }
  try {
    const isLeft = (await readHolder(path)).kind === 'left';
    if (isLeft) await rm(path, { force: true });
    return isLeft;
  } finally {
    await rm(takeover, { force: true });
  }
}

type Holder = { readonly kind: 'live'; readonly owner: LockOwner } | { readonly kind: 'starting' | 'left' };

async function readHolder(path: string): Promise<Holder> {
  try {
    const text = await readFile(path, 'utf8');
    if (text === '') return { kind: Date.now() - (await stat(path)).mtimeMs < writingMs ? 'starting' : 'left' };
    const { pid, startedAt = '', address = '' } = JSON.parse(text) as Partial<LockOwner>;
    if (typeof pid !== 'number') return { kind: 'left' };
    const owner = { pid, startedAt, address };
    return isAlive(owner) ? { kind: 'live', owner } : { kind: 'left' };
  } catch (error) {
    // Released meanwhile: the next attempt finds it free.
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'starting' : 'left' };
  }
}

function isAlive(owner: LockOwner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const started = processStart(owner.pid);
  return started === undefined || owner.startedAt === '' || started === owner.startedAt;
}

/** Start time of a process in clock ticks since boot; undefined where there is no /proc. */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
