import { inferJsonSchema } from '../functions/json-infer.ts';
import { readJsonSelect } from '../functions/json-read.ts';
import type { FileFormat } from './file-format.ts';

export const jsonFormat: FileFormat = {
  name: 'json',
  displayName: 'JSON',
  counts: 'rows_after_pushed_filters',
  select: async (files, schema, options, context) => readJsonSelect(files, schema, options, context),
  inferSchema: (files, options, context) => inferJsonSchema(files, options, context),
};
