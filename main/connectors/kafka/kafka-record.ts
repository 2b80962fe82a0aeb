export type TopicPartition = { readonly topic: string; readonly partition: number };

/** A header as it travels: keys may repeat, values may be missing. */
export type RecordHeader = { readonly key: string; readonly value: Uint8Array | null };

/** A record read from a partition. */
export type KafkaRecord = {
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestampMs: number;
  /** The time is the broker's (`LogAppendTime`), not the producer's. */
  readonly isLogAppendTime: boolean;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
};

/** A record to write. */
export type RecordToSend = Pick<KafkaRecord, 'key' | 'value' | 'headers'> & { readonly timestampMs?: number };

/** As Kafka and Spark write it: `bizum-0`. */
export const partitionName = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

/** Items under their topic, in order. */
export function byTopic<Item extends { readonly topic: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.topic);
    if (group === undefined) groups.set(item.topic, [item]);
    else group.push(item);
  }
  return groups;
}
