import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { SinkFormat } from '../../../engine/api/sink.ts';
import type { SourceFormat } from '../../../engine/api/source.ts';
import { field, stringType, structType, timestampType } from '../../../engine/core/data-type.ts';
import { SparkError, sparkError } from '../../../engine/core/spark-error.ts';
import { readSocketOptions } from './socket-options.ts';
import { SocketStream } from './socket-stream.ts';

const format = 'socket';
const lines = structType([field('value', stringType)]);
const timedLines = structType([field('value', stringType), field('timestamp', timestampType)]);

/** `readStream.format("socket")`: lines of a TCP server. */
export function socketSource(endpoints: Pick<Endpoints, 'lines'>): SourceFormat {
  return {
    format,
    loadStream: async (request, context) => {
      if (request.schema !== undefined)
        throw sparkError('_LEGACY_ERROR_TEMP_2242', { provider: 'TextSocketSourceProvider' });
      const options = readSocketOptions(request.options);
      const world = { endpoints, clock: context.clock, cores: context.parallelism };
      return {
        schema: options.includeTimestamp ? timedLines : lines,
        description: format,
        open: async () => new SocketStream(options, world),
      };
    },
    loadBatch: async (request) => {
      readSocketOptions(request.options);
      throw new SparkError('AnalysisException', `${request.format} is not a valid Spark SQL Data Source.`, {
        condition: '_LEGACY_ERROR_TEMP_1135',
      });
    },
  };
}

/** Spark looks at a socket's options before it finds that nothing can be written to one. */
export const socketSink: SinkFormat = {
  format,
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: false,
  guarantee: 'at-least-once',
  openStream: async (request) => {
    readSocketOptions(request.options);
    throw sparkError('_LEGACY_ERROR_TEMP_2049', { format: request.format, operation: 'writing' });
  },
  writeBatch: async (request) => {
    readSocketOptions(request.options);
    throw new SparkError(
      { java: 'java.lang.IllegalStateException' },
      'org.apache.spark.sql.execution.streaming.sources.TextSocketSourceProvider does not allow create table as select.',
    );
  },
};
