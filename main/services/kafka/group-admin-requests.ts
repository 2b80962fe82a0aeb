import { allowedOperations } from './allowed-operations.ts';
import type { BrokerParts } from './broker-parts.ts';
import type { GroupView } from './group-coordinator.ts';
import { deleteGroups, describeGroups, listGroups, offsetDelete } from './group-messages.ts';
import { errorCodes, refusal } from './protocol-error.ts';
import { route } from './request-router.ts';
import type { Route } from './request-router.ts';
import type { Decoded, Encodable } from './schema.ts';

/** What a tool asks about consumer groups. */
export function groupAdminRoutes(broker: BrokerParts): readonly Route[] {
  const { groups } = broker;
  return [
    route(listGroups, ({ statesFilter }) => ({
      groups: groups
        .list()
        .filter(({ state }) => statesFilter.length === 0 || statesFilter.includes(state))
        .map(({ id, state, protocolType }) => ({ groupId: id, protocolType, groupState: state })),
    })),
    route(describeGroups, (request) => ({
      groups: request.groups.map((id) => ({
        ...describe(groups.describe(id)),
        authorizedOperations: allowedOperations('group', request.includeAuthorizedOperations),
      })),
    })),
    route(deleteGroups, ({ groupsNames }) => ({
      results: groupsNames.map((groupId) => ({ groupId, errorCode: attempt(() => groups.delete(groupId)) })),
    })),
    route(offsetDelete, (request) => answerOffsetDelete(broker, request)),
  ];
}

const describe = ({ id, state, protocolType, protocol, members }: GroupView) => ({
  groupId: id,
  groupState: state,
  protocolType,
  protocolData: protocol,
  members: members.map((member) => ({
    memberId: member.id,
    groupInstanceId: member.facts.instanceId,
    clientId: member.facts.clientId,
    clientHost: member.facts.clientHost,
    memberMetadata: member.metadataFor(protocol),
    memberAssignment: member.assignment,
  })),
});

function answerOffsetDelete(
  broker: BrokerParts,
  { groupId, topics }: Decoded<typeof offsetDelete.request>,
): Encodable<typeof offsetDelete.response> {
  const places = topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
  );
  const errorCode = attempt(() => broker.groups.deleteOffsets(groupId, places));
  if (errorCode !== errorCodes.NONE) return { errorCode };
  return {
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: errorCodes.NONE })),
    })),
  };
}

function attempt(act: () => number): number {
  try {
    return act();
  } catch (error) {
    return refusal(error).errorCode;
  }
}
