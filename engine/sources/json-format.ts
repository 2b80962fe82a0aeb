import { isUtf8 } from 'node:buffer';
import type { SourceContext } from '../api/source.ts';
import { bulkJsonSelect, isPlainJson } from '../functions/json-bulk.ts';
import { inferJsonSchema } from '../functions/json-infer.ts';
import { readJsonSelect } from '../functions/json-read.ts';
import { regularJsonSelect } from './json-regular.ts';
import { damagedLinesOf } from '../functions/read-context.ts';
import type { FileFormat } from './file-format.ts';

/** From this size on, a look at the lines first pays: DuckDB's own reader is four times as fast as the one that reads every oddity as Spark does. */
const bulkBytes = 4 << 20;

/** Up to this size a file's bytes are looked at before DuckDB reads it: it refuses a whole file for one byte that is no UTF-8. */
const checkedBytes = 64 << 20;

export const jsonFormat: FileFormat = {
  name: 'json',
  displayName: 'JSON',
  counts: 'rows_after_pushed_filters',
  select: async (files, schema, options, context) => {
    const isPacked = files.some((file) => file.endsWith('.gz'));
    const regular = isPacked ? null : await regularJsonSelect(files, schema, options, context, context.files);
    if (regular !== null) return regular;
    const bytes = await totalBytes(files, context);
    if (options.get('encoding') === undefined && bytes <= checkedBytes && (await isDamaged(files, context)))
      return readJsonSelect(files, schema, options, context, damagedLinesOf(files));
    const isBulk = bytes >= bulkBytes && (await isPlainJson(files, schema, options, context));
    return isBulk ? bulkJsonSelect(files, schema, options, context) : readJsonSelect(files, schema, options, context);
  },
  inferSchema: (files, options, context) => inferJsonSchema(files, options, context),
};

async function totalBytes(files: readonly string[], context: SourceContext): Promise<number> {
  const stats = await Promise.all(files.map((file) => context.files.stat(file)));
  return stats.reduce((sum, file) => sum + (file?.size ?? 0), 0);
}

async function isDamaged(files: readonly string[], context: SourceContext): Promise<boolean> {
  for (const file of files) {
    if (!file.endsWith('.gz') && !isUtf8(await context.files.readBytes(file))) return true;
  }
  return false;
}
