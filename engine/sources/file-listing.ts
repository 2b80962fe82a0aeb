import type { FileStat, Files } from '../api/files.ts';
import type { PathPair, SourceOptions } from '../api/source.ts';
import { fileLog } from '../core/file-log.ts';
import { pathOfUri } from '../core/file-uri.ts';
import { isGlob } from './glob.ts';
import { expandPath, listDataFiles } from './list-files.ts';

/** One line of a file sink's `_spark_metadata`, as far as readers need it. */
type SinkEntry = {
  readonly path: string;
  readonly size: number;
  readonly modificationTime: number;
  readonly action: string;
};

/** Data files under the learner's paths. `bases`: where partition folders start, one for each root. */
export type Listing = { readonly files: readonly FileStat[]; readonly baseOf: (file: string) => string };

/** A folder that a file sink wrote is read by its log: what is not in there does not count. */
export const hasSinkLog = async (path: PathPair, files: Files): Promise<boolean> =>
  !isGlob(path.spelling) && (await files.stat(`${path.absolute}/_spark_metadata`)) !== null;

/** Lists what a read of `paths` sees now. */
export async function listFiles(paths: readonly PathPair[], options: SourceOptions, files: Files): Promise<Listing> {
  const [only] = paths;
  const nameFilter = options.get('pathGlobFilter');
  const recursive = options.get('recursiveFileLookup')?.toLowerCase() === 'true';
  if (only !== undefined && paths.length === 1 && (await hasSinkLog(only, files)))
    return { files: await sinkFiles(only, files), baseOf: () => only.absolute };
  const roots = (await Promise.all(paths.map((path) => expandPath(path.absolute, files)))).flat();
  const basePath = options.get('basePath');
  const base = basePath === undefined ? undefined : files.resolve(basePath).replace(/\/+$/, '');
  const found = await listDataFiles(roots, { recursive, nameFilter }, files);
  const baseOf = (file: string): string =>
    base ?? roots.find((root) => root.isFolder && file.startsWith(`${root.path}/`))?.path ?? parent(file);
  return { files: found, baseOf };
}

async function sinkFiles(path: PathPair, files: Files): Promise<readonly FileStat[]> {
  const log = fileLog<SinkEntry>(
    `${path.absolute}/_spark_metadata`,
    files,
    10,
    `${path.spelling.replace(/\/+$/, '')}/_spark_metadata`,
  );
  return (await log.all()).map((entry) => {
    const absolute = pathOfUri(entry.path);
    return {
      path: absolute,
      name: absolute.slice(absolute.lastIndexOf('/') + 1),
      isFolder: false,
      size: entry.size,
      modifiedMs: entry.modificationTime,
    };
  });
}

const parent = (path: string): string => path.slice(0, path.lastIndexOf('/'));
