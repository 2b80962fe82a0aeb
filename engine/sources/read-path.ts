import type { PathPair, ReadRequest, SourceContext } from '../api/source.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';

/** The paths of a `load()`: its argument or the `path` option, never both. Throws Spark's errors for none, both and an empty one. */
export function readPaths(request: ReadRequest, context: SourceContext): readonly PathPair[] {
  const option = request.options.get('path');
  const allowsBoth = context.conf('spark.sql.legacy.pathOptionBehavior.enabled') === 'true';
  if (request.paths.length > 0) {
    if (option !== undefined && !allowsBoth) throw sparkError('_LEGACY_ERROR_TEMP_1188', { method: 'load' });
    return request.paths.map(notEmpty);
  }
  return option === undefined ? [] : [notEmpty({ spelling: option, absolute: context.files.resolve(option) })];
}

function notEmpty(path: PathPair): PathPair {
  if (path.spelling === '') throw new SparkError('IllegalArgumentException', 'Can not create a Path from an empty string');
  return path;
}

/** The one path a streaming read takes. */
export function streamPath(request: ReadRequest, context: SourceContext): PathPair {
  const [path] = readPaths(request, context);
  if (path === undefined) throw sparkError('_LEGACY_ERROR_TEMP_2047', {});
  return path;
}
