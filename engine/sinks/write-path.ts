import type { SinkContext, WriteRequest } from '../api/sink.ts';
import type { PathPair } from '../api/source.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';

/** The path of a `start(path)` or `save(path)`: its argument or the `path` option, never both. Throws Spark's errors for none, both and an empty one. */
export function writePath(request: WriteRequest, context: SinkContext, method: 'start' | 'save'): PathPair {
  const option = request.options.get('path');
  const allowsBoth = context.conf('spark.sql.legacy.pathOptionBehavior.enabled') === 'true';
  if (request.path !== undefined && option !== undefined && !allowsBoth)
    throw sparkError('_LEGACY_ERROR_TEMP_1188', { method });
  const path =
    request.path ?? (option === undefined ? undefined : { spelling: option, absolute: context.files.resolve(option) });
  if (path === undefined) throw sparkError('_LEGACY_ERROR_TEMP_2047', {});
  if (path.spelling === '')
    throw new SparkError('IllegalArgumentException', 'Can not create a Path from an empty string');
  return { spelling: path.spelling, absolute: path.absolute.replace(/\/+$/, '') || '/' };
}
