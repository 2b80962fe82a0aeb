import { allowedOperations } from './allowed-operations.ts';
import { brokerId } from './broker-parts.ts';
import type { BrokerParts } from './broker-parts.ts';
import { initProducerId, listOffsets, metadata, produce, fetch } from './data-messages.ts';
import { answerFetch } from './fetch-records.ts';
import { ProtocolError, refusal } from './protocol-error.ts';
import { BadRequestError, route } from './request-router.ts';
import type { RequestContext, Route } from './request-router.ts';
import type { Decoded, Encodable } from './schema.ts';
import { checkTopicName } from './topic-name.ts';
import { unknownPartition } from './topic-store.ts';
import type { Topic } from './topic-store.ts';

/** Special times of ListOffsets. */
const latest = -1;
const earliest = -2;
const withMaxTimestamp = -3;

/** Metadata, records in, records out, offsets. */
export function dataRoutes(broker: BrokerParts): readonly Route[] {
  return [
    route(produce, (request) => answerProduce(broker, request)),
    route(fetch, (request, context) => answerFetch(broker, request, context)),
    route(listOffsets, (request) => answerListOffsets(broker, request)),
    route(metadata, (request, context) => answerMetadata(broker, request, context)),
    route(initProducerId, (request) => answerInitProducerId(broker, request)),
  ];
}

function answerMetadata(
  broker: BrokerParts,
  request: Decoded<typeof metadata.request>,
  context: RequestContext,
): Encodable<typeof metadata.response> {
  const isAll = request.topics === null || (context.version === 0 && request.topics.length === 0);
  const topicAuthorizedOperations = allowedOperations('topic', request.includeTopicAuthorizedOperations);
  const known = (topic: Topic) => ({ ...describeTopic(topic), topicAuthorizedOperations });
  return {
    brokers: [{ nodeId: brokerId, host: context.connection.localAddress, port: broker.port() }],
    clusterId: broker.catalog.clusterId,
    controllerId: brokerId,
    topics: isAll
      ? broker.topics.list().map(known)
      : (request.topics ?? []).map(({ name, topicId }) => {
          try {
            return known(findOrCreate(broker, name, topicId, request.allowAutoTopicCreation));
          } catch (error) {
            return { name, topicId, errorCode: refusal(error).errorCode };
          }
        }),
    clusterAuthorizedOperations: allowedOperations('cluster', request.includeClusterAuthorizedOperations),
  };
}

function findOrCreate(broker: BrokerParts, name: string | null, id: string, mayCreate: boolean): Topic {
  const topic = name === null ? broker.topics.byId(id) : broker.topics.byName(name);
  if (topic !== undefined) return topic;
  if (name === null) throw new ProtocolError('UNKNOWN_TOPIC_ID', `This server has no topic of id ${id}.`);
  if (mayCreate) return broker.topics.create(name, 1, {});
  checkTopicName(name, []);
  return broker.topics.existing(name);
}

const describeTopic = (topic: Topic) => ({
  name: topic.name,
  topicId: topic.id,
  partitions: topic.partitions.map((_, index) => ({
    partitionIndex: index,
    leaderId: brokerId,
    replicaNodes: [brokerId],
    isrNodes: [brokerId],
  })),
});

function answerProduce(
  broker: BrokerParts,
  request: Decoded<typeof produce.request>,
): Encodable<typeof produce.response> | null {
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ index, records }) => {
      try {
        return { index, ...storeBatch(broker, request, name, index, records) };
      } catch (error) {
        return { index, ...refusal(error) };
      }
    }),
  }));
  if (request.acks !== 0) return { topics };
  // Nobody reads an answer; closing the connection is how Kafka tells such a producer that something was lost.
  const lost = topics.flatMap(({ partitions }) => partitions).find((partition) => 'errorCode' in partition);
  if (lost !== undefined) throw new BadRequestError('records without acknowledgement could not be stored');
  return null;
}

function storeBatch(
  broker: BrokerParts,
  request: Decoded<typeof produce.request>,
  name: string,
  partition: number,
  records: Uint8Array | null,
): { readonly baseOffset: number; readonly logAppendTimeMs: number; readonly logStartOffset: number } {
  if (request.transactionalId !== null) throw noTransactions();
  if (request.acks < -1 || request.acks > 1)
    throw new ProtocolError('INVALID_REQUIRED_ACKS', `Invalid required acks: ${request.acks}`);
  const topic = broker.topics.byName(name);
  const log = topic?.partitions[partition];
  if (topic === undefined || log === undefined) throw unknownPartition(name, partition);
  // A copy-free view of the frame, which is ours until it is answered.
  const batch = records ?? new Uint8Array(0);
  const bytes = Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength);
  const { baseOffset, logAppendTimeMs, recordCount } = broker.topics.append(topic, log, bytes);
  if (recordCount > 0) broker.onAppend(name, partition, recordCount);
  return { baseOffset, logAppendTimeMs, logStartOffset: log.startOffset };
}

function answerListOffsets(
  broker: BrokerParts,
  request: Decoded<typeof listOffsets.request>,
): Encodable<typeof listOffsets.response> {
  return {
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, timestamp }) => {
        try {
          const { offset, timestampMs } = findOffset(broker, name, partitionIndex, timestamp);
          const oldStyleOffsets = offset < 0 ? [] : [offset];
          return { partitionIndex, offset, timestamp: timestampMs, leaderEpoch: 0, oldStyleOffsets };
        } catch (error) {
          return { partitionIndex, errorCode: refusal(error).errorCode };
        }
      }),
    })),
  };
}

function findOffset(
  broker: BrokerParts,
  name: string,
  partition: number,
  timestampMs: number,
): { readonly offset: number; readonly timestampMs: number } {
  const log = broker.topics.byName(name)?.partitions[partition];
  if (log === undefined) throw unknownPartition(name, partition);
  if (timestampMs === latest) return { offset: log.endOffset, timestampMs: -1 };
  if (timestampMs === earliest) return { offset: log.startOffset, timestampMs: -1 };
  const place = timestampMs === withMaxTimestamp ? log.placeOfMaxTimestamp() : log.placeAtTime(timestampMs);
  return place ?? { offset: -1, timestampMs: -1 };
}

function answerInitProducerId(
  broker: BrokerParts,
  request: Decoded<typeof initProducerId.request>,
): Encodable<typeof initProducerId.response> {
  try {
    if (request.transactionalId !== null) throw noTransactions();
    return { producerId: broker.catalog.nextProducerId(), producerEpoch: 0 };
  } catch (error) {
    return { errorCode: refusal(error).errorCode };
  }
}

const noTransactions = (): ProtocolError =>
  new ProtocolError('UNSUPPORTED_VERSION', 'This broker has no transactions.');
