import type { SinkFormat } from '../api/sink.ts';
import { sparkError } from '../core/spark-error.ts';
import type { Row } from '../core/spark-value.ts';
import { javaIdentity } from './java-identity.ts';

/** `foreach(function or writer)`: rows go to the learner's kernel; `functionKey` names the writer there. */
export const foreachSink = (functionKey: string): SinkFormat => ({
  format: 'foreach',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  openStream: async (request, _query, context) => {
    if (request.partitionBy.length > 0) throw sparkError('_LEGACY_ERROR_TEMP_1197', { source: 'foreach' });
    return {
      description: `ForeachWriterTable(${javaIdentity('org.apache.spark.sql.execution.python.PythonForeachWriter')},Right(${javaIdentity('org.apache.spark.sql.execution.python.PythonForeachWriter$UnsafeRowBuffer')}))`,
      reportsRows: true,
      write: async (batch) => {
        const rows: Row[] = [];
        for await (const block of batch.blocks()) rows.push(...block);
        // One partition: the writer's open, process and close run once for each batch.
        await context.python.callForeach(functionKey, rows, request.schema, 0, batch.batchId);
        return { rows: rows.length };
      },
      close: async () => undefined,
    };
  },
});
