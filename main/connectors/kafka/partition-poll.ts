import { readFetchAnswer, type FetchedPartition } from './fetch-answer.ts';
import type { KafkaClient } from './kafka-client.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { errorCode } from './kafka-error.ts';
import { byTopic, partitionName, type TopicPartition } from './kafka-record.ts';
import { api } from './protocol-answers.ts';

export type PollQuery = TopicPartition & { readonly offset: number };
export type PollLimits = {
  /** How long the server may wait for `minBytes`. */
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxPartitionBytes: number;
};

const consumerReplica = -1;
const uncommitted = 0;
/** What an answer may take beyond the wait that was asked for. */
const answerTimeoutMs = 30_000;

/** Reads several partitions with one request to each leader, as a consumer does. The connection is its own: a wait holds up what is asked after it. */
export class PartitionPoll {
  private readonly client: KafkaClient;
  private readonly connection: KafkaConnection;
  private readonly leaders = new Map<string, number>();

  constructor(client: KafkaClient, connection: KafkaConnection) {
    this.client = client;
    this.connection = connection;
  }

  /** What came for each partition, from the offset asked for; errors of single partitions are answers, with their code. Rejects with `KafkaUnavailable`. */
  async poll(queries: readonly PollQuery[], limits: PollLimits): Promise<readonly FetchedPartition[]> {
    const unknown = await this.learnLeaders(queries);
    const asked = queries.filter((query) => !unknown.some((failed) => partitionName(failed) === partitionName(query)));
    const perLeader = new Map<number, PollQuery[]>();
    for (const query of asked) {
      const leader = this.leaders.get(partitionName(query)) ?? -1;
      perLeader.set(leader, [...(perLeader.get(leader) ?? []), query]);
    }
    const answers = await Promise.all([...perLeader].map(([leader, group]) => this.ask(leader, group, limits)));
    return [...unknown, ...answers.flat()];
  }

  private async ask(
    leader: number,
    queries: readonly PollQuery[],
    limits: PollLimits,
  ): Promise<readonly FetchedPartition[]> {
    const answer = await this.connection.ask(
      leader,
      api.fetch,
      {
        replicaId: consumerReplica,
        isolationLevel: uncommitted,
        maxWaitTime: limits.maxWaitMs,
        minBytes: limits.minBytes,
        maxBytes: limits.maxBytes,
        topics: [...byTopic(queries)].map(([topic, places]) => ({
          topic,
          partitions: places.map(({ partition, offset }) => ({
            partition,
            fetchOffset: offset,
            maxBytes: limits.maxPartitionBytes,
          })),
        })),
      },
      readFetchAnswer,
      answerTimeoutMs + limits.maxWaitMs,
    );
    if (answer.errorCode !== errorCode.none) throw this.connection.refusal(answer.errorCode);
    const from = new Map(queries.map((query) => [partitionName(query), query.offset]));
    return answer.partitions.map((found) => {
      if (found.errorCode !== errorCode.none) this.leaders.delete(partitionName(found));
      const offset = from.get(partitionName(found)) ?? 0;
      return { ...found, records: found.records.filter((record) => record.offset >= offset) };
    });
  }

  /** Looks up who leads each partition; answers those that have no leader, with the reason. */
  private async learnLeaders(queries: readonly PollQuery[]): Promise<readonly FetchedPartition[]> {
    const missing = queries.filter((query) => !this.leaders.has(partitionName(query)));
    if (missing.length === 0) return [];
    const topics = await this.client.describeTopics([...byTopic(missing).keys()]);
    for (const { topic, partitions } of topics)
      for (const { partition, leader } of partitions)
        if (leader >= 0) this.leaders.set(partitionName({ topic, partition }), leader);
    return missing
      .filter((query) => !this.leaders.has(partitionName(query)))
      .map(({ topic, partition }) => ({
        topic,
        partition,
        errorCode: errorCode.unknownTopicOrPartition,
        latestOffset: -1,
        earliestOffset: -1,
        records: [],
        nextOffset: null,
      }));
  }
}
