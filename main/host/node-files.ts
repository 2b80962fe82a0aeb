import { randomUUID } from 'node:crypto';
import { closeSync, fsync, openSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Files, FileStat } from '../../engine/api/files.ts';
import { SparkError } from '../../engine/core/spark-error.ts';
import { fileChunks } from './file-chunks.ts';
import { linesFitAfter } from './line-thread.ts';
import { withoutLinksOut } from './without-links-out.ts';

/** Antivirus and folder-sync tools hold a file for a moment: a rename is tried again for about two seconds. */
const renameDelaysMs = [10, 30, 80, 200, 500, 1200] as const;
const heldCodes: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'EACCES', 'ENOTEMPTY']);

/**
 * The disk of one session. `folder` is what relative paths start from; with `root`, anything outside it is refused before the disk is touched.
 * `temporary`: the engine's own folder, which learners do not name.
 */
export function nodeFiles(folder: () => string, root?: string, temporary?: string): Files {
  const checkInside = (path: string): void => {
    if (root && path !== root && !path.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new SparkError(
        { java: 'java.lang.SecurityException' },
        `${path} is outside the folder this program may use`,
        { blame: 'environment' },
      );
    }
  };
  const files: Files = {
    checkInside,
    resolve: (spelling) => {
      const path = absolutePath(spelling, folder());
      checkInside(path);
      return path;
    },
    stat: statOf,
    list: listFolder,
    readText: (path) => readFile(path, 'utf8'),
    readBytes: (path) => readFile(path),
    chunks: (path) => fileChunks(path),
    linesFitAfter,
    writeAtomic,
    stage,
    makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
    rename: renamePatiently,
    remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
  return root === undefined ? files : withoutLinksOut(files, [root, ...(temporary === undefined ? [] : [temporary])]);
}

/** `file:/x`, `file:///x`, absolute or relative to the folder. */
function absolutePath(spelling: string, folder: string): string {
  if (spelling.startsWith('file://')) return fileURLToPath(spelling);
  if (spelling.startsWith('file:')) return resolve(folder, spelling.slice('file:'.length));
  return isAbsolute(spelling) ? resolve(spelling) : resolve(folder, spelling);
}

// One look at the disk takes 10 µs; a trip to the thread pool and back takes ten times as long. Only what can really wait (reading much, syncing) goes there.
async function statOf(path: string): Promise<FileStat | null> {
  try {
    const found = statSync(path);
    return {
      path,
      name: basename(path),
      isFolder: found.isDirectory(),
      size: found.size,
      modifiedMs: Math.floor(found.mtimeMs),
    };
  } catch {
    return null;
  }
}

async function listFolder(folder: string): Promise<readonly FileStat[] | null> {
  try {
    const names = readdirSync(folder);
    const stats = await Promise.all(names.map((name) => statOf(join(folder, name))));
    return stats.filter((entry) => entry !== null);
  } catch {
    return null;
  }
}

const syncFile = promisify(fsync);

/** New content under a temporary name in the same folder, synced, then renamed over the old. */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const finish = await stage(path, content);
  await finish();
}

async function stage(path: string, content: string | Uint8Array | Promise<string>): Promise<() => Promise<void>> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  const orRemove = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  };
  await orRemove(async () => {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : await content);
      await syncFile(file);
    } finally {
      closeSync(file);
    }
  });
  return () => orRemove(() => renamePatiently(temporary, path));
}

/** Renames, waiting a little where another program holds the file. Throws the last error. */
export async function renamePatiently(from: string, to: string): Promise<void> {
  for (const delay of renameDelaysMs) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (!heldCodes.has(code)) throw error;
      await new Promise((done) => setTimeout(done, delay));
    }
  }
  await rename(from, to);
}
