import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type OwnFolder = {
  readonly path: string;
  /** Another Marea of this machine has the folder that was asked for; this one is thrown away at the end. */
  readonly isTemporary: boolean;
  readonly release: () => Promise<void>;
};

const lockName = 'services.pid';

/** The folder, when no other process keeps its services there, else a new temporary one: services always start, and no file has two owners. */
export async function takeFolder(folder: string): Promise<OwnFolder> {
  const lock = join(folder, lockName);
  try {
    await mkdir(folder, { recursive: true });
    if (!(await writeLock(lock))) {
      if (await isHeld(lock)) return await temporary();
      await rm(lock, { force: true });
      if (!(await writeLock(lock))) return await temporary();
    }
  } catch {
    // A folder that nobody may write to, on a lent machine.
    return temporary();
  }
  return { path: folder, isTemporary: false, release: () => rm(lock, { force: true }) };
}

async function temporary(): Promise<OwnFolder> {
  const path = await mkdtemp(join(tmpdir(), 'marea-services-'));
  return { path, isTemporary: true, release: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

async function writeLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isHeld(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
