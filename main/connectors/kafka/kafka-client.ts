import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { encodeProduce, type RecordsToSend } from './encode-records.ts';
import { readFetchAnswer, type FetchedPartition } from './fetch-answer.ts';
import { KafkaConnection } from './kafka-connection.ts';
import { errorCode, KafkaUnavailable, type KafkaRefusal } from './kafka-error.ts';
import { byTopic, partitionName, type TopicPartition } from './kafka-record.ts';
import { kafkaSecurity } from './kafka-security.ts';
import {
  api,
  type DeleteRecordsAnswer,
  type ListOffsetsAnswer,
  type MetadataAnswer,
  type ProduceAnswer,
  type TopicErrorsAnswer,
} from './protocol-answers.ts';

/** `errorCode` is 0 for a topic that is there. Partitions in order of their number. */
export type TopicDescription = {
  readonly topic: string;
  readonly errorCode: number;
  readonly isInternal: boolean;
  readonly partitions: readonly { readonly partition: number; readonly errorCode: number; readonly leader: number }[];
};

/** A place in a partition's time: its ends, or milliseconds since 1970 (the first record that is not older). */
export type OffsetQuery = TopicPartition & { readonly at: 'earliest' | 'latest' | number };
/** `offset` is -1 where no record is that young. */
export type FoundOffset = TopicPartition & {
  readonly errorCode: number;
  readonly offset: number;
  readonly timestampMs: number;
};

export type FetchQuery = TopicPartition & {
  readonly offset: number;
  readonly maxBytes: number;
  /** How long the server may wait for the first byte. */
  readonly maxWaitMs: number;
  readonly committedOnly?: boolean;
};

export type ProducedPartition = TopicPartition & { readonly errorCode: number; readonly baseOffset: number };
export type TopicOutcome = { readonly topic: string; readonly errorCode: number; readonly errorMessage: string | null };

export type NewTopic = {
  readonly topic: string;
  /** -1: the server's default. */
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly settings: Readonly<Record<string, string>>;
};

const isolation = { uncommitted: 0, committed: 1 } as const;
const consumerReplica = -1;
const adminTimeoutMs = 30_000;

/**
 * What can be asked of a Kafka cluster, as its protocol names it: errors of single topics and partitions are answers, with their code.
 * Every method rejects with `KafkaUnavailable` when no server answers. Methods may be called concurrently.
 */
export class KafkaClient {
  private readonly connection: KafkaConnection;
  private readonly leaders = new Map<string, number>();
  private controller: number | 'any' = 'any';

  constructor(connection: KafkaConnection) {
    this.connection = connection;
  }

  /** Topics by name, or all. `create`: those that are missing are made, where the server does that on first use. */
  async describeTopics(topics: readonly string[] | 'all', create = false): Promise<readonly TopicDescription[]> {
    if (topics.length === 0) return [];
    const answer = await this.connection.ask<MetadataAnswer>('any', api.metadata, {
      topics: topics === 'all' ? [] : [...topics],
      allowAutoTopicCreation: create,
    });
    this.connection.learnNodes(answer.brokers);
    this.controller = answer.controllerId < 0 ? 'any' : answer.controllerId;
    for (const { topic, partitionMetadata } of answer.topicMetadata)
      for (const { partitionId, leader } of partitionMetadata)
        this.leaders.set(partitionName({ topic, partition: partitionId }), leader);
    return answer.topicMetadata.map(({ topicErrorCode, topic, isInternal, partitionMetadata }) => ({
      topic,
      errorCode: topicErrorCode,
      isInternal,
      partitions: partitionMetadata
        .map(({ partitionId, partitionErrorCode, leader }) => ({
          partition: partitionId,
          errorCode: partitionErrorCode,
          leader,
        }))
        .toSorted((a, b) => a.partition - b.partition),
    }));
  }

