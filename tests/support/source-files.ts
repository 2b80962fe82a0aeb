import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const sourceFolders = ['engine', 'main', 'renderer', 'exercises', 'scripts', 'tests', 'bench'] as const;

/** Copied from elsewhere and kept as they are (`scripts/sync-shared.mjs`). */
const copied = /^(tests\/conformance\/(programs|judge\.mjs)|bench\/(lib|workloads|run\.mjs|make-data\.mjs))/;

/** Files of ours under these folders with one of these endings, as paths relative to the repository. */
export function sourceFiles(folders: readonly string[], endings: readonly string[]): readonly string[] {
  return folders
    .filter((folder) => existsSync(join(repository, folder)))
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !copied.test(path));
}

export const readSource = (path: string): string => readFileSync(join(repository, path), 'utf8');
