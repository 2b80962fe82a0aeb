/**
 * The settings that Spark keeps in each entry of the offset log, in its order, with their defaults. On restart the logged values win over the session's:
 * state was partitioned and watermarks were combined by them.
 */
const kept: readonly (readonly [string, string])[] = [
  [
    'spark.sql.streaming.stateStore.providerClass',
    'org.apache.spark.sql.execution.streaming.state.HDFSBackedStateStoreProvider',
  ],
  ['spark.sql.streaming.join.stateFormatVersion', '2'],
  ['spark.sql.streaming.stateStore.compression.codec', 'lz4'],
  ['spark.sql.optimizer.pruneFiltersCanPruneStreamingSubplan', 'false'],
  ['spark.sql.streaming.stateStore.rocksdb.formatVersion', '5'],
  ['spark.sql.streaming.statefulOperator.useStrictDistribution', 'true'],
  ['spark.sql.streaming.flatMapGroupsWithState.stateFormatVersion', '2'],
  ['spark.sql.streaming.multipleWatermarkPolicy', 'min'],
  ['spark.sql.streaming.aggregation.stateFormatVersion', '2'],
  ['spark.sql.shuffle.partitions', '200'],
];

export type Confs = (key: string) => string | undefined;

/** What a new offset entry records, from the confs in force for the query. */
export const confsToLog = (conf: Confs): Readonly<Record<string, string>> =>
  Object.fromEntries(kept.map(([key, fallback]) => [key, conf(key) ?? fallback]));

/** The session's confs with those of a recovered offset entry on top. */
export const withLoggedConfs = (conf: Confs, logged: Readonly<Record<string, string>>): Confs => {
  const names = new Set(kept.map(([key]) => key));
  return (key) => (names.has(key) ? logged[key] : undefined) ?? conf(key);
};
