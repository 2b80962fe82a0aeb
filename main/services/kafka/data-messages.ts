import { operationsNotAsked } from './allowed-operations.ts';
import {
  api,
  array,
  arrayOf,
  boolean,
  bytes,
  int16,
  int32,
  int64,
  int8,
  string,
  uuid,
  throttleTimeMs,
  uuidOrNone,
} from './schema.ts';

export const apiVersions = api({
  key: 18,
  name: 'ApiVersions',
  versions: [0, 4],
  flexibleFrom: 3,
  request: { clientSoftwareName: string.from(3), clientSoftwareVersion: string.from(3) },
  response: {
    errorCode: int16.or(0),
    apiKeys: arrayOf({ apiKey: int16, minVersion: int16, maxVersion: int16 }),
    throttleTimeMs: throttleTimeMs(1),
  },
});

export const metadata = api({
  key: 3,
  name: 'Metadata',
  versions: [0, 12],
  flexibleFrom: 9,
  request: {
    topics: arrayOf({ topicId: uuid.from(10), name: string.nullable(10) }).nullable(1),
    allowAutoTopicCreation: boolean.from(4).or(true),
    includeClusterAuthorizedOperations: boolean.from(8).through(10),
    includeTopicAuthorizedOperations: boolean.from(8),
  },
  response: {
    throttleTimeMs: throttleTimeMs(3),
    brokers: arrayOf({ nodeId: int32, host: string, port: int32, rack: string.from(1).nullable(1) }),
    clusterId: string.from(2).nullable(2),
    controllerId: int32.from(1),
    topics: arrayOf({
      errorCode: int16.or(0),
      name: string.nullable(12),
      topicId: uuidOrNone.from(10),
      isInternal: boolean.from(1).or(false),
      partitions: arrayOf({
        errorCode: int16.or(0),
        partitionIndex: int32,
        leaderId: int32,
        leaderEpoch: int32.from(7).or(0),
        replicaNodes: array(int32),
        isrNodes: array(int32),
        offlineReplicas: array(int32).from(5).or([]),
      }).or([]),
      topicAuthorizedOperations: int32.from(8).or(operationsNotAsked),
    }),
    clusterAuthorizedOperations: int32.from(8).through(10).or(operationsNotAsked),
  },
});

export const produce = api({
  key: 0,
  name: 'Produce',
  // librdkafka compresses only where version 0 is offered; what 0 to 2 carry (old record formats) is refused when it comes.
  versions: [0, 9],
  flexibleFrom: 9,
  request: {
    transactionalId: string.from(3).nullable(3),
    acks: int16,
    timeoutMs: int32,
    topics: arrayOf({ name: string, partitions: arrayOf({ index: int32, records: bytes.nullable() }) }),
  },
  response: {
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        index: int32,
        errorCode: int16.or(0),
        baseOffset: int64.or(-1),
        logAppendTimeMs: int64.from(2).or(-1),
        logStartOffset: int64.from(5).or(-1),
        recordErrors: arrayOf({ batchIndex: int32, batchIndexErrorMessage: string.nullable() }).from(8).or([]),
        errorMessage: string.from(8).nullable(8),
      }),
    }),
    throttleTimeMs: throttleTimeMs(1),
  },
});

export const fetch = api({
  key: 1,
  name: 'Fetch',
  versions: [4, 16],
  flexibleFrom: 12,
  request: {
    replicaId: int32.through(14).or(-1),
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32,
    isolationLevel: int8,
    sessionId: int32.from(7).or(0),
    sessionEpoch: int32.from(7).or(-1),
    topics: arrayOf({
      topic: string.through(12),
      topicId: uuid.from(13),
      partitions: arrayOf({
        partition: int32,
        currentLeaderEpoch: int32.from(9).or(-1),
        fetchOffset: int64,
        lastFetchedEpoch: int32.from(12).or(-1),
        logStartOffset: int64.from(5).or(-1),
        partitionMaxBytes: int32,
      }),
    }),
    forgottenTopics: arrayOf({ topic: string.through(12), topicId: uuid.from(13), partitions: array(int32) })
      .from(7)
      .or([]),
    rackId: string.from(11).or(''),
  },
  response: {
    throttleTimeMs: throttleTimeMs(1),
    errorCode: int16.from(7).or(0),
    sessionId: int32.from(7).or(0),
    topics: arrayOf({
      topic: string.through(12),
      topicId: uuid.from(13),
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16.or(0),
        highWatermark: int64.or(-1),
        lastStableOffset: int64.or(-1),
        logStartOffset: int64.from(5).or(-1),
        abortedTransactions: arrayOf({ producerId: int64, firstOffset: int64 }).nullable(),
        preferredReadReplica: int32.from(11).or(-1),
        records: bytes.nullable(),
      }),
    }),
  },
});

export const listOffsets = api({
  key: 2,
  name: 'ListOffsets',
  versions: [0, 7],
  flexibleFrom: 6,
  request: {
    replicaId: int32,
    isolationLevel: int8.from(2),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        currentLeaderEpoch: int32.from(4).or(-1),
        timestamp: int64,
        maxOffsets: int32.through(0).or(1),
      }),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(2),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16.or(0),
        oldStyleOffsets: array(int64).through(0).or([]),
        timestamp: int64.from(1).or(-1),
        offset: int64.from(1).or(-1),
        leaderEpoch: int32.from(4).or(-1),
      }),
    }),
  },
});

export const initProducerId = api({
  key: 22,
  name: 'InitProducerId',
  versions: [0, 4],
  flexibleFrom: 2,
  request: {
    transactionalId: string.nullable(),
    transactionTimeoutMs: int32,
    producerId: int64.from(3).or(-1),
    producerEpoch: int16.from(3).or(-1),
  },
  response: {
    throttleTimeMs: throttleTimeMs(0),
    errorCode: int16.or(0),
    producerId: int64.or(-1),
    producerEpoch: int16.or(-1),
  },
});
