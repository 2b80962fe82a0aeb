import { readdir, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Exercise } from '../../exercises/define-exercise.ts';
import type { FileEntry } from '../contract/requests.ts';

/** In each unit's folder: what the learner captured. */
export const evidenceFolder = 'evidencias';

type Folders = Exercise['folders'];
const noFolders: Folders = { input: [], output: [], checkpoint: [] };

/** What a path of an activity holds, by the activity's own list and by the marks that Spark leaves. */
export function roleOf(path: string, folders: Folders = noFolders): FileEntry['role'] {
  const inside = path.split('/').slice(1).join('/');
  const under = (list: readonly string[]): boolean =>
    list.some((folder) => inside === folder || inside.startsWith(`${folder}/`));
  if (under(folders.input)) return 'input';
  if (under(folders.output)) return 'output';
  if (under(folders.checkpoint) || /(^|\/)(chk|checkpoint)[^/]*(\/|$)/i.test(inside)) return 'checkpoint';
  return path.endsWith('.ipynb') ? 'notebook' : 'other';
}

/** Children of a folder of the data folder, folders first, hidden ones left out. */
export async function listLearnerFiles(dataFolder: string, folder: string, folders?: Folders): Promise<FileEntry[]> {
  const names = await readdir(join(dataFolder, folder)).catch(() => []);
  const entries = await Promise.all(
    names
      .filter((name) => !name.startsWith('.'))
      .map((name) => fileEntry(dataFolder, posix.join(folder, name), folders)),
  );
  return entries
    .filter((entry) => entry !== null)
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name, 'es', { numeric: true }));
}

export async function fileEntry(dataFolder: string, path: string, folders?: Folders): Promise<FileEntry | null> {
  try {
    const found = await stat(join(dataFolder, path));
    return {
      path,
      name: posix.basename(path),
      isFolder: found.isDirectory(),
      size: found.size,
      modifiedMs: Math.floor(found.mtimeMs),
      role: roleOf(path, folders),
    };
  } catch {
    return null;
  }
}

/**
 * What "Empezar de cero" takes away: everything in the activity's folder but captures, notebooks and their history, input files included
 * (those of the start are put back afterwards).
 */
export async function resettableFiles(dataFolder: string, activity: string, folders: Folders): Promise<FileEntry[]> {
  const top = await listLearnerFiles(dataFolder, activity, folders);
  const entries: FileEntry[] = [];
  for (const entry of top) {
    if (entry.role === 'notebook' || entry.name === evidenceFolder) continue;
    if (entry.role === 'input' && entry.isFolder)
      entries.push(...(await listLearnerFiles(dataFolder, entry.path, folders)));
    else entries.push(entry);
  }
  return entries;
}

export const removeLearnerFile = (dataFolder: string, path: string): Promise<void> =>
  rm(join(dataFolder, path), { recursive: true, force: true, maxRetries: 3 });
