import type { SourceFormat } from '../api/source.ts';
import { sparkError } from '../core/spark-error.ts';
import { csvFormat } from './csv-format.ts';
import { fileSource } from './file-source.ts';
import { jsonFormat } from './json-format.ts';
import { parquetFormat } from './parquet-format.ts';
import { rateMicroBatchSource } from './rate-micro-batch-source.ts';
import { rateSource } from './rate-source.ts';
import { textFormat } from './text-format.ts';

/** Every source the engine has by itself; sockets, Kafka, JDBC and MongoDB are passed in. */
export const sources: readonly SourceFormat[] = [
  fileSource(jsonFormat),
  fileSource(csvFormat),
  fileSource(parquetFormat),
  fileSource(textFormat),
  rateSource,
  rateMicroBatchSource,
];

/** Formats of Spark that Marea refuses by name. */
const missing: ReadonlySet<string> = new Set([
  'orc',
  'avro',
  'delta',
  'hudi',
  'iceberg',
  'binaryfile',
  'xml',
  'libsvm',
]);

/** Full names of formats that learners copy from old code. */
const classNames: Readonly<Record<string, string>> = {
  'org.apache.spark.sql.json': 'json',
  'org.apache.spark.sql.parquet': 'parquet',
  'org.apache.spark.sql.execution.datasources.json.jsonfileformat': 'json',
  'org.apache.spark.sql.execution.datasources.csv.csvfileformat': 'csv',
  'com.databricks.spark.csv': 'csv',
  'com.mongodb.spark.sql.connector.mongotableprovider': 'mongodb',
};

/**
 * The format a learner named. `extra`: formats passed in as ports. Throws `DATA_SOURCE_NOT_FOUND`, Spark's sentence for Kafka without its package,
 * and `NOT_SUPPORTED_BY_MAREA`.
 */
export function findSource(name: string, extra: readonly SourceFormat[]): SourceFormat {
  const lower = name.toLowerCase();
  const wanted = classNames[lower] ?? lower;
  const found = [...extra, ...sources].find((source) => source.format === wanted);
  if (found) return found;
  if (wanted === 'kafka') throw sparkError('_LEGACY_ERROR_TEMP_1140', {});
  if (missing.has(wanted)) throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `the ${name} format` });
  throw sparkError('DATA_SOURCE_NOT_FOUND', { provider: name });
}
