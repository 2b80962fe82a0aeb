import { brokerId } from './broker-parts.ts';
import type { BrokerParts } from './broker-parts.ts';
import type { CommittedOffset } from './committed-offsets.ts';
import {
  findCoordinator,
  heartbeat,
  joinGroup,
  leaveGroup,
  offsetCommit,
  offsetFetch,
  syncGroup,
} from './group-messages.ts';
import { errorCodes, refusal } from './protocol-error.ts';
import type { ErrorCode } from './protocol-error.ts';
import { route } from './request-router.ts';
import type { RequestContext, Route } from './request-router.ts';
import type { Decoded, Encodable } from './schema.ts';
import { unknownPartition } from './topic-store.ts';

/** From these versions on: many keys or groups in one request; a member must know its id before it joins. */
const manyCoordinatorsFrom = 4;
const manyGroupsFrom = 8;
const knownMemberFrom = 4;
const manyLeaversFrom = 3;
const maxMetadataBytes = 4096;

/** What a consumer of a group asks. */
export function groupRoutes(broker: BrokerParts): readonly Route[] {
  const { groups } = broker;
  return [
    route(findCoordinator, (request, context) => answerFindCoordinator(broker, request, context)),
    route(joinGroup, (request, context) =>
      groups.join(request.groupId, {
        memberId: request.memberId,
        instanceId: request.groupInstanceId,
        clientId: context.clientId,
        clientHost: `/${context.connection.remoteAddress}`,
        protocolType: request.protocolType,
        sessionTimeoutMs: request.sessionTimeoutMs,
        rebalanceTimeoutMs: request.rebalanceTimeoutMs > 0 ? request.rebalanceTimeoutMs : request.sessionTimeoutMs,
        // The request's bytes are a view of the frame, which the group outlives.
        protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
        mustKnowId: context.version >= knownMemberFrom,
      }),
    ),
    route(syncGroup, ({ groupInstanceId, ...request }) =>
      groups.sync(request.groupId, { ...request, instanceId: groupInstanceId }),
    ),
    route(heartbeat, (request) => ({
      errorCode: groups.heartbeat(request.groupId, request.memberId, request.groupInstanceId, request.generationId),
    })),
    route(leaveGroup, (request, context) => {
      if (context.version < manyLeaversFrom)
        return { errorCode: groups.leave(request.groupId, request.memberId, null) };
      const members = request.members.map(({ memberId, groupInstanceId }) => ({
        memberId,
        groupInstanceId,
        errorCode: groups.leave(request.groupId, memberId, groupInstanceId),
      }));
      return { errorCode: errorCodes.NONE, members };
    }),
    route(offsetCommit, (request) => answerOffsetCommit(broker, request)),
    route(offsetFetch, (request, context) => answerOffsetFetch(broker, request, context)),
  ];
}

function answerFindCoordinator(
  broker: BrokerParts,
  request: Decoded<typeof findCoordinator.request>,
  context: RequestContext,
): Encodable<typeof findCoordinator.response> {
  // For a transaction too: its refusal is that of InitProducerId, as clients hide the one of this request.
  const found = {
    nodeId: brokerId,
    host: context.connection.localAddress,
    port: broker.port(),
    errorCode: errorCodes.NONE,
    errorMessage: null,
  };
  if (context.version < manyCoordinatorsFrom) return found;
  return { coordinators: request.coordinatorKeys.map((key) => ({ key, ...found })) };
}

function answerOffsetCommit(
  broker: BrokerParts,
  request: Decoded<typeof offsetCommit.request>,
): Encodable<typeof offsetCommit.response> {
  const { groupId, memberId, groupInstanceId, generationId } = request;
  const forbidden = broker.groups.checkCommit(groupId, memberId, groupInstanceId, generationId);
  const accepted: CommittedOffset[] = [];
  const refused = new Map<CommittedOffset, ErrorCode>();
  const places = request.topics.map(({ name, partitions }) => ({
    name,
    offsets: partitions.map((partition): CommittedOffset => {
      const offset = {
        topic: name,
        partition: partition.partitionIndex,
        offset: partition.committedOffset,
        leaderEpoch: partition.committedLeaderEpoch,
        metadata: partition.committedMetadata ?? '',
      };
      const errorCode = forbidden === errorCodes.NONE ? checkOffset(broker, offset) : forbidden;
      if (errorCode === errorCodes.NONE) accepted.push(offset);
      else refused.set(offset, errorCode);
      return offset;
    }),
  }));
  const stored = storeOffsets(broker, groupId, accepted);
  return {
    topics: places.map(({ name, offsets }) => ({
      name,
      partitions: offsets.map((offset) => ({
        partitionIndex: offset.partition,
        errorCode: refused.get(offset) ?? stored,
      })),
    })),
  };
}

function checkOffset(broker: BrokerParts, { topic, partition, metadata }: CommittedOffset): ErrorCode {
  if (broker.topics.byName(topic)?.partitions[partition] === undefined) return unknownPartition(topic, partition).code;
  return metadata.length > maxMetadataBytes ? errorCodes.OFFSET_METADATA_TOO_LARGE : errorCodes.NONE;
}

function storeOffsets(broker: BrokerParts, groupId: string, offsets: readonly CommittedOffset[]): ErrorCode {
  try {
    broker.groups.offsets.commit(groupId, offsets);
    return errorCodes.NONE;
  } catch (error) {
    return refusal(error).errorCode;
  }
}

function answerOffsetFetch(
  broker: BrokerParts,
  request: Decoded<typeof offsetFetch.request>,
  context: RequestContext,
): Encodable<typeof offsetFetch.response> {
  if (context.version < manyGroupsFrom) return { topics: findOffsets(broker, request.groupId, request.topics) };
  return {
    groups: request.groups.map(({ groupId, topics }) => ({ groupId, topics: findOffsets(broker, groupId, topics) })),
  };
}

/** `topics` null: all that the group has committed. */
function findOffsets(
  broker: BrokerParts,
  groupId: string,
  topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null,
) {
  const { offsets } = broker.groups;
  return (topics ?? committedPartitions(offsets.of(groupId))).map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((partitionIndex) => {
      const committed = offsets.at(groupId, name, partitionIndex);
      return {
        partitionIndex,
        committedOffset: committed?.offset ?? -1,
        committedLeaderEpoch: committed?.leaderEpoch ?? -1,
        metadata: committed?.metadata ?? '',
      };
    }),
  }));
}

function committedPartitions(offsets: readonly CommittedOffset[]) {
  const partitions = new Map<string, number[]>();
  for (const { topic, partition } of offsets) partitions.set(topic, [...(partitions.get(topic) ?? []), partition]);
  return [...partitions].map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
}
