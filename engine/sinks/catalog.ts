import type { SinkFormat } from '../api/sink.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { consoleSink } from './console-sink.ts';
import { fileSink } from './file-sink.ts';
import { memorySink } from './memory-sink.ts';
import { noopSink } from './noop-sink.ts';

/** Every sink the engine has by itself, `foreach` and `foreachBatch` apart; Kafka, JDBC and MongoDB are passed in. */
export const sinks: readonly SinkFormat[] = [
  fileSink('parquet'),
  fileSink('json'),
  fileSink('csv'),
  fileSink('text'),
  consoleSink,
  memorySink,
  noopSink,
];

const missing: ReadonlySet<string> = new Set(['orc', 'avro', 'delta', 'hudi', 'iceberg', 'xml']);
/** Sources that exist and cannot be written as a stream. */
const readOnly: ReadonlySet<string> = new Set(['rate', 'rate-micro-batch', 'jdbc', 'binaryfile']);

/** Full names of formats, in lower case. */
const classNames: Readonly<Record<string, string>> = {
  'org.apache.spark.sql.execution.datasources.noop.noopdatasource': 'noop',
  'com.mongodb.spark.sql.connector.mongotableprovider': 'mongodb',
};

/**
 * The format of a `writeStream`. `extra`: formats passed in as ports. `memory` is a name of the writer itself, so another spelling of it is unknown;
 * console and noop under another spelling work but ask for a checkpoint, as in Spark.
 */
export function findStreamSink(name: string, extra: readonly SinkFormat[]): SinkFormat {
  if (name === 'memory') return memorySink;
  const lower = name.toLowerCase();
  if (lower === 'memory') throw sparkError('DATA_SOURCE_NOT_FOUND', { provider: name });
  const found = findSink(name, extra);
  if (found.openStream === undefined)
    throw sparkError('_LEGACY_ERROR_TEMP_2049', { format: name, operation: 'writing' });
  return name === found.format ? found : { ...found, needsCheckpoint: true };
}

/** The format of a batch write. */
export function findBatchSink(name: string, extra: readonly SinkFormat[]): SinkFormat {
  const found = findSink(name, extra);
  if (found.writeBatch === undefined)
    throw new SparkError('AnalysisException', `${name} does not allow create table as select.`, {
      condition: '_LEGACY_ERROR_TEMP_1153',
    });
  return found;
}

function findSink(name: string, extra: readonly SinkFormat[]): SinkFormat {
  const lower = name.toLowerCase();
  const wanted = classNames[lower] ?? lower;
  const found = [...extra, ...sinks].find((sink) => sink.format === wanted && sink.format !== 'memory');
  if (found) return found;
  if (wanted === 'kafka') throw sparkError('_LEGACY_ERROR_TEMP_1140', {});
  if (readOnly.has(wanted)) throw sparkError('_LEGACY_ERROR_TEMP_2049', { format: name, operation: 'writing' });
  if (missing.has(wanted)) throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `the ${name} format` });
  throw sparkError('DATA_SOURCE_NOT_FOUND', { provider: name });
}
