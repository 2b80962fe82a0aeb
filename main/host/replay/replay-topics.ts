import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { kafkaClient, type KafkaClient } from '../../connectors/kafka/kafka-client.ts';
import { partitionName, type RecordToSend, type TopicPartition } from '../../connectors/kafka/kafka-record.ts';
import { bytesOf, type Content, type InputItem } from '../../workspace/input-item.ts';
import { ReplayImpossible } from './replay-impossible.ts';

export type RecordedRecord = Extract<InputItem, { readonly kind: 'record' }>;

const servers = 'localhost:9092';
const sendTimeoutMs = 10_000;
const everyReplica = -1;
/** What lay in a topic before the record began is filled up with empty records, and taken away. */
const mostBefore = 200_000;
const blockRecords = 10_000;

/** Topics of a replay, with the records and offsets of the record. What the notebook itself has sent is not sent again. */
export class ReplayTopics {
  readonly #endpoints: Endpoints;
  readonly #first: ReadonlyMap<string, TopicPartition & { readonly offset: number }>;
  #client: Promise<KafkaClient> | undefined;

  /** `first`: by partition, the least offset of the record. */
  constructor(endpoints: Endpoints, first: ReadonlyMap<string, TopicPartition & { readonly offset: number }>) {
    this.#endpoints = endpoints;
    this.#first = first;
  }

  /** Makes sure that each record is in its topic at its offset. */
  async put(records: readonly RecordedRecord[]): Promise<void> {
    if (records.length === 0) return;
    const client = await this.#open();
    const places = new Map(records.map((record) => [partitionName(record), record]));
    for (const place of places.values()) {
      const wanted = records
        .filter((record) => partitionName(record) === partitionName(place))
        .toSorted((a, b) => a.offset - b.offset);
      await this.#append(client, place, wanted);
    }
  }

  /** Resolves when the record's topics are there; without any nothing is started. */
  async prepared(): Promise<void> {
    if (this.#first.size > 0) await this.#open();
  }

  /** The record's topics, each partition beginning at the record's first offset. */
  #open(): Promise<KafkaClient> {
    this.#client ??= this.#prepare();
    return this.#client;
  }

  async #prepare(): Promise<KafkaClient> {
    const client = await kafkaClient(this.#endpoints, servers);
    const counts = new Map<string, number>();
    for (const { topic, partition } of this.#first.values())
      counts.set(topic, Math.max(counts.get(topic) ?? 1, partition + 1));
    await client.createTopics(
      [...counts].map(([topic, partitions]) => ({ topic, partitions, replicationFactor: 1, settings: {} })),
    );
    const begun = [...this.#first.values()].filter(({ offset }) => offset > 0);
    await client.describeTopics([...counts.keys()], true);
    for (const place of begun) await fill(client, place, 0, place.offset);
    if (begun.length > 0) await client.deleteRecords(begun);
    return client;
  }

  async #append(client: KafkaClient, place: TopicPartition, wanted: readonly RecordedRecord[]): Promise<void> {
    const { topic, partition } = place;
    const [end] = await client.listOffsets([{ topic, partition, at: 'latest' }]);
    let next = end?.offset ?? 0;
    for (const run of consecutive(wanted.filter(({ offset }) => offset >= next))) {
      const first = run[0]?.offset ?? next;
      if (first > next) await fill(client, place, next, first);
      await send(client, place, run.map(toSend));
      next = first + run.length;
    }
  }
}

/** Runs of records without a gap between their offsets. */
function consecutive(records: readonly RecordedRecord[]): readonly (readonly RecordedRecord[])[] {
  const runs: RecordedRecord[][] = [];
  for (const record of records) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && record.offset === last.offset + 1) run.push(record);
    else if (last?.offset !== record.offset) runs.push([record]);
  }
  return runs;
}

async function fill(client: KafkaClient, place: TopicPartition, from: number, until: number): Promise<void> {
  if (until - from > mostBefore) throw new ReplayImpossible('los registros del topic empiezan demasiado lejos.');
  for (let at = from; at < until; at += blockRecords) {
    const count = Math.min(blockRecords, until - at);
    await send(
      client,
      place,
      Array.from({ length: count }, () => ({ key: null, value: null, headers: [] })),
    );
  }
}

async function send(client: KafkaClient, place: TopicPartition, records: readonly RecordToSend[]): Promise<void> {
  const { topic, partition } = place;
  const [answer] = await client.produce([{ topic, partition, records }], everyReplica, sendTimeoutMs);
  if (answer !== undefined && answer.errorCode !== 0) throw client.refusal(answer.errorCode);
}

const toSend = ({ key, value, headers, timestampMs }: RecordedRecord): RecordToSend => ({
  key: held(key),
  value: held(value),
  headers: headers.map(([name, content]) => ({ key: name, value: held(content) })),
  timestampMs,
});

const held = (content: Content | null): Uint8Array | null => (content === null ? null : bytesOf(content));
