import type { KafkaConnection } from './kafka-connection.ts';
import { errorCode } from './kafka-error.ts';
import { byTopic, type TopicPartition } from './kafka-record.ts';

/** What a group has read: `offset` is that of the next record, -1 where nothing was committed. */
export type CommittedOffset = TopicPartition & { readonly offset: string; readonly metadata: string | null };

const groupApi = {
  offsetCommit: { name: 'OffsetCommit', key: 8 },
  offsetFetch: { name: 'OffsetFetch', key: 9 },
  findCoordinator: { name: 'GroupCoordinator', key: 10 },
  listGroups: { name: 'ListGroups', key: 16 },
  deleteGroups: { name: 'DeleteGroups', key: 42 },
} as const;

/** Whoever commits without being a member of the group, as a consumer with assigned partitions does. */
const noMember = { groupGenerationId: -1, memberId: '' } as const;
const nothingCommitted = '-1';
/** A coordinator that is being elected answers with these; asking again helps. */
const passingCodes: ReadonlySet<number> = new Set([14, 15, 16]);
const attempts = 20;
const retryMs = 100;

// Answers as kafkajs decodes them.
type CoordinatorAnswer = { readonly errorCode: number; readonly coordinator: { readonly nodeId: number } };
type CommitAnswer = {
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly errorCode: number }[];
  }[];
};
type OffsetsAnswer = {
  readonly errorCode?: number;
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly offset: string;
      readonly metadata: string | null;
      readonly errorCode: number;
    }[];
  }[];
};
type GroupsAnswer = {
  readonly errorCode: number;
  readonly groups: readonly { readonly groupId: string; readonly protocolType: string }[];
};
type DeleteGroupsAnswer = { readonly results: readonly { readonly groupId: string; readonly errorCode: number }[] };

/** The committed offsets of consumer groups. Rejects with `KafkaRefusal` and `KafkaUnavailable`. The connection must know its servers (metadata). */
export class ConsumerGroups {
  private readonly connection: KafkaConnection;

  constructor(connection: KafkaConnection) {
    this.connection = connection;
  }

  async commit(group: string, offsets: readonly CommittedOffset[]): Promise<void> {
    const topics = [...byTopic(offsets)].map(([topic, partitions]) => ({ topic, partitions }));
    const answer = await this.askCoordinator<CommitAnswer>(group, groupApi.offsetCommit, {
      groupId: group,
      ...noMember,
      topics,
    });
    this.refuseFirst(answer.responses.flatMap(({ partitions }) => partitions.map((place) => place.errorCode)));
  }

  /** Of the given partitions, or of all that the group has ever committed. */
  async committed(group: string, partitions: readonly TopicPartition[] | 'all'): Promise<readonly CommittedOffset[]> {
    const asked = partitions === 'all' ? [] : partitions;
    if (partitions !== 'all' && partitions.length === 0) return [];
    const topics = [...byTopic(asked)].map(([topic, places]) => ({ topic, partitions: places }));
    const answer = await this.askCoordinator<OffsetsAnswer>(group, groupApi.offsetFetch, { groupId: group, topics });
    const found = answer.responses.flatMap(({ topic, partitions: places }) =>
      places.map((place) => ({ topic, ...place })),
    );
    this.refuseFirst([answer.errorCode ?? errorCode.none, ...found.map((place) => place.errorCode)]);
    return found
      .filter(({ offset }) => partitions !== 'all' || offset !== nothingCommitted)
      .map(({ topic, partition, offset, metadata }) => ({ topic, partition, offset, metadata }));
  }

  /** The groups that the server asked knows, `consumer` their usual protocol. */
  async list(): Promise<readonly { readonly group: string; readonly protocolType: string }[]> {
    const answer = await this.connection.ask<GroupsAnswer>('any', groupApi.listGroups, {});
    this.refuseFirst([answer.errorCode]);
    return answer.groups.map(({ groupId, protocolType }) => ({ group: groupId, protocolType }));
  }

  /** The error code of each group, 0 for one that is gone. */
  async delete(groups: readonly string[]): Promise<readonly { readonly group: string; readonly errorCode: number }[]> {
    const answers: { group: string; errorCode: number }[] = [];
    for (const group of groups) {
      const answer = await this.askCoordinator<DeleteGroupsAnswer>(group, groupApi.deleteGroups, [group]);
      answers.push({ group, errorCode: answer.results[0]?.errorCode ?? errorCode.none });
    }
    return answers;
  }

  private async askCoordinator<Answer>(
    group: string,
    request: (typeof groupApi)[keyof typeof groupApi],
    options: object,
  ): Promise<Answer> {
    return this.connection.ask<Answer>(await this.coordinatorOf(group), request, options);
  }

  private async coordinatorOf(group: string): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.connection.ask<CoordinatorAnswer>('any', groupApi.findCoordinator, { groupId: group });
      if (answer.errorCode === errorCode.none) return answer.coordinator.nodeId;
      if (!passingCodes.has(answer.errorCode) || attempt === attempts) throw this.connection.refusal(answer.errorCode);
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  private refuseFirst(codes: readonly number[]): void {
    const refused = codes.find((code) => code !== errorCode.none);
    if (refused !== undefined) throw this.connection.refusal(refused);
  }
}
