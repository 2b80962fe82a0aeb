import type { FileStat, Files } from '../api/files.ts';
import { expandBraces, globSegment, isGlob } from './glob.ts';

export type ListOptions = { readonly recursive: boolean; readonly nameFilter: string | undefined };

/** What Spark's file index skips: hidden and temporary names. A name with `=` may be a partition folder. */
export const isHidden = (name: string): boolean =>
  (name.startsWith('_') && !name.includes('=')) || name.startsWith('.') || name.endsWith('._COPYING_');

/** The paths that a path or glob stands for, in name order; empty when nothing matches. `path` is absolute. */
export async function expandPath(path: string, files: Files): Promise<readonly FileStat[]> {
  const clean = path.replace(/\/+$/, '') || '/';
  if (!isGlob(clean)) {
    const found = await files.stat(clean);
    return found ? [found] : [];
  }
  const found = new Map<string, FileStat>();
  for (const choice of expandBraces(clean))
    for (const entry of await matching(choice, files)) found.set(entry.path, entry);
  return [...found.values()].toSorted(byName);
}

async function matching(pattern: string, files: Files): Promise<readonly FileStat[]> {
  const segments = pattern.split('/').filter((segment) => segment !== '');
  let level: readonly FileStat[] = [];
  let fixed = '';
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (!isGlob(segment) && level.length === 0 && fixed !== '-') {
      fixed = `${fixed}/${segment}`;
      if (isLast) return [];
      continue;
    }
    const folders = fixed === '-' ? level.filter((entry) => entry.isFolder).map((entry) => entry.path) : [fixed];
    fixed = '-';
    level = (await Promise.all(folders.map((folder) => children(folder, segment, files)))).flat();
  }
  return level;
}

async function children(folder: string, segment: string, files: Files): Promise<readonly FileStat[]> {
  const name = globSegment(segment);
  return ((await files.list(folder === '' ? '/' : folder)) ?? []).filter(
    (entry) => name.test(entry.name) && !isHidden(entry.name),
  );
}

/**
 * The data files under `roots`: direct children of each root, or everything below where partition folders (`k=v`) or `recursiveFileLookup` say so.
 * A root that is a file stands for itself. Folders that vanish meanwhile count as empty.
 */
export async function listDataFiles(
  roots: readonly FileStat[],
  options: ListOptions,
  files: Files,
): Promise<readonly FileStat[]> {
  const all = (await Promise.all(roots.map(async (root) => (root.isFolder ? walk(root.path, files) : [root])))).flat();
  const isPartitioned = all.some((file) =>
    roots.some((root) => root.isFolder && hasPartitionFolder(root.path, file.path)),
  );
  const direct = new Set(roots.map((root) => root.path));
  const kept =
    options.recursive || isPartitioned
      ? all
      : all.filter((file) => direct.has(parent(file.path)) || direct.has(file.path));
  const filter = options.nameFilter === undefined ? undefined : globSegment(options.nameFilter);
  return kept.filter((file) => !isHidden(file.name) && (filter === undefined || filter.test(file.name)));
}

async function walk(folder: string, files: Files): Promise<readonly FileStat[]> {
  const entries = ((await files.list(folder)) ?? []).filter((entry) => !isHidden(entry.name)).toSorted(byName);
  const deeper = await Promise.all(entries.map(async (entry) => (entry.isFolder ? walk(entry.path, files) : [entry])));
  return deeper.flat();
}

const byName = (a: FileStat, b: FileStat): number => (a.path < b.path ? -1 : 1);
const parent = (path: string): string => path.slice(0, path.lastIndexOf('/'));

const hasPartitionFolder = (root: string, file: string): boolean =>
  parent(file)
    .slice(root.length)
    .split('/')
    .some((segment) => segment.includes('='));
