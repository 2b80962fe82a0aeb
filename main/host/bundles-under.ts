import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBundles, unreadableCheck, type CheckedBundle } from './check-bundles.ts';

/** The download of a whole class is large; a file larger than this is none. */
const largestFile = 300 << 20;

/** The zips that these paths name: files as they are, and those inside folders and their folders. */
export async function zipsUnder(paths: readonly string[]): Promise<readonly string[]> {
  return (await Promise.all(paths.map(zipsAt))).flat();
}

async function zipsAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.zip$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** One hand-in, or each of those inside. Nothing that goes wrong with one keeps the others from being looked at. */
export async function bundlesIn(file: string): Promise<readonly CheckedBundle[]> {
  const unreadable = (problem: string): readonly CheckedBundle[] => [
    { check: unreadableCheck(file, [problem]), bytes: new Uint8Array(), bundle: null },
  ];
  const size = (await stat(file).catch(() => null))?.size;
  if (size === undefined) return unreadable('No existe.');
  if (size > largestFile) return unreadable(`Ocupa demasiado para ser una entrega (${size} bytes).`);
  try {
    return await checkBundles(file, await readFile(file));
  } catch (error) {
    return unreadable(`No se puede leer (${error instanceof Error ? error.message : String(error)}).`);
  }
}
