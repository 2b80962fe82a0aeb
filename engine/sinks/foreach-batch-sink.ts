import type { SinkFormat } from '../api/sink.ts';
import { sparkError } from '../core/spark-error.ts';

/**
 * `foreachBatch(function)`: the batch becomes a table of the session's own instance, outside the state's transaction, so that an error the learner
 * catches harms nothing. `functionKey` names the function in the learner's kernel.
 */
export const foreachBatchSink = (functionKey: string): SinkFormat => ({
  format: 'foreachBatch',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  openStream: async (request, query, context) => {
    if (request.partitionBy.length > 0) throw sparkError('_LEGACY_ERROR_TEMP_1197', { source: 'foreachBatch' });
    let previous: string | undefined;
    return {
      description: 'ForeachBatchSink',
      reportsRows: false,
      write: async (batch) => {
        // A frame kept by the function stays readable until the next batch.
        if (previous !== undefined) await context.tables.drop(previous);
        const tableKey = `batch_${query.runId}_${batch.batchId}`;
        previous = tableKey;
        await context.tables.create(tableKey, request.schema, (await batch.partitionCount?.()) ?? null);
        await batch.copyToTable(tableKey, 'append');
        await context.python.callForeachBatch(functionKey, tableKey, batch.batchId);
        return { rows: await batch.rowCount(), usage: context.tables.usage(tableKey) };
      },
      close: async () => {
        if (previous !== undefined) await context.tables.drop(previous);
      },
    };
  },
});
