/** A setting that Marea knows: its Spark 3.5 default and how its text is checked when it is set. */
export type ConfEntry = { readonly value: string | undefined; readonly takes: 'text' | 'int' | 'boolean' };

const text = (value?: string): ConfEntry => ({ value, takes: 'text' });
const int = (value: string): ConfEntry => ({ value, takes: 'int' });
const bool = (value: string): ConfEntry => ({ value, takes: 'boolean' });

/** Runtime SQL settings with Spark 3.5's defaults (`spark-semantics` §13). The session time zone defaults to the process's own. */
export const sqlConfDefaults: Readonly<Record<string, ConfEntry>> = {
  'spark.sql.shuffle.partitions': int('200'),
  'spark.sql.session.timeZone': text(),
  'spark.sql.ansi.enabled': bool('false'),
  'spark.sql.legacy.timeParserPolicy': text('EXCEPTION'),
  'spark.sql.caseSensitive': bool('false'),
  'spark.sql.sources.default': text('parquet'),
  'spark.sql.streaming.checkpointLocation': text(),
  'spark.sql.streaming.noDataMicroBatches.enabled': bool('true'),
  'spark.sql.streaming.multipleWatermarkPolicy': text('min'),
  'spark.sql.streaming.statefulOperator.allowMultiple': bool('true'),
  'spark.sql.streaming.statefulOperator.checkCorrectness.enabled': bool('true'),
  'spark.sql.streaming.unsupportedOperationCheck': bool('true'),
  'spark.sql.streaming.pollingDelay': int('10'),
  'spark.sql.streaming.noDataProgressEventInterval': int('10000'),
  'spark.sql.streaming.numRecentProgressUpdates': int('100'),
  'spark.sql.streaming.minBatchesToRetain': int('100'),
  'spark.sql.streaming.schemaInference': bool('false'),
  'spark.sql.streaming.fileSource.schema.forceNullable': bool('true'),
  'spark.sql.streaming.fileSource.log.compactInterval': int('10'),
  'spark.sql.streaming.fileSink.log.compactInterval': int('10'),
  'spark.sql.streaming.fileSource.cleaner.numThreads': int('1'),
  'spark.sql.streaming.stopActiveRunOnRestart': bool('true'),
  'spark.sql.streaming.stopTimeout': text('0'),
  'spark.sql.streaming.forceDeleteTempCheckpointLocation': bool('false'),
  'spark.sql.streaming.stateStore.providerClass': text(
    'org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider',
  ),
  'spark.sql.streaming.stateStore.rocksdb.formatVersion': int('5'),
  'spark.sql.streaming.stateStore.compression.codec': text('lz4'),
  'spark.sql.streaming.flatMapGroupsWithState.stateFormatVersion': int('2'),
  'spark.sql.streaming.aggregation.stateFormatVersion': int('2'),
  'spark.sql.streaming.join.stateFormatVersion': int('2'),
  'spark.sql.columnNameOfCorruptRecord': text('_corrupt_record'),
  'spark.sql.crossJoin.enabled': bool('true'),
  'spark.sql.retainGroupColumns': bool('true'),
  'spark.sql.repl.eagerEval.enabled': bool('false'),
  'spark.sql.repl.eagerEval.maxNumRows': int('20'),
  'spark.sql.repl.eagerEval.truncate': int('20'),
  'spark.sql.adaptive.enabled': bool('true'),
  'spark.sql.analyzer.failAmbiguousSelfJoin': bool('true'),
  'spark.sql.autoBroadcastJoinThreshold': text('10485760b'),
  'spark.sql.execution.arrow.pyspark.enabled': bool('false'),
  'spark.sql.files.maxPartitionBytes': text('134217728b'),
  'spark.sql.files.openCostInBytes': text('4194304b'),
  'spark.sql.legacy.pathOptionBehavior.enabled': bool('false'),
  'spark.sql.parquet.compression.codec': text('snappy'),
  'spark.sql.parquet.mergeSchema': bool('false'),
  'spark.sql.pyspark.jvmStacktrace.enabled': bool('false'),
  'spark.sql.sources.partitionOverwriteMode': text('STATIC'),
  'spark.sql.sources.partitionColumnTypeInference.enabled': bool('true'),
  'spark.sql.timestampType': text('TIMESTAMP_LTZ'),
};

/** Settings fixed when the session is made; setting them later is refused with Spark's text. */
export const staticConfs: ReadonlySet<string> = new Set([
  'spark.sql.warehouse.dir',
  'spark.sql.catalogImplementation',
  'spark.sql.extensions',
  'spark.sql.globalTempDatabase',
  'spark.sql.ui.retainedExecutions',
  'spark.sql.streaming.ui.enabled',
  'spark.sql.streaming.ui.retainedQueries',
  'spark.sql.streaming.streamingQueryListeners',
  'spark.sql.queryExecutionListeners',
  'spark.sql.cache.serializer',
  'spark.sql.sources.schemaStringLengthThreshold',
]);

/** Settings of the Spark core: readable, never changed by `spark.conf.set`. */
const coreConfs = new Set([
  'spark.master',
  'spark.app.name',
  'spark.app.id',
  'spark.submit.deployMode',
  'spark.driver.memory',
  'spark.driver.host',
  'spark.driver.port',
  'spark.executor.memory',
  'spark.executor.cores',
  'spark.executor.id',
  'spark.executor.instances',
  'spark.jars',
  'spark.jars.packages',
  'spark.local.dir',
  'spark.ui.enabled',
  'spark.ui.port',
  'spark.default.parallelism',
  'spark.serializer',
  'spark.eventLog.enabled',
  'spark.task.cpus',
  'spark.cores.max',
]);

/** Spark refuses to change a setting that its core registered; a name it never heard of is accepted. */
export const isCoreConf = (key: string): boolean => coreConfs.has(key);
