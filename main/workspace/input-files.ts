import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { evidenceFolder } from './learner-files.ts';

/** Paths are absolute. */
export type InputFolder = { readonly files: readonly InputFile[]; readonly folders: readonly string[] };
export type InputFile = { readonly path: string; readonly size: number; readonly modifiedMs: number };

const mostFiles = 200;
const deepest = 4;
/** What Spark leaves in a folder that a query or a writer made. */
const outputMarks: ReadonlySet<string> = new Set(['_spark_metadata', '_SUCCESS']);

/**
 * Files that programs of a notebook's folder may read: what lies there and in its folders, but notebooks, captures, hidden files, outputs and checkpoints.
 * Looked at in one go, so that it is the folder of one moment.
 */
export function inputFolder(folder: string): InputFolder {
  const { files, folders } = lookInto(folder, 0) ?? { files: [], folders: [] };
  return { files: files.slice(0, mostFiles), folders: folders.slice(0, mostFiles) };
}

/** Null for a folder that is an output, a checkpoint or another notebook's. */
function lookInto(folder: string, depth: number): InputFolder | null {
  const entries = entriesOf(folder);
  const names = new Set(entries.map(({ name }) => name));
  const isOther = depth > 0 && [...names].some((name) => outputMarks.has(name) || name.endsWith('.ipynb'));
  if (isOther || (names.has('offsets') && names.has('metadata'))) return null;
  const seen = entries.filter(
    ({ name }) => !name.startsWith('.') && !name.endsWith('.ipynb') && name !== evidenceFolder,
  );
  const here = seen.filter((entry) => entry.isFile()).flatMap(({ name }) => fileAt(join(folder, name)));
  const inside = depth < deepest ? seen.filter((entry) => entry.isDirectory()) : [];
  const found = inside.flatMap(({ name }) => {
    const path = join(folder, name);
    const look = lookInto(path, depth + 1);
    return look === null ? [] : [{ files: look.files, folders: [path, ...look.folders] }];
  });
  return { files: [...here, ...found.flatMap(({ files }) => files)], folders: found.flatMap(({ folders }) => folders) };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function fileAt(path: string): readonly InputFile[] {
  try {
    const { size, mtimeMs } = statSync(path);
    return [{ path, size, modifiedMs: Math.floor(mtimeMs) }];
  } catch {
    return [];
  }
}
