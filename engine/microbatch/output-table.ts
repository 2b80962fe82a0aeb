import { sqlName } from '../core/sql-text.ts';

/** The temporary table with the rows of the batch. */
export const outputTable = sqlName('batch_output');
