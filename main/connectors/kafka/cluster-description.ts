import type { KafkaConnection, ServerNode } from './kafka-connection.ts';
import { api } from './protocol-answers.ts';

export type ClusterDescription = {
  readonly clusterId: string | null;
  readonly controllerId: number;
  readonly brokers: readonly ServerNode[];
  readonly topics: readonly {
    readonly topic: string;
    /** 0 for a topic that is there. */
    readonly errorCode: number;
    readonly partitions: readonly {
      readonly partition: number;
      readonly errorCode: number;
      readonly leader: number;
      readonly replicas: readonly number[];
      readonly inSync: readonly number[];
    }[];
  }[];
};

/** The answer to Metadata as kafkajs decodes it, whole. */
type WholeMetadata = {
  readonly brokers: readonly ServerNode[];
  readonly clusterId: string | null;
  readonly controllerId: number;
  readonly topicMetadata: readonly {
    readonly topicErrorCode: number;
    readonly topic: string;
    readonly partitionMetadata: readonly {
      readonly partitionErrorCode: number;
      readonly partitionId: number;
      readonly leader: number;
      readonly replicas: readonly number[];
      readonly isr: readonly number[];
    }[];
  }[];
};

/** Servers and topics, by name or all, as an administrator looks at them. No topic is made. Rejects with `KafkaUnavailable`. */
export async function describeCluster(
  connection: KafkaConnection,
  topics: readonly string[] | 'all',
): Promise<ClusterDescription> {
  const answer = await connection.ask<WholeMetadata>('any', api.metadata, {
    topics: topics === 'all' ? [] : [...topics],
    allowAutoTopicCreation: false,
  });
  return {
    clusterId: answer.clusterId,
    controllerId: answer.controllerId,
    brokers: answer.brokers.map(({ nodeId, host, port }) => ({ nodeId, host, port })),
    topics: answer.topicMetadata.map(({ topicErrorCode, topic, partitionMetadata }) => ({
      topic,
      errorCode: topicErrorCode,
      partitions: partitionMetadata
        .map(({ partitionId, partitionErrorCode, leader, replicas, isr }) => ({
          partition: partitionId,
          errorCode: partitionErrorCode,
          leader,
          replicas,
          inSync: isr,
        }))
        .toSorted((a, b) => a.partition - b.partition),
    })),
  };
}
