import { field, stringType, structType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { sql, sqlJoin, sqlName, sqlString } from '../core/sql-text.ts';
import type { FileFormat } from './file-format.ts';

const valueSchema = structType([field('value', stringType)]);

/** One row for each line (`\n`, `\r\n`, `\r`, or `lineSep`), or for each file with `wholetext`. */
export const textFormat: FileFormat = {
  name: 'text',
  displayName: 'Text',
  counts: 'every_row',
  fixedSchema: valueSchema,
  select: async (files, schema, options) => {
    if (schema.fields.length > 1 || (schema.fields[0] && schema.fields[0].type.kind !== 'string'))
      throw sparkError('NOT_SUPPORTED_BY_MAREA', {
        feature: 'a schema other than one string column for the text format',
      });
    const list = sql`[${sqlJoin(files.map(sqlString), ', ')}]`;
    if (options.get('wholetext')?.toLowerCase() === 'true')
      return sql`SELECT content AS ${sqlName('f0')} FROM read_text(${list})`;
    const separator = options.get('lineSep');
    // A final separator ends the last line and starts no new one; an empty file has no line.
    const lines =
      separator === undefined
        ? sql`string_split(replace(replace(content, chr(13) || chr(10), chr(10)), chr(13), chr(10)), chr(10))`
        : sql`string_split(content, ${sqlString(separator)})`;
    return sql`SELECT unnest(CASE WHEN len(l) > 0 AND l[-1] = '' THEN l[1:-2] ELSE l END) AS ${sqlName('f0')} FROM (SELECT ${lines} AS l FROM read_text(${list}))`;
  },
  inferSchema: async () => valueSchema,
};
