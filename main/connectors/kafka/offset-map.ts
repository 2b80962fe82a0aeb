import { SparkError } from '../../../engine/core/spark-error.ts';
import { partitionName, type TopicPartition } from './kafka-record.ts';

export type PartitionOffset = TopicPartition & { readonly offset: number };

/** Offsets by partition name, in order of topic and partition. An offset is the one to read next, as Kafka's `position()`. */
export type OffsetMap = ReadonlyMap<string, PartitionOffset>;

/** Offsets that stand for an end of the partition in a learner's JSON. */
export const latestOffset = -1;
export const earliestOffset = -2;

export function offsetMap(offsets: Iterable<PartitionOffset>): OffsetMap {
  const sorted = [...offsets].toSorted((a, b) => byText(a.topic, b.topic) || a.partition - b.partition);
  return new Map(sorted.map((entry) => [partitionName(entry), entry]));
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** `{"t":{"0":5}}`, as Spark logs it. */
export function offsetsToJson(offsets: OffsetMap): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const json: Record<string, Record<string, number>> = {};
  for (const { topic, partition, offset } of offsets.values()) (json[topic] ??= {})[partition] = offset;
  return json;
}

/** Reads what `offsetsToJson` wrote, or a learner's text; undefined for what is no such object. */
export function offsetsFromJson(json: unknown): OffsetMap | undefined {
  const entries: PartitionOffset[] = [];
  if (!isObject(json)) return undefined;
  for (const [topic, partitions] of Object.entries(json)) {
    if (!isObject(partitions)) return undefined;
    for (const [partition, value] of Object.entries(partitions)) {
      const offset = typeof value === 'number' || typeof value === 'string' ? Math.trunc(Number(value)) : Number.NaN;
      if (!/^\d+$/.test(partition) || Number.isNaN(offset)) return undefined;
      entries.push({ topic, partition: Number(partition), offset });
    }
  }
  return offsetMap(entries);
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `startingOffsets` and `endingOffsets` as JSON. */
export function parseOffsets(text: string): OffsetMap {
  const offsets = offsetsFromJson(parsed(text));
  if (offsets) return offsets;
  throw new SparkError(
    'IllegalArgumentException',
    `Expected e.g. {"topicA":{"0":23,"1":-1},"topicB":{"0":-2}}, got ${text}`,
  );
}

/** `startingOffsetsByTimestamp` and its like: milliseconds in the place of offsets. */
export function parseTimestamps(text: string): OffsetMap {
  const times = offsetsFromJson(parsed(text));
  if (times) return times;
  throw new SparkError(
    'IllegalArgumentException',
    `Expected e.g. {"topicA": {"0": 123456789, "1": 123456789},\n"topicB": {"0": 123456789, "1": 123456789}}, got ${text}`,
  );
}

/** `assign`: `{"t":[0,1]}`. */
export function parsePartitions(text: string): readonly TopicPartition[] {
  const json = parsed(text);
  if (isObject(json) && Object.values(json).every((list) => Array.isArray(list) && list.every(Number.isInteger)))
    return Object.entries(json).flatMap(([topic, list]) =>
      (list as readonly number[]).map((partition) => ({ topic, partition })),
    );
  throw new SparkError('IllegalArgumentException', `Expected e.g. {"topicA":[0,1],"topicB":[0,1]}, got ${text}`);
}

/** `Set(t-0, t-1)`, as Scala prints it. */
export const partitionSet = (partitions: Iterable<TopicPartition>): string =>
  `Set(${[...partitions].map(partitionName).join(', ')})`;
