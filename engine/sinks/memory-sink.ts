import type { SinkFormat } from '../api/sink.ts';
import { sparkError } from '../core/spark-error.ts';

/** A table of the session named as the query. Append and update add the rows of every batch, complete replaces them. */
export const memorySink: SinkFormat = {
  format: 'memory',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  recoversOnlyInComplete: true,
  openStream: async (request, query, context) => {
    if (request.partitionBy.length > 0) throw sparkError('_LEGACY_ERROR_TEMP_1197', { source: 'memory' });
    if (query.name === undefined) throw sparkError('_LEGACY_ERROR_TEMP_1194', {});
    const { name } = query;
    checkViewName(name);
    const tableKey = `memory_${query.runId}`;
    await context.tables.create(tableKey, request.schema);
    let latest = -1;
    return {
      description: 'MemorySink',
      reportsRows: true,
      started: () => context.tables.expose(name, tableKey, request.schema),
      write: async (batch) => {
        // A repeated batch is already in the table.
        if (batch.batchId <= latest) return { rows: 0 };
        await batch.copyToTable(tableKey, batch.mode === 'complete' ? 'replace' : 'append');
        latest = batch.batchId;
        return { rows: await batch.rowCount() };
      },
      close: async () => undefined,
    };
  },
};

/** A query name must do as the name of a temporary view. */
export function checkViewName(name: string): void {
  if (/^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)+$/.test(name))
    throw sparkError('TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS', { actualName: name });
  if (!/^[A-Za-z0-9_]+$/.test(name) || /^\d+$/.test(name)) throw sparkError('_LEGACY_ERROR_TEMP_1321', { name });
}
