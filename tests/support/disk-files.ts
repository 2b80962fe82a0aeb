import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Files, FileStat } from '../../engine/api/files.ts';

/** A folder of its own for one test, and the disk as the engine sees it from there. */
export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'marea-test-'));
}

export function diskFiles(folder: string): Files {
  const statOf = async (path: string): Promise<FileStat | null> => {
    const found = await stat(path).catch(() => null);
    return (
      found && {
        path,
        name: basename(path),
        isFolder: found.isDirectory(),
        size: found.size,
        modifiedMs: Math.floor(found.mtimeMs),
      }
    );
  };
  const stage = async (path: string, content: string | Uint8Array | Promise<string>): Promise<() => Promise<void>> => {
    const temporary = join(dirname(path), `.${basename(path)}.tmp`);
    await writeFile(temporary, await content);
    const file = await open(temporary);
    await file.sync();
    await file.close();
    return () => rename(temporary, path);
  };
  return {
    resolve: (spelling) => (isAbsolute(spelling) ? spelling : join(folder, spelling)),
    stat: statOf,
    list: async (path) => {
      const names = await readdir(path).catch(() => null);
      if (names === null) return null;
      return (await Promise.all(names.map((name) => statOf(join(path, name))))).filter((entry) => entry !== null);
    },
    readText: (path) => readFile(path, 'utf8'),
    readBytes: (path) => readFile(path),
    chunks: async function* (path) {
      yield await readFile(path);
    },
    writeAtomic: async (path, content) => (await stage(path, content))(),
    stage,
    makeFolder: async (path) => void (await mkdir(path, { recursive: true })),
    rename: (from, to) => rename(from, to),
    remove: (path) => rm(path, { recursive: true, force: true }),
    checkInside: () => undefined,
  };
}