  /** Offsets by place. The answers come in any order. */
  async listOffsets(queries: readonly OffsetQuery[], committedOnly = false): Promise<readonly FoundOffset[]> {
    const answers = await this.perLeader(queries, async (leader, asked) => {
      const { responses } = await this.connection.ask<ListOffsetsAnswer>(leader, api.listOffsets, {
        replicaId: consumerReplica,
        isolationLevel: committedOnly ? isolation.committed : isolation.uncommitted,
        topics: topicsOf(asked, ({ partition, at }) => ({
          partition,
          timestamp: at === 'latest' ? -1 : at === 'earliest' ? -2 : at,
        })),
      });
      return responses.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, errorCode: code, offset, timestamp }) => ({
          topic,
          partition,
          errorCode: code,
          offset: Number(offset),
          timestampMs: Number(timestamp),
        })),
      );
    });
    return answers.flat();
  }

  /** Records of one partition from an offset on. */
  async fetch(query: FetchQuery): Promise<FetchedPartition> {
    const { topic, partition, maxBytes } = query;
    const leader = await this.leaderOf(query);
    const asked = {
      replicaId: consumerReplica,
      isolationLevel: query.committedOnly === true ? isolation.committed : isolation.uncommitted,
      maxWaitTime: query.maxWaitMs,
      minBytes: 1,
      maxBytes,
      topics: [{ topic, partitions: [{ partition, fetchOffset: query.offset, maxBytes }] }],
    };
    const answer = await this.fromLeader(() =>
      this.connection.ask(leader, api.fetch, asked, readFetchAnswer, adminTimeoutMs + query.maxWaitMs),
    );
    const found = answer.partitions[0];
    if (found === undefined) throw this.connection.refusal(answer.errorCode);
    if (found.errorCode === errorCode.notLeader) this.forget(query);
    return found;
  }

  /** Appends records. `acks`: -1 all replicas, 1 the leader, 0 nobody (then nothing is answered). */
  async produce(
    batches: readonly RecordsToSend[],
    acks: number,
    timeoutMs: number,
  ): Promise<readonly ProducedPartition[]> {
    const { Encoder, crc32c } = this.connection.modules;
    const answers = await this.perLeader(batches, async (leader, sent) => {
      const body = encodeProduce(sent, { acks, timeoutMs }, crc32c);
      const answer = await this.connection.send<ProduceAnswer | undefined>(
        leader,
        (broker) => {
          const asked = this.connection.request(broker, api.produce, { acks, topicData: [] });
          return { ...asked, request: { ...asked.request, encode: async () => new Encoder().writeBuffer(body) } };
        },
        timeoutMs,
      );
      const topics = answer?.topics ?? [];
      return topics.flatMap(({ topicName, partitions }) =>
        partitions.map(({ partition, errorCode: code, baseOffset }) => {
          if (code === errorCode.notLeader) this.forget({ topic: topicName, partition });
          return { topic: topicName, partition, errorCode: code, baseOffset: Number(baseOffset) };
        }),
      );
    });
    return answers.flat();
  }

  createTopics(topics: readonly NewTopic[]): Promise<readonly TopicOutcome[]> {
    return this.change(api.createTopics, {
      topics: topics.map(({ topic, partitions, replicationFactor, settings }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor,
        configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
      })),
      timeout: adminTimeoutMs,
    });
  }

  deleteTopics(topics: readonly string[]): Promise<readonly TopicOutcome[]> {
    return this.change(api.deleteTopics, { topics: [...topics], timeout: adminTimeoutMs });
  }

  /** `count`: how many partitions the topic shall have. */
  createPartitions(
    topics: readonly { readonly topic: string; readonly count: number }[],
  ): Promise<readonly TopicOutcome[]> {
    return this.change(api.createPartitions, { topicPartitions: topics, timeout: adminTimeoutMs });
  }

  /** Removes the records before `offset` (-1: all). Answers the partitions' new first offsets. */
  async deleteRecords(
    partitions: readonly (TopicPartition & { readonly offset: number })[],
  ): Promise<readonly (TopicPartition & { readonly errorCode: number; readonly earliestOffset: number })[]> {
    const answers = await this.perLeader(partitions, async (leader, asked) => {
      const { topics } = await this.connection.ask<DeleteRecordsAnswer>(leader, api.deleteRecords, {
        topics: topicsOf(asked, ({ partition, offset }) => ({ partition, offset })),
        timeout: adminTimeoutMs,
      });
      return topics.flatMap(({ topic, partitions: changed }) =>
        changed.map(({ partition, errorCode: code, lowWatermark }) => ({
          topic,
          partition,
          errorCode: code,
          earliestOffset: Number(lowWatermark),
        })),
      );
    });
    return answers.flat();
  }

  /** The error behind a code, with the protocol's own name and text. */
  refusal(code: number, message?: string): KafkaRefusal {
    return this.connection.refusal(code, message);
  }

  /** Ends every wait for an answer with `KafkaUnavailable`. The client can be used on. */
  interrupt(): void {
    this.connection.break('interrupted');
  }

  private async change(request: (typeof api)[keyof typeof api], options: object): Promise<readonly TopicOutcome[]> {
    if (this.controller === 'any') await this.describeTopics('all');
    const { topicErrors } = await this.connection.ask<TopicErrorsAnswer>(this.controller, request, options);
    return topicErrors.map(({ topic, errorCode: code, errorMessage }) => ({
      topic,
      errorCode: code,
      errorMessage: errorMessage ?? null,
    }));
  }

  private async perLeader<Asked extends TopicPartition, Answer>(
    asked: readonly Asked[],
    ask: (leader: number, asked: readonly Asked[]) => Promise<Answer>,
  ): Promise<readonly Answer[]> {
    const groups = new Map<number, Asked[]>();
    for (const item of asked) {
      const leader = await this.leaderOf(item);
      groups.set(leader, [...(groups.get(leader) ?? []), item]);
    }
    return this.fromLeader(() => Promise.all([...groups].map(([leader, items]) => ask(leader, items))));
  }

  /** A leader that does not answer may be back at another address: the next request asks for the leaders anew. */
  private async fromLeader<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof KafkaUnavailable) this.leaders.clear();
      throw error;
    }
  }

  private async leaderOf(place: TopicPartition): Promise<number> {
    const known = this.leaders.get(partitionName(place));
    if (known !== undefined && known >= 0) return known;
    const [described] = await this.describeTopics([place.topic]);
    const found = this.leaders.get(partitionName(place));
    if (found !== undefined && found >= 0) return found;
    const code = described?.errorCode ?? errorCode.none;
    throw code === errorCode.none
      ? new KafkaUnavailable(`${partitionName(place)} has no leader`)
      : this.connection.refusal(code);
  }

  private forget(place: TopicPartition): void {
    this.leaders.delete(partitionName(place));
  }
}

