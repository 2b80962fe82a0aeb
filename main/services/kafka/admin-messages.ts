import {
  api,
  array,
  arrayOf,
  boolean,
  int16,
  int32,
  int64,
  int8,
  string,
  uuid,
  throttleTimeMs,
  uuidOrNone,
} from './schema.ts';
import { operationsNotAsked } from './allowed-operations.ts';

export const createTopics = api({
  key: 19,
  name: 'CreateTopics',
  versions: [0, 7],
  flexibleFrom: 5,
  request: {
    topics: arrayOf({
      name: string,
      numPartitions: int32,
      replicationFactor: int16,
      assignments: arrayOf({ partitionIndex: int32, brokerIds: array(int32) }),
      configs: arrayOf({ name: string, value: string.nullable() }),
    }),
    timeoutMs: int32,
    validateOnly: boolean.from(1),
  },
  response: {
    throttleTimeMs: throttleTimeMs(2),
    topics: arrayOf({
      name: string,
      topicId: uuidOrNone.from(7),
      errorCode: int16.or(0),
      errorMessage: string.from(1).nullable(1),
      numPartitions: int32.from(5).or(-1),
      replicationFactor: int16.from(5).or(-1),
      configs: arrayOf({
        name: string,
        value: string.nullable(),
        readOnly: boolean,
        configSource: int8,
        isSensitive: boolean,
      })
        .from(5)
        .nullable(5),
    }),
  },
});

export const deleteTopics = api({
  key: 20,
  name: 'DeleteTopics',
  versions: [0, 6],
  flexibleFrom: 4,
  request: {
    topics: arrayOf({ name: string.nullable(), topicId: uuid }).from(6),
    topicNames: array(string).through(5),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: throttleTimeMs(1),
    responses: arrayOf({
      name: string.nullable(6),
      topicId: uuid.from(6),
      errorCode: int16,
      errorMessage: string.from(5).nullable(5),
    }),
  },
});

export const createPartitions = api({
  key: 37,
  name: 'CreatePartitions',
  versions: [0, 3],
  flexibleFrom: 2,
  request: {
    topics: arrayOf({ name: string, count: int32, assignments: arrayOf({ brokerIds: array(int32) }).nullable() }),
    timeoutMs: int32,
    validateOnly: boolean,
  },
  response: {
    throttleTimeMs: throttleTimeMs(0),
    results: arrayOf({ name: string, errorCode: int16, errorMessage: string.nullable() }),
  },
});

export const deleteRecords = api({
  key: 21,
  name: 'DeleteRecords',
  versions: [0, 2],
  flexibleFrom: 2,
  request: {
    topics: arrayOf({ name: string, partitions: arrayOf({ partitionIndex: int32, offset: int64 }) }),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: throttleTimeMs(0),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({ partitionIndex: int32, lowWatermark: int64, errorCode: int16 }),
    }),
  },
});

export const describeConfigs = api({
  key: 32,
  name: 'DescribeConfigs',
  versions: [0, 4],
  flexibleFrom: 4,
  request: {
    resources: arrayOf({ resourceType: int8, resourceName: string, configurationKeys: array(string).nullable() }),
    includeSynonyms: boolean.from(1),
    includeDocumentation: boolean.from(3),
  },
  response: {
    throttleTimeMs: throttleTimeMs(0),
    results: arrayOf({
      errorCode: int16,
      errorMessage: string.nullable(),
      resourceType: int8,
      resourceName: string,
      configs: arrayOf({
        name: string,
        value: string.nullable(),
        readOnly: boolean,
        isDefault: boolean.through(0),
        configSource: int8.from(1).or(-1),
        isSensitive: boolean.or(false),
        synonyms: arrayOf({ name: string, value: string.nullable(), source: int8 }).from(1).or([]),
        configType: int8.from(3).or(0),
        documentation: string.from(3).nullable(3),
      }),
    }),
  },
});

const alteredConfigs = () => ({
  throttleTimeMs: throttleTimeMs(0),
  responses: arrayOf({
    errorCode: int16,
    errorMessage: string.nullable(),
    resourceType: int8,
    resourceName: string,
  }),
});

export const alterConfigs = api({
  key: 33,
  name: 'AlterConfigs',
  versions: [0, 2],
  flexibleFrom: 2,
  request: {
    resources: arrayOf({
      resourceType: int8,
      resourceName: string,
      configs: arrayOf({ name: string, value: string.nullable() }),
    }),
    validateOnly: boolean,
  },
  response: alteredConfigs(),
});

export const incrementalAlterConfigs = api({
  key: 44,
  name: 'IncrementalAlterConfigs',
  versions: [0, 1],
  flexibleFrom: 1,
  request: {
    resources: arrayOf({
      resourceType: int8,
      resourceName: string,
      configs: arrayOf({ name: string, configOperation: int8, value: string.nullable() }),
    }),
    validateOnly: boolean,
  },
  response: alteredConfigs(),
});

export const listPartitionReassignments = api({
  key: 46,
  name: 'ListPartitionReassignments',
  versions: [0, 0],
  flexibleFrom: 0,
  request: { timeoutMs: int32, topics: arrayOf({ name: string, partitionIndexes: array(int32) }).nullable() },
  response: {
    throttleTimeMs: throttleTimeMs(0),
    errorCode: int16.or(0),
    errorMessage: string.nullable(),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        replicas: array(int32),
        addingReplicas: array(int32),
        removingReplicas: array(int32),
      }),
    }),
  },
});

export const describeCluster = api({
  key: 60,
  name: 'DescribeCluster',
  versions: [0, 1],
  flexibleFrom: 0,
  request: { includeClusterAuthorizedOperations: boolean, endpointType: int8.from(1).or(1) },
  response: {
    throttleTimeMs: throttleTimeMs(0),
    errorCode: int16.or(0),
    errorMessage: string.nullable(),
    endpointType: int8.from(1).or(1),
    clusterId: string,
    controllerId: int32,
    brokers: arrayOf({ brokerId: int32, host: string, port: int32, rack: string.nullable() }),
    clusterAuthorizedOperations: int32.or(operationsNotAsked),
  },
});
