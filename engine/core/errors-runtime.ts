import type { ErrorRow } from './error-row.ts';

const legacy = { legacy: true } as const;
type NoParameters = Readonly<Record<never, never>>;

/** Errors of running queries: sources, sinks, checkpoints, state, values at run time. Rows named `_LEGACY_…` print no code, as in Spark 3.5. */
export const runtimeErrors = {
  PATH_NOT_FOUND: {
    class: 'AnalysisException',
    sqlState: '42K03',
    message: (p: { path: string }) => `Path does not exist: ${p.path}.`,
  },
  PATH_ALREADY_EXISTS: {
    class: 'AnalysisException',
    sqlState: '42K04',
    message: (p: { path: string }) =>
      `Path ${p.path} already exists. Set mode as "overwrite" to overwrite the existing path.`,
  },
  UNABLE_TO_INFER_SCHEMA: {
    class: 'AnalysisException',
    sqlState: '42KD9',
    message: (p: { format: string }) => `Unable to infer schema for ${p.format}. It must be specified manually.`,
  },
  DATA_SOURCE_NOT_FOUND: {
    class: { java: 'org.apache.spark.SparkClassNotFoundException' },
    sqlState: '42K02',
    message: (p: { provider: string }) =>
      `Failed to find the data source: ${p.provider}. Please find packages at \`https://spark.apache.org/third-party-projects.html\`.`,
  },
  UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE: {
    class: 'AnalysisException',
    message: (p: { format: string; columnName: string; columnType: string }) =>
      `The ${p.format} datasource doesn't support the column ${p.columnName} of the type "${p.columnType}".`,
  },
  TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS: {
    class: 'AnalysisException',
    sqlState: '428EK',
    message: (p: { actualName: string }) =>
      `CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: ${p.actualName}.`,
  },
  CONCURRENT_STREAM_LOG_UPDATE: {
    class: { java: 'org.apache.spark.SparkException' },
    sqlState: '40000',
    message: (p: { batchId: string }) =>
      `Concurrent update to the log. Multiple streaming jobs detected for ${p.batchId}.\nPlease make sure only one streaming job runs on a specific checkpoint location at a time.`,
  },
  STREAM_FAILED: {
    class: 'StreamingQueryException',
    message: (p: { id: string; runId: string; message: string }) =>
      `Query [id = ${p.id}, runId = ${p.runId}] terminated with exception: ${p.message}`,
  },
  _LEGACY_ERROR_TEMP_1131: {
    ...legacy,
    class: 'AnalysisException',
    message: (p: { format: string; mode: string }) => `Data source ${p.format} does not support ${p.mode} output mode.`,
  },
  _LEGACY_ERROR_TEMP_1140: {
    ...legacy,
    class: 'AnalysisException',
    message: (_none: NoParameters) =>
      'Failed to find data source: kafka. Please deploy the application as per the deployment section of Structured Streaming + Kafka Integration Guide.',
  },
  _LEGACY_ERROR_TEMP_1194: {
    ...legacy,
    class: 'AnalysisException',
    message: (_none: NoParameters) => 'queryName must be specified for memory sink.',
  },
  _LEGACY_ERROR_TEMP_1196: {
    ...legacy,
    class: 'AnalysisException',
    message: (p: { column: string; columns: string }) =>
      `Partition column ${p.column} not found in existing columns (${p.columns}).`,
  },
  _LEGACY_ERROR_TEMP_1197: {
    ...legacy,
    class: 'AnalysisException',
    message: (p: { source: string }) => `'${p.source}' does not support partitioning.`,
  },
  _LEGACY_ERROR_TEMP_1188: {
    ...legacy,
    class: 'AnalysisException',
    message: (p: { method: string }) =>
      `There is a 'path' option set and ${p.method}() is called with a path parameter. Either remove the path option, or call ${p.method}() without the parameter. To ignore this check, set 'spark.sql.legacy.pathOptionBehavior.enabled' to 'true'.`,
  },
  _LEGACY_ERROR_TEMP_1298: {
    ...legacy,
    class: 'AnalysisException',
    message: (_none: NoParameters) =>
      'checkpointLocation must be specified either through option("checkpointLocation", ...) or SparkSession.conf.set("spark.sql.streaming.checkpointLocation", ...).',
  },
  _LEGACY_ERROR_TEMP_1299: {
    ...legacy,
    class: 'AnalysisException',
    message: (p: { path: string }) =>
      `This query does not support recovering from checkpoint location. Delete ${p.path} to start over.`,
  },
  _LEGACY_ERROR_TEMP_1321: {
    ...legacy,
    class: 'AnalysisException',
    message: (p: { name: string }) => `Invalid view name: ${p.name}.`,
  },
  _LEGACY_ERROR_TEMP_2047: {
    ...legacy,
    class: 'IllegalArgumentException',
    message: (_none: NoParameters) => "'path' is not specified.",
  },
  _LEGACY_ERROR_TEMP_2048: {
    ...legacy,
    class: 'IllegalArgumentException',
    message: (_none: NoParameters) =>
      "Schema must be specified when creating a streaming source DataFrame. If some files already exist in the directory, then depending on the file format you may be able to create a static DataFrame on that directory with 'spark.read.load(directory)' and infer schema from it.",
  },
  _LEGACY_ERROR_TEMP_2049: {
    ...legacy,
    class: 'UnsupportedOperationException',
    message: (p: { format: string; operation: string }) =>
      `Data source ${p.format} does not support streamed ${p.operation}.`,
  },
  _LEGACY_ERROR_TEMP_2242: {
    ...legacy,
    class: 'UnsupportedOperationException',
    message: (p: { provider: string }) => `${p.provider} source does not support user-specified schema.`,
  },
  MULTIPLE_STREAMS_ON_CHECKPOINT: {
    ...legacy,
    class: { java: 'java.lang.IllegalStateException' },
    message: (p: { id: string }) =>
      `Cannot start query with id ${p.id} as another query with same id is already active. Perhaps you are attempting to restart a query from checkpoint that is already active. You may stop the old query by setting the SQL configuration: spark.conf.set("spark.sql.streaming.stopActiveRunOnRestart", true) and retry.`,
  },
  QUERY_NAME_IN_USE: {
    ...legacy,
    class: 'IllegalArgumentException',
    message: (p: { name: string }) =>
      `Cannot start query with name ${p.name} as a query with that name is already active in this SparkSession`,
  },
  STATE_SCHEMA_NOT_COMPATIBLE: {
    ...legacy,
    class: { java: 'org.apache.spark.SparkException' },
    message: (p: { providedKey: string; existingKey: string; providedValue: string; existingValue: string }) =>
      "Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (localhost executor driver): org.apache.spark.sql.execution.streaming.state.StateSchemaNotCompatible: Provided schema doesn't match to the schema for existing state! Please note that Spark allow difference of field name: check count of fields and data type of each field.\n" +
      `- Provided key schema: ${p.providedKey}\n- Existing key schema: ${p.existingKey}\n- Provided value schema: ${p.providedValue}\n- Existing value schema: ${p.existingValue}\n` +
      'If you want to force running query without schema validation, please set spark.sql.streaming.stateStore.stateSchemaCheck to false.\nPlease note running query with incompatible schema could cause indeterministic behavior.',
  },
  STATELESS_AGGREGATE_IN_STREAM: {
    ...legacy,
    class: { java: 'org.apache.spark.SparkException' },
    message: (_: Readonly<Record<string, never>>) =>
      'Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (localhost executor driver): java.util.NoSuchElementException: None.get',
  },
  STATE_NOT_AT_BATCH: {
    ...legacy,
    class: { java: 'java.lang.IllegalStateException' },
    message: (p: { path: string; found: string; expected: string }) =>
      `Error reading state: the state in ${p.path} belongs to batch ${p.found}, and the offset log needs batch ${p.expected}. The checkpoint was changed by hand; nothing was touched.`,
  },
  NOT_SUPPORTED_BY_MAREA: {
    class: 'UnsupportedOperationException',
    sqlState: '0A000',
    blame: 'marea',
    message: (p: { feature: string }) =>
      `Marea does not have ${p.feature}. Spark 3.5 does: run this notebook on real Spark.`,
  },
} as const satisfies Record<string, ErrorRow>;
