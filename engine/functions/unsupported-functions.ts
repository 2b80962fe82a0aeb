import { stringType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { sql } from '../core/sql-text.ts';
import type { FunctionTable, ScalarFunction } from './define-function.ts';

const refused = (name: string): ScalarFunction => ({
  kind: 'scalar',
  takes: ['any'],
  optional: 1,
  variadic: true,
  returns: stringType,
  check: () => {
    throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `the function ${name}` });
  },
  sql: () => sql`NULL`,
  examples: [],
});

const names = [
  'aes_decrypt',
  'aes_encrypt',
  'bitmap_bit_position',
  'bitmap_bucket_number',
  'bitmap_construct_agg',
  'bitmap_count',
  'bitmap_or_agg',
  'count_min_sketch',
  'histogram_numeric',
  'hll_sketch_agg',
  'hll_sketch_estimate',
  'hll_union',
  'hll_union_agg',
  'input_file_block_length',
  'input_file_block_start',
  'java_method',
  'reflect',
  'sentences',
  'sql_keywords',
  'to_binary',
  'to_char',
  'to_number',
  'to_varchar',
  'try_aes_decrypt',
  'try_to_binary',
  'try_to_number',
  'xpath',
  'xpath_boolean',
  'xpath_double',
  'xpath_float',
  'xpath_int',
  'xpath_long',
  'xpath_number',
  'xpath_short',
  'xpath_string',
] as const;

/** Functions of Spark 3.5 that Marea does not have: known, and refused by name. */
export const unsupportedFunctions: FunctionTable = Object.fromEntries(names.map((name) => [name, refused(name)]));
