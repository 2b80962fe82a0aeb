import type { StructType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';
import { showString } from './show-string.ts';

const rule = '-'.repeat(43);

export type ConsoleOptions = { readonly numRows: number; readonly isTruncated: boolean; readonly zone: string };

/** What the console sink prints for one batch; the blank line at the end is Spark's. `rows`: one more than `numRows` where there are more. */
export function consoleBatch(
  batchId: number,
  rows: readonly Row[],
  schema: StructType,
  options: ConsoleOptions,
): string {
  const { numRows, isTruncated, zone } = options;
  const table = showString(rows, schema, { numRows, truncate: isTruncated ? 20 : 0, vertical: false, zone });
  return `${rule}\nBatch: ${batchId}\n${rule}\n${table}\n`;
}
