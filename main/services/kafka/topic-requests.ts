import { allowedOperations } from './allowed-operations.ts';
import { brokerId } from './broker-parts.ts';
import type { BrokerParts } from './broker-parts.ts';
import {
  createPartitions,
  createTopics,
  deleteRecords,
  deleteTopics,
  describeCluster,
  listPartitionReassignments,
} from './admin-messages.ts';
import { ProtocolError, errorCodes, refusal } from './protocol-error.ts';
import { route } from './request-router.ts';
import type { RequestContext, Route } from './request-router.ts';
import type { Decoded, Encodable } from './schema.ts';
import { parseTopicSettings, showSettings } from './topic-settings.ts';
import type { Topic } from './topic-store.ts';

const byIdFrom = 6;
/** Asks for the broker's default, one partition and one replica. */
const brokerDefault = -1;
/** Where the value of a setting comes from, by Kafka's numbers. */
export const settingSources = { topic: 1, default: 5 } as const;

/** Topics, partitions and the cluster they are in. */
export function topicRoutes(broker: BrokerParts): readonly Route[] {
  return [
    route(createTopics, ({ topics, validateOnly }) => ({
      topics: topics.map((topic) => answering(topic.name, () => createTopic(broker, topic, validateOnly))),
    })),
    route(deleteTopics, (request, context) => answerDeleteTopics(broker, request, context)),
    route(createPartitions, ({ topics, validateOnly }) => ({
      results: topics.map(({ name, count }) =>
        answering(name, () => {
          const topic = broker.topics.existing(name);
          if (validateOnly) broker.topics.checkPartitionCount(topic, count);
          else broker.topics.addPartitions(topic, count);
          return { name, errorCode: errorCodes.NONE };
        }),
      ),
    })),
    route(deleteRecords, (request) => answerDeleteRecords(broker, request)),
    // One node holds everything: nothing is ever on its way.
    route(listPartitionReassignments, () => ({ topics: [] })),
    route(describeCluster, ({ includeClusterAuthorizedOperations }, { connection }) => ({
      clusterId: broker.catalog.clusterId,
      controllerId: brokerId,
      brokers: [{ brokerId, host: connection.localAddress, port: broker.port() }],
      clusterAuthorizedOperations: allowedOperations('cluster', includeClusterAuthorizedOperations),
    })),
  ];
}

type NewTopic = Decoded<typeof createTopics.request>['topics'][number];

function createTopic(broker: BrokerParts, wanted: NewTopic, validateOnly: boolean) {
  const { name, assignments, numPartitions } = wanted;
  const partitionCount = assignments.length || (numPartitions === brokerDefault ? 1 : numPartitions);
  const settings = parseTopicSettings(wanted.configs);
  checkReplication(wanted);
  if (validateOnly) broker.topics.checkNewTopic(name, partitionCount);
  const topic = validateOnly ? undefined : broker.topics.create(name, partitionCount, settings);
  return {
    name,
    ...(topic === undefined ? {} : { topicId: topic.id }),
    errorCode: errorCodes.NONE,
    numPartitions: partitionCount,
    replicationFactor: 1,
    configs: showSettings(settings).map((setting) => ({
      name: setting.name,
      value: setting.value,
      readOnly: false,
      configSource: setting.isDefault ? settingSources.default : settingSources.topic,
      isSensitive: false,
    })),
  };
}

function checkReplication({ assignments, replicationFactor }: NewTopic): void {
  const factor = assignments[0]?.brokerIds.length ?? (replicationFactor === brokerDefault ? 1 : replicationFactor);
  if (factor < 1)
    throw new ProtocolError(
      'INVALID_REPLICATION_FACTOR',
      'Replication factor must be larger than 0, or -1 to use the default value.',
    );
  if (factor > 1)
    throw new ProtocolError(
      'INVALID_REPLICATION_FACTOR',
      `Unable to replicate the partition ${factor} time(s): The target replication factor of ${factor} cannot be reached because only 1 broker(s) are registered.`,
    );
}

async function answerDeleteTopics(
  broker: BrokerParts,
  request: Decoded<typeof deleteTopics.request>,
  context: RequestContext,
): Promise<Encodable<typeof deleteTopics.response>> {
  const isById = context.version >= byIdFrom;
  const wanted = isById ? request.topics : request.topicNames.map((name) => ({ name, topicId: '' }));
  const responses = wanted.map(async ({ name, topicId }) => {
    const topic = name === null ? broker.topics.byId(topicId) : broker.topics.byName(name);
    const answer = { name: name ?? topic?.name ?? null, topicId: topic?.id ?? topicId };
    if (topic === undefined) {
      const errorCode = name === null ? errorCodes.UNKNOWN_TOPIC_ID : errorCodes.UNKNOWN_TOPIC_OR_PARTITION;
      return { ...answer, errorCode };
    }
    try {
      await deleteTopic(broker, topic);
      return { ...answer, errorCode: errorCodes.NONE };
    } catch (error) {
      return { ...answer, ...refusal(error) };
    }
  });
  return { responses: await Promise.all(responses) };
}

/** Deletes a topic with its records, and where the groups were in it. */
export async function deleteTopic(broker: BrokerParts, topic: Topic): Promise<void> {
  await broker.topics.delete(topic);
  broker.groups.offsets.deleteTopic(topic.name);
}

function answerDeleteRecords(
  broker: BrokerParts,
  { topics }: Decoded<typeof deleteRecords.request>,
): Encodable<typeof deleteRecords.response> {
  return {
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, offset }) => {
        try {
          const lowWatermark = broker.topics.deleteRecords(broker.topics.existing(name), partitionIndex, offset);
          return { partitionIndex, lowWatermark, errorCode: errorCodes.NONE };
        } catch (error) {
          return { partitionIndex, lowWatermark: -1, errorCode: refusal(error).errorCode };
        }
      }),
    })),
  };
}

/** The answer, or the refusal in its place. */
function answering<T extends { readonly name: string }>(name: string, act: () => T) {
  try {
    return act();
  } catch (error) {
    return { name, ...refusal(error) };
  }
}
