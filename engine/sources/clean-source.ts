import type { Files } from '../api/files.ts';
import type { PathPair } from '../api/source.ts';
import { SparkError } from '../core/spark-error.ts';
import type { FileStreamOptions } from './file-stream-options.ts';

/** `cleanSource`: removes or archives files that a committed batch has read. A file that cannot be moved is left, as in Spark. */
export async function cleanFiles(paths: readonly string[], options: FileStreamOptions, files: Files): Promise<void> {
  const archive =
    options.archiveFolder === undefined ? undefined : files.resolve(options.archiveFolder).replace(/\/+$/, '');
  for (const path of paths) {
    if ((await files.stat(path)) === null) continue;
    if (options.clean === 'delete') await files.remove(path);
    else if (archive !== undefined) {
      const target = `${archive}${path}`;
      await files.makeFolder(target.slice(0, target.lastIndexOf('/')));
      await files.rename(path, target);
    }
  }
}

/** An archive inside the source would be read again. Throws Spark's sentence. */
export function checkArchiveFolder(options: FileStreamOptions, source: PathPair, files: Files): void {
  if (options.clean !== 'archive' || options.archiveFolder === undefined) return;
  const archive = files.resolve(options.archiveFolder).replace(/\/+$/, '');
  const base = source.absolute.replace(/\/+$/, '');
  if (archive === base || archive.startsWith(`${base}/`) || base.startsWith(`${archive}/`))
    throw new SparkError(
      'IllegalArgumentException',
      `requirement failed: Base archive path cannot be set to the path where archived path can possibly match with source pattern. Ensure the base archive path doesn't match with source pattern in depth, where the depth is minimum of depth on both paths.`,
    );
}
