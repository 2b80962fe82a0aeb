import { mkdir, open, readFile, rm } from 'node:fs/promises';
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

/**
 * Takes the data folder for this process, or says who has it. A lock whose owner is gone is replaced. `announce` writes the address of the
 * running window into the lock, so that a second start can open it.
 */
export async function lockDataFolder(folder: string, attempts = 20): Promise<LockOutcome> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, lockName);
  let wasLeft = false;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await createLock(path, '')) return takenLock(path, wasLeft);
    const owner = await readOwner(path);
    if (owner && isAlive(owner)) {
      if (owner.address) return { kind: 'held', owner };
      await new Promise((done) => setTimeout(done, 250));
    } else {
      wasLeft = true;
      await rm(path, { force: true });
    }
  }
  throw new Error(`${path} is held by another process that does not answer`);
}

const ownLock = (address: string): LockOwner => ({
  pid: process.pid,
  startedAt: processStart(process.pid) ?? '',
  address,
});

const takenLock = (path: string, wasLeft: boolean): LockOutcome => ({
  kind: 'taken',
  wasLeft,
  release: () => rm(path, { force: true }),
  announce: async (address) => {
    const file = await open(path, 'w', 0o600);
    await file.writeFile(JSON.stringify(ownLock(address)));
    await file.close();
  },
});

async function createLock(path: string, address: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(JSON.stringify(ownLock(address)));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readOwner(path: string): Promise<LockOwner | null> {
  try {
    const owner = JSON.parse(await readFile(path, 'utf8')) as Partial<LockOwner>;
    return typeof owner.pid === 'number'
      ? { pid: owner.pid, startedAt: owner.startedAt ?? '', address: owner.address ?? '' }
      : null;
  } catch {
    return null;
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
