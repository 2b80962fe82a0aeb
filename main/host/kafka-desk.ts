import type { Endpoints } from '../../engine/api/endpoint.ts';
import type { PanelRecord } from '../contract/service-schema.ts';
import { kafkaClient } from '../connectors/kafka/kafka-client.ts';
import { errorCode } from '../connectors/kafka/kafka-error.ts';
import type { RecordToSend } from '../connectors/kafka/kafka-record.ts';
import { Partitioner } from '../connectors/kafka/partitioner.ts';

const courseServers = 'localhost:9092';
const sendTimeoutMs = 10_000;
const everyReplica = -1;

/** Writes what was typed or pasted in the Kafka panel, as `kafka-console-producer` does; a record without a partition goes where its key leads. */
export async function produceRecords(
  endpoints: Endpoints,
  topic: string,
  records: readonly PanelRecord[],
  timestampMs: number,
): Promise<void> {
  const client = await kafkaClient(endpoints, courseServers);
  // Asking for a topic makes it, where the server does that.
  const [described] = await client.describeTopics([topic], true);
  const count = described?.partitions.length ?? 0;
  if (described === undefined || described.errorCode !== errorCode.none || count === 0)
    throw client.refusal(described?.errorCode ?? errorCode.unknownTopicOrPartition);
  const partitioner = new Partitioner();
  const batches = new Map<number, RecordToSend[]>();
  for (const { key, value, partition } of records) {
    const record = { key: bytesOf(key), value: bytesOf(value), headers: [], timestampMs };
    const place = partition ?? partitioner.partitionOf(topic, record.key, record.value?.length ?? 0, count);
    if (place >= count) throw client.refusal(errorCode.unknownTopicOrPartition);
    const batch = batches.get(place);
    if (batch === undefined) batches.set(place, [record]);
    else batch.push(record);
  }
  const sent = await client.produce(
    [...batches].map(([partition, batch]) => ({ topic, partition, records: batch })),
    everyReplica,
    sendTimeoutMs,
  );
  const refused = sent.find((answer) => answer.errorCode !== errorCode.none);
  if (refused) throw client.refusal(refused.errorCode);
}

const bytesOf = (text: string | null): Uint8Array | null => (text === null ? null : Buffer.from(text));
