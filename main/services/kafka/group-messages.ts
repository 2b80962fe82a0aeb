import { api, array, arrayOf, boolean, bytes, int16, int32, int64, int8, string, throttleTimeMs } from './schema.ts';
import { operationsNotAsked } from './allowed-operations.ts';

const instanceFrom = (version: number) => string.from(version).nullable(version);

export const findCoordinator = api({
  key: 10,
  name: 'FindCoordinator',
  versions: [0, 4],
  flexibleFrom: 3,
  request: { key: string.through(3), keyType: int8.from(1), coordinatorKeys: array(string).from(4) },
  response: {
    throttleTimeMs: throttleTimeMs(1),
    errorCode: int16.through(3).or(0),
    errorMessage: string.from(1).through(3).nullable(1),
    nodeId: int32.through(3).or(-1),
    host: string.through(3).or(''),
    port: int32.through(3).or(-1),
    coordinators: arrayOf({
      key: string,
      nodeId: int32,
      host: string,
      port: int32,
      errorCode: int16,
      errorMessage: string.nullable(),
    })
      .from(4)
      .or([]),
  },
});

export const joinGroup = api({
  key: 11,
  name: 'JoinGroup',
  versions: [0, 9],
  flexibleFrom: 6,
  request: {
    groupId: string,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: int32.from(1).or(-1),
    memberId: string,
    groupInstanceId: instanceFrom(5),
    protocolType: string,
    protocols: arrayOf({ name: string, metadata: bytes }),
    reason: string.from(8).nullable(8),
  },
  response: {
    throttleTimeMs: throttleTimeMs(2),
    errorCode: int16.or(0),
    generationId: int32.or(-1),
    protocolType: string.from(7).nullable(7),
    protocolName: string.nullable(7),
    leader: string.or(''),
    skipAssignment: boolean.from(9).or(false),
    memberId: string,
    members: arrayOf({ memberId: string, groupInstanceId: instanceFrom(5), metadata: bytes }).or([]),
  },
});

export const syncGroup = api({
  key: 14,
  name: 'SyncGroup',
  versions: [0, 5],
  flexibleFrom: 4,
  request: {
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: instanceFrom(3),
    protocolType: string.from(5).nullable(5),
    protocolName: string.from(5).nullable(5),
    assignments: arrayOf({ memberId: string, assignment: bytes }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(1),
    errorCode: int16.or(0),
    protocolType: string.from(5).nullable(5),
    protocolName: string.from(5).nullable(5),
    assignment: bytes.or(new Uint8Array(0)),
  },
});

export const heartbeat = api({
  key: 12,
  name: 'Heartbeat',
  versions: [0, 4],
  flexibleFrom: 4,
  request: { groupId: string, generationId: int32, memberId: string, groupInstanceId: instanceFrom(3) },
  response: { throttleTimeMs: throttleTimeMs(1), errorCode: int16 },
});

export const leaveGroup = api({
  key: 13,
  name: 'LeaveGroup',
  versions: [0, 5],
  flexibleFrom: 4,
  request: {
    groupId: string,
    memberId: string.through(2),
    members: arrayOf({ memberId: string, groupInstanceId: string.nullable(), reason: instanceFrom(5) }).from(3),
  },
  response: {
    throttleTimeMs: throttleTimeMs(1),
    errorCode: int16,
    members: arrayOf({ memberId: string, groupInstanceId: string.nullable(), errorCode: int16 }).from(3).or([]),
  },
});

export const offsetCommit = api({
  key: 8,
  name: 'OffsetCommit',
  versions: [1, 8],
  flexibleFrom: 8,
  request: {
    groupId: string,
    generationId: int32.or(-1),
    memberId: string,
    groupInstanceId: instanceFrom(7),
    retentionTimeMs: int64.from(2).through(4).or(-1),
    topics: arrayOf({
      name: string,
      partitions: arrayOf({
        partitionIndex: int32,
        committedOffset: int64,
        committedLeaderEpoch: int32.from(6).or(-1),
        commitTimestamp: int64.through(1).or(-1),
        committedMetadata: string.nullable(),
      }),
    }),
  },
  response: {
    throttleTimeMs: throttleTimeMs(3),
    topics: arrayOf({ name: string, partitions: arrayOf({ partitionIndex: int32, errorCode: int16 }) }),
  },
});

const askedOffsets = () => arrayOf({ name: string, partitionIndexes: array(int32) });
const foundOffsets = () =>
  arrayOf({
    name: string,
    partitions: arrayOf({
      partitionIndex: int32,
      committedOffset: int64,
      committedLeaderEpoch: int32.from(5).or(-1),
      metadata: string.nullable(),
      errorCode: int16.or(0),
    }),
  });

export const offsetFetch = api({
  key: 9,
  name: 'OffsetFetch',
  versions: [1, 8],
  flexibleFrom: 6,
  request: {
    groupId: string.through(7),
    topics: askedOffsets().through(7).nullable(2),
    groups: arrayOf({ groupId: string, topics: askedOffsets().nullable() }).from(8),
    requireStable: boolean.from(7),
  },
  response: {
    throttleTimeMs: throttleTimeMs(3),
    topics: foundOffsets().through(7).or([]),
    errorCode: int16.from(2).through(7).or(0),
    groups: arrayOf({ groupId: string, topics: foundOffsets(), errorCode: int16.or(0) })
      .from(8)
      .or([]),
  },
});

export const describeGroups = api({
  key: 15,
  name: 'DescribeGroups',
  versions: [0, 5],
  flexibleFrom: 5,
  request: { groups: array(string), includeAuthorizedOperations: boolean.from(3) },
  response: {
    throttleTimeMs: throttleTimeMs(1),
    groups: arrayOf({
      errorCode: int16.or(0),
      groupId: string,
      groupState: string,
      protocolType: string.or(''),
      protocolData: string.or(''),
      members: arrayOf({
        memberId: string,
        groupInstanceId: instanceFrom(4),
        clientId: string,
        clientHost: string,
        memberMetadata: bytes,
        memberAssignment: bytes,
      }).or([]),
      authorizedOperations: int32.from(3).or(operationsNotAsked),
    }),
  },
});

export const listGroups = api({
  key: 16,
  name: 'ListGroups',
  versions: [0, 4],
  flexibleFrom: 3,
  request: { statesFilter: array(string).from(4) },
  response: {
    throttleTimeMs: throttleTimeMs(1),
    errorCode: int16.or(0),
    groups: arrayOf({ groupId: string, protocolType: string, groupState: string.from(4).or('') }),
  },
});

export const deleteGroups = api({
  key: 42,
  name: 'DeleteGroups',
  versions: [0, 2],
  flexibleFrom: 2,
  request: { groupsNames: array(string) },
  response: { throttleTimeMs: throttleTimeMs(0), results: arrayOf({ groupId: string, errorCode: int16 }) },
});

export const offsetDelete = api({
  key: 47,
  name: 'OffsetDelete',
  versions: [0, 0],
  flexibleFrom: Infinity,
  request: { groupId: string, topics: arrayOf({ name: string, partitions: arrayOf({ partitionIndex: int32 }) }) },
  response: {
    errorCode: int16.or(0),
    throttleTimeMs: throttleTimeMs(0),
    topics: arrayOf({ name: string, partitions: arrayOf({ partitionIndex: int32, errorCode: int16 }) }).or([]),
  },
});
