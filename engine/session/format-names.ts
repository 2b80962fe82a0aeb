import { SparkError } from '../core/spark-error.ts';

/** Class names that stand for a short one; Spark accepts both. */
const classNames: Readonly<Record<string, string>> = {
  'org.apache.spark.sql.execution.datasources.json.jsonfileformat': 'json',
  'org.apache.spark.sql.execution.datasources.csv.csvfileformat': 'csv',
  'org.apache.spark.sql.execution.datasources.parquet.parquetfileformat': 'parquet',
  'org.apache.spark.sql.json': 'json',
  'org.apache.spark.sql.parquet': 'parquet',
  'com.databricks.spark.csv': 'csv',
  'org.apache.spark.sql.kafka010.kafkasourceprovider': 'kafka',
};

/** Formats that Spark has and Marea lacks: refused by name, never as unknown. */
const lacking: ReadonlySet<string> = new Set(['orc', 'avro', 'libsvm', 'binaryfile', 'image', 'hive', 'delta']);

/** The catalogue's row for a format as the learner typed it; Spark's `DATA_SOURCE_NOT_FOUND` otherwise. */
export function findFormat<Format extends { readonly format: string }>(formats: readonly Format[], typed: string, use: 'read' | 'write'): Format {
  const name = classNames[typed.toLowerCase()] ?? typed.toLowerCase();
  const found = formats.find((format) => format.format.toLowerCase() === name);
  if (found) return found;
  if (lacking.has(name)) {
    throw new SparkError('UnsupportedOperationException', `[NOT_SUPPORTED_BY_MAREA] Marea cannot ${use} the format ${typed}. Spark 3.5 does: run this notebook on real Spark.`, { blame: 'marea' });
  }
  if (name === 'kafka') {
    const advice = 'Please deploy the application as per the deployment section of Structured Streaming + Kafka Integration Guide.';
    throw new SparkError('AnalysisException', `Failed to find data source: kafka. ${advice}`);
  }
  throw dataSourceNotFound(typed);
}

export const dataSourceNotFound = (format: string): SparkError =>
  new SparkError(
    { java: 'org.apache.spark.SparkClassNotFoundException' },
    `[DATA_SOURCE_NOT_FOUND] Failed to find the data source: ${format}. Please find packages at \`https://spark.apache.org/third-party-projects.html\`.`,
    { condition: 'DATA_SOURCE_NOT_FOUND', sqlState: '42K02' },
  );
