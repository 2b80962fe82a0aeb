import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { Files } from '../../engine/api/files.ts';

/** The same disk under its roots, where a link that leads out of them is nothing at all: a confined program may have made it. */
export function withoutLinksOut(files: Files, roots: readonly string[]): Files {
  const real = roots.map((root) => realpathSync(root));
  const isInside = (path: string): boolean => {
    const place = realPath(path);
    return real.some((root) => place === root || place.startsWith(root + sep));
  };
  return {
    ...files,
    resolve: (spelling) => {
      const path = files.resolve(spelling);
      files.checkInside(isInside(path) ? path : realPath(path));
      return path;
    },
    stat: async (path) => (isInside(path) ? files.stat(path) : null),
    list: async (folder) => {
      const found = isInside(folder) ? await files.list(folder) : null;
      return found?.filter((entry) => isInside(entry.path)) ?? null;
    },
  };
}

/** Where a path really leads; the last parts of it need not exist yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
