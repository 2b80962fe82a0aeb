import { SparkError } from '../../../engine/core/spark-error.ts';
import { offsetsToJson, partitionSet, type OffsetMap } from './offset-map.ts';

const advice = 'The error could be transient - restart your query, and report if you still see the same issue.';

const changed = (condition: string, sentence: string, found: string): SparkError =>
  new SparkError({ java: 'org.apache.spark.SparkException' }, `[${condition}] ${sentence} ${advice}\n${found}`, {
    condition,
  });

/** With `availableNow`, the partitions of the first look must still hold what it found. Throws Spark's exceptions where they do not. */
export function checkAvailableNow(first: OffsetMap, end: OffsetMap, latest: OffsetMap): void {
  const isBeyond = (limit: OffsetMap): boolean =>
    [...end].some(([name, { offset }]) => offset > (limit.get(name)?.offset ?? 0));
  if (first.size !== end.size || [...end.keys()].some((name) => !first.has(name)))
    throw changed(
      'MISMATCHED_TOPIC_PARTITIONS_BETWEEN_END_OFFSET_AND_PREFETCHED',
      'Kafka data source in Trigger.AvailableNow should provide the same topic partitions in pre-fetched offset to end offset for each microbatch.',
      `topic-partitions for pre-fetched offset: ${partitionSet(first.values())}, topic-partitions for end offset: ${partitionSet(end.values())}.`,
    );
  if (isBeyond(first))
    throw changed(
      'END_OFFSET_HAS_GREATER_OFFSET_FOR_TOPIC_PARTITION_THAN_PREFETCHED',
      'For Kafka data source with Trigger.AvailableNow, end offset should have lower or equal offset per each topic partition than pre-fetched offset.',
      `pre-fetched offset: ${text(first)}, end offset: ${text(end)}.`,
    );
  if ([...end.keys()].some((name) => !latest.has(name)))
    throw changed(
      'LOST_TOPIC_PARTITIONS_IN_END_OFFSET_WITH_TRIGGER_AVAILABLENOW',
      'Some of partitions in Kafka topic(s) have been lost during running query with Trigger.AvailableNow.',
      `topic-partitions for latest offset: ${partitionSet(latest.values())}, topic-partitions for end offset: ${partitionSet(end.values())}`,
    );
  if (isBeyond(latest))
    throw changed(
      'END_OFFSET_HAS_GREATER_OFFSET_FOR_TOPIC_PARTITION_THAN_LATEST_WITH_TRIGGER_AVAILABLENOW',
      'Some of partitions in Kafka topic(s) report available offset which is less than end offset during running query with Trigger.AvailableNow.',
      `latest offset: ${text(latest)}, end offset: ${text(end)}`,
    );
}

const text = (offsets: OffsetMap): string => JSON.stringify(offsetsToJson(offsets));
