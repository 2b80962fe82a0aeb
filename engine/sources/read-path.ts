import type { PathPair, ReadRequest } from '../api/source.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';

/** The paths of a `load()`; the session has already joined argument and `path` option. Throws Spark's error for an empty one. */
export function readPaths(request: ReadRequest): readonly PathPair[] {
  for (const path of request.paths)
    if (path.spelling === '')
      throw new SparkError('IllegalArgumentException', 'Can not create a Path from an empty string');
  return request.paths;
}

/** The one path a streaming read takes. */
export function streamPath(request: ReadRequest): PathPair {
  const [path] = readPaths(request);
  if (path === undefined) throw sparkError('_LEGACY_ERROR_TEMP_2047', {});
  return path;
}
