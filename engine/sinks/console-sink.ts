import type { BatchOutput, SinkContext, SinkFormat, WriteRequest } from '../api/sink.ts';
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
      const { numRows, truncate } = consoleOptions(request);
      const table = await shownTable(batch, numRows, truncate, context);
      context.print(consoleBatch(batch.batchId, table));
      return { rows: await batch.rowCount() };
    },
    close: async () => undefined,
  }),
  writeBatch: async (request, _mode, output, context) => {
    const { numRows, truncate } = consoleOptions(request);
    context.print(`${await shownTable(output, numRows, truncate, context)}\n`);
  },
};

/** `numRows` an integer, `truncate` true or false: a number of letters is refused. */
export function consoleOptions(request: WriteRequest): { readonly numRows: number; readonly truncate: number } {
  const rows = request.options.get('numRows') ?? '20';
  if (!/^[+-]?\d+$/.test(rows)) throw new SparkError('NumberFormatException', `For input string: "${rows}"`);
  const truncate = (request.options.get('truncate') ?? 'true').toLowerCase();
  if (truncate !== 'true' && truncate !== 'false')
    throw new SparkError('IllegalArgumentException', `${request.options.get('truncate') ?? ''} is not a boolean string.`);
  return { numRows: Number(rows), truncate: truncate === 'true' ? 20 : 0 };
}

async function shownTable(output: BatchOutput, numRows: number, truncate: number, context: SinkContext): Promise<string> {
  const shown = Math.max(0, numRows);
  // One row more than shown says whether "only showing top …" is due.
  const rows = await output.rows(shown + 1);
  return showString(rows, output.schema, { numRows: shown, truncate, vertical: false, zone: context.zone });
}
