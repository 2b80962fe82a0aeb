import type { ServerNode } from './kafka-connection.ts';

/** Numbers of the protocol's requests. */
export const api = {
  produce: { name: 'Produce', key: 0 },
  fetch: { name: 'Fetch', key: 1 },
  listOffsets: { name: 'ListOffsets', key: 2 },
  metadata: { name: 'Metadata', key: 3 },
  createTopics: { name: 'CreateTopics', key: 19 },
  deleteTopics: { name: 'DeleteTopics', key: 20 },
  deleteRecords: { name: 'DeleteRecords', key: 21 },
  createPartitions: { name: 'CreatePartitions', key: 37 },
} as const;

// Answers as kafkajs decodes them.

export type MetadataAnswer = {
  readonly brokers: readonly ServerNode[];
  readonly controllerId: number;
  readonly topicMetadata: readonly {
    readonly topicErrorCode: number;
    readonly topic: string;
    readonly isInternal: boolean;
    readonly partitionMetadata: readonly {
      readonly partitionErrorCode: number;
      readonly partitionId: number;
      readonly leader: number;
    }[];
  }[];
};
export type ListOffsetsAnswer = {
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly errorCode: number;
      readonly offset: string;
      readonly timestamp: string;
    }[];
  }[];
};
export type ProduceAnswer = {
  readonly topics: readonly {
    readonly topicName: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly errorCode: number;
      readonly baseOffset: string;
    }[];
  }[];
};
export type TopicErrorsAnswer = {
  readonly topicErrors: readonly {
    readonly topic: string;
    readonly errorCode: number;
    readonly errorMessage?: string | null;
  }[];
};
export type DeleteRecordsAnswer = {
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly errorCode: number;
      readonly lowWatermark: { readonly toString: () => string };
    }[];
  }[];
};
