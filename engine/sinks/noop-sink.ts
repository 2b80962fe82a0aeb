import type { SinkFormat } from '../api/sink.ts';
import { javaIdentity } from './java-identity.ts';

/** Runs everything and keeps nothing. */
export const noopSink: SinkFormat = {
  format: 'noop',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  openStream: async () => ({
    description: javaIdentity('org.apache.spark.sql.execution.datasources.noop.NoopTable$'),
    reportsRows: true,
    write: async (batch) => ({ rows: await batch.rowCount() }),
    close: async () => undefined,
  }),
  writeBatch: async (_request, _mode, output) => {
    await output.rowCount();
  },
};
