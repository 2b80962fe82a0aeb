import type { SinkFormat, WriteRequest } from '../api/sink.ts';
import { SparkError } from '../core/spark-error.ts';
import { consoleBatch } from '../display/console-batch.ts';
import { showString } from '../display/show-string.ts';
import { javaIdentity } from './java-identity.ts';

/** Prints every batch, empty ones too. Wrong options fail when the first batch runs, as in Spark. */
export const consoleSink: SinkFormat = {
  format: 'console',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  openStream: async (request, _query, context) => ({
    description: javaIdentity('org.apache.spark.sql.execution.streaming.ConsoleTable$'),
    reportsRows: true,
    write: async (batch) => {
      const { numRows, isTruncated } = consoleOptions(request);
      const shown = Math.max(0, numRows);
      // One row more than shown says whether "only showing top …" is due.
      context.print(
        consoleBatch(batch.batchId, await batch.rows(shown + 1), batch.schema, {
          numRows: shown,
          isTruncated,
          zone: context.zone,
        }),
      );
      return { rows: await batch.rowCount() };
    },
    close: async () => undefined,
  }),
  writeBatch: async (request, _mode, output, context) => {
    const { numRows, isTruncated } = consoleOptions(request);
    const rows = await output.rows(Math.max(0, numRows) + 1);
    context.print(
      `${showString(rows, output.schema, { numRows, truncate: isTruncated ? 20 : 0, vertical: false, zone: context.zone })}\n`,
    );
  },
};

/** `numRows` an integer, `truncate` true or false: a number of letters is refused. */
export function consoleOptions(request: WriteRequest): { readonly numRows: number; readonly isTruncated: boolean } {
  const rows = request.options.get('numRows') ?? '20';
  if (!/^[+-]?\d+$/.test(rows)) throw new SparkError('NumberFormatException', `For input string: "${rows}"`);
  const truncate = (request.options.get('truncate') ?? 'true').toLowerCase();
  if (truncate !== 'true' && truncate !== 'false')
    throw new SparkError(
      'IllegalArgumentException',
      `${request.options.get('truncate') ?? ''} is not a boolean string.`,
    );
  return { numRows: Number(rows), isTruncated: truncate === 'true' };
}
