import { jobAborted } from '../../../engine/core/job-aborted.ts';
import type { SparkError } from '../../../engine/core/spark-error.ts';
import { lonelyRecordBytes, recordBytes, type RecordsToSend } from './encode-records.ts';
import type { KafkaClient } from './kafka-client.ts';
import { errorCode, KafkaRefusal, KafkaUnavailable } from './kafka-error.ts';
import { javaRefusal } from './kafka-failures.ts';
import { partitionName, type RecordToSend, type TopicPartition } from './kafka-record.ts';
import { Partitioner } from './partitioner.ts';
import { whilePassing, type Patience } from './patience.ts';
import type { ProducerSettings } from './producer-settings.ts';
import type { AddressedRecord } from './record-columns.ts';

/** A record batch is sent when it holds so much; servers take up to 1 MB. */
const batchBytes = 512 << 10;

/** Writes the records of one batch of rows: in order within a partition, at least once. All errors are Spark's. */
export class RecordWriter {
  private readonly client: KafkaClient;
  private readonly patience: Patience;
  private readonly settings: ProducerSettings;
  private readonly partitioner = new Partitioner();
  private readonly counts = new Map<string, number>();
  private readonly waiting = new Map<string, TopicPartition & { readonly records: RecordToSend[]; bytes: number }>();

  constructor(client: KafkaClient, patience: Patience, settings: ProducerSettings) {
    this.client = client;
    this.patience = patience;
    this.settings = settings;
  }

  async write({ topic, partition, record }: AddressedRecord): Promise<void> {
    if (topic === null)
      throw jobAborted(
        'java.lang.NullPointerException',
        'null topic present in the data. Use the topic option for setting a default topic.',
      );
    const bytes = recordBytes(record);
    this.checkSize(record);
    if (partition !== null && partition < 0)
      throw jobAborted(
        'java.lang.IllegalArgumentException',
        `Invalid partition: ${partition}. Partition number should always be non-negative or null.`,
      );
    const count = this.counts.get(topic) ?? (await this.countPartitions(topic));
    if (partition !== null && partition >= count) throw this.missing(topic);
    const place = { topic, partition: partition ?? this.partitioner.partitionOf(topic, record.key, bytes, count) };
    const held = this.waiting.get(partitionName(place));
    if (held !== undefined && held.bytes + bytes > batchBytes) await this.flush();
    this.hold(place, record, bytes);
  }

  /** Sends what waits, and waits for the servers. */
  async flush(): Promise<void> {
    let unsent: readonly RecordsToSend[] = [...this.waiting.values()];
    this.waiting.clear();
    if (unsent.length === 0) return;
    const { acks, maxBlockMs } = this.settings;
    const send = async (): Promise<void> => {
      const done = await this.client.produce(unsent, acks, maxBlockMs);
      const failed = new Map(
        done.flatMap((answer) =>
          answer.errorCode === errorCode.none ? [] : [[partitionName(answer), answer.errorCode]],
        ),
      );
      unsent = unsent.filter((batch) => failed.has(partitionName(batch)));
      const [code] = failed.values();
      if (code !== undefined) throw this.client.refusal(code);
    };
    await this.call(send, (refusal) => (refusal === undefined ? this.expired(unsent) : taskRefusal(refusal)));
  }

  private hold(place: TopicPartition, record: RecordToSend, bytes: number): void {
    const held = this.waiting.get(partitionName(place)) ?? { ...place, records: [], bytes: 0 };
    held.records.push(record);
    held.bytes += bytes;
    this.waiting.set(partitionName(place), held);
  }

  /** Asking for a topic makes it, where the server does that. */
  private async countPartitions(topic: string): Promise<number> {
    const describe = async (): Promise<number> => {
      const [described] = await this.client.describeTopics([topic], true);
      if (described === undefined || described.errorCode !== errorCode.none)
        throw this.client.refusal(described?.errorCode ?? errorCode.unknownTopicOrPartition);
      if (described.partitions.some(({ leader }) => leader < 0))
        throw this.client.refusal(errorCode.leaderNotAvailable);
      return described.partitions.length;
    };
    const count = await this.call(describe, (refusal) => {
      if (refusal === undefined) return this.missing(topic);
      if (refusal.code !== errorCode.invalidTopic) return taskRefusal(refusal);
      return jobAborted('org.apache.kafka.common.errors.InvalidTopicException', `Invalid topics: [${topic}]`);
    });
    this.counts.set(topic, count);
    return count;
  }

  /** `failure`: Spark's exception for what a server refused, or (undefined) for none that answered in time. */
  private async call<Answer>(
    action: () => Promise<Answer>,
    failure: (refusal: KafkaRefusal | undefined) => SparkError,
  ): Promise<Answer> {
    try {
      return await this.patience.keepTrying(action, whilePassing);
    } catch (error) {
      if (error instanceof KafkaUnavailable) throw failure(undefined);
      if (error instanceof KafkaRefusal) throw failure(whilePassing(error) ? undefined : error);
      throw error;
    }
  }

  private missing(topic: string): SparkError {
    return jobAborted(
      'org.apache.kafka.common.errors.TimeoutException',
      `Topic ${topic} not present in metadata after ${this.settings.maxBlockMs} ms.`,
    );
  }

  private expired([batch]: readonly RecordsToSend[]): SparkError {
    const place = batch === undefined ? '' : partitionName(batch);
    return jobAborted(
      'org.apache.kafka.common.errors.TimeoutException',
      `Expiring ${batch?.records.length ?? 0} record(s) for ${place}:${this.settings.deliveryTimeoutMs} ms has passed since batch creation`,
    );
  }

  private checkSize(record: RecordToSend): void {
    const bytes = lonelyRecordBytes(record);
    const { maxRequestBytes } = this.settings;
    if (bytes > maxRequestBytes)
      throw jobAborted(
        'org.apache.kafka.common.errors.RecordTooLargeException',
        `The message is ${bytes} bytes when serialized which is larger than ${maxRequestBytes}, which is the value of the max.request.size configuration.`,
      );
  }
}

function taskRefusal(refusal: KafkaRefusal): SparkError {
  const [javaClass = '', ...text] = javaRefusal(refusal).split(': ');
  return jobAborted(javaClass, text.join(': '));
}
