import { inferCsvSchema, readCsvSelect } from '../functions/csv-read.ts';
import type { FileFormat } from './file-format.ts';

export const csvFormat: FileFormat = {
  name: 'csv',
  displayName: 'CSV',
  counts: 'rows_after_pushed_filters',
  select: async (files, schema, options, context) => readCsvSelect(files, schema, options, context),
  inferSchema: (files, options, context) => inferCsvSchema(files, options, context),
};