const topicsOf = <Asked extends TopicPartition, Entry>(
  asked: readonly Asked[],
  entry: (item: Asked) => Entry,
): readonly { readonly topic: string; readonly partitions: readonly Entry[] }[] =>
  [...byTopic(asked)].map(([topic, items]) => ({ topic, partitions: items.map(entry) }));

const shared = new WeakMap<Endpoints, Map<string, Promise<KafkaClient>>>();

/**
 * The client of an address, shared by all who name the same servers and login. `settings`: a Kafka client's own, by name. Connects when first asked something.
 * `purpose` sets apart whoever lets the server wait long for records: requests of one connection are answered in order.
 */
export function kafkaClient(
  endpoints: Endpoints,
  bootstrapServers: string,
  settings: ReadonlyMap<string, string> = new Map(),
  purpose = '',
): Promise<KafkaClient> {
  const clients = shared.get(endpoints) ?? new Map<string, Promise<KafkaClient>>();
  shared.set(endpoints, clients);
  const security = kafkaSecurity(settings);
  const key = JSON.stringify([bootstrapServers, security, purpose]);
  const client =
    clients.get(key) ??
    KafkaConnection.open(() => endpoints.kafka(bootstrapServers), security).then((opened) => new KafkaClient(opened));
  clients.set(key, client);
  return client;
}
