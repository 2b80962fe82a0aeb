import { jobAborted } from '../../../engine/core/job-aborted.ts';
import type { SparkError } from '../../../engine/core/spark-error.ts';
import { lonelyRecordBytes, recordBytes, type RecordsToSend } from './encode-records.ts';
import type { KafkaClient } from './kafka-client.ts';
import { errorCode, KafkaRefusal, KafkaUnavailable } from './kafka-error.ts';
import { javaRefusal } from './kafka-failures.ts';
import { partitionName, type RecordToSend, type TopicPartition } from './kafka-record.ts';
import { Partitioner } from './partitioner.ts';
import { whilePassing, type Patience } from './patience.ts';
import type { AddressedRecord } from './record-columns.ts';

/** Settings of Kafka's producer that change what is written or when it is given up. */
export type ProducerSettings = { readonly acks: number; readonly maxBlockMs: number; readonly maxRequestBytes: number };

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
    if (partition !== null && partition >= count)
      throw this.missing(`Partition ${partition} of topic ${topic} with partition count ${count} is not`);
    const place = { topic, partition: partition ?? this.partitioner.partitionOf(topic, record.key, bytes, count) };
    const batch = this.waiting.get(partitionName(place)) ?? { ...place, records: [], bytes: 0 };
    this.waiting.set(partitionName(place), batch);
    if (batch.records.length > 0 && batch.bytes + bytes > batchBytes) await this.flush();
    const open = this.waiting.get(partitionName(place)) ?? { ...place, records: [], bytes: 0 };
    this.waiting.set(partitionName(place), open);
    open.records.push(record);
    open.bytes += bytes;
  }

  /** Sends what waits, and waits for the servers. */
  async flush(): Promise<void> {
    let unsent: readonly RecordsToSend[] = [...this.waiting.values()];
    this.waiting.clear();
    await this.call(async () => {
      if (unsent.length === 0) return;
      const { acks, maxBlockMs } = this.settings;
      const done = await this.client.produce(unsent, acks, maxBlockMs);
      const failed = new Map(
        done.flatMap((answer) =>
          answer.errorCode === errorCode.none ? [] : [[partitionName(answer), answer.errorCode]],
        ),
      );
      unsent = unsent.filter((batch) => failed.has(partitionName(batch)));
      const [code] = failed.values();
      if (code !== undefined) throw this.client.refusal(code);
    }, unsent[0]?.topic ?? '');
  }

  /** Asking for a topic makes it, where the server does that. */
  private async countPartitions(topic: string): Promise<number> {
    const count = await this.call(async () => {
      const [described] = await this.client.describeTopics([topic], true);
      if (described === undefined || described.errorCode !== errorCode.none)
        throw this.client.refusal(described?.errorCode ?? errorCode.unknownTopicOrPartition);
      const leaderless = described.partitions.find(({ leader }) => leader < 0);
      if (leaderless !== undefined) throw this.client.refusal(errorCode.leaderNotAvailable);
      return described.partitions.length;
    }, topic);
    this.counts.set(topic, count);
    return count;
  }

  private async call<Answer>(action: () => Promise<Answer>, topic: string): Promise<Answer> {
    try {
      return await this.patience.keepTrying(action, whilePassing);
    } catch (error) {
      const isMissing = error instanceof KafkaUnavailable || (error instanceof KafkaRefusal && whilePassing(error));
      if (isMissing) throw this.missing(`Topic ${topic} not`);
      if (!(error instanceof KafkaRefusal)) throw error;
      const text =
        error.code === errorCode.invalidTopic
          ? `org.apache.kafka.common.errors.InvalidTopicException: Invalid topics: [${topic}]`
          : javaRefusal(error);
      const colon = text.indexOf(': ');
      throw jobAborted(text.slice(0, colon), text.slice(colon + 2));
    }
  }

  private missing(what: string): SparkError {
    return jobAborted(
      'org.apache.kafka.common.errors.TimeoutException',
      `${what} present in metadata after ${this.settings.maxBlockMs} ms.`,
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
