import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { describeCluster } from '../kafka/cluster-description.ts';
import { ConsumerGroups } from '../kafka/consumer-groups.ts';
import type { FetchedPartition } from '../kafka/fetch-answer.ts';
import { KafkaClient, type OffsetQuery, type TopicOutcome } from '../kafka/kafka-client.ts';
import { KafkaConnection } from '../kafka/kafka-connection.ts';
import { errorCode, KafkaRefusal, KafkaUnavailable } from '../kafka/kafka-error.ts';
import { byTopic, partitionName } from '../kafka/kafka-record.ts';
import { kafkaSecurity } from '../kafka/kafka-security.ts';
import { PartitionPoll } from '../kafka/partition-poll.ts';
import {
  clusterSchema,
  commitSchema,
  committedSchema,
  connectSchema,
  createPartitionsSchema,
  createTopicsSchema,
  deleteGroupsSchema,
  deleteRecordsSchema,
  deleteTopicsSchema,
  fetchSchema,
  handleSchema,
  metadataSchema,
  offsetsSchema,
  sendSchema,
} from './kafka-schemas.ts';
import { SendQueue } from './send-queue.ts';
import type { SentRecord } from './sent-record.ts';
import { operation, serviceOperations, type Operation, type ServiceOperations } from './service-operations.ts';

/** What one client object in Python (a producer, a consumer, an administrator) works with. */
type PythonClient = {
  readonly client: KafkaClient;
  readonly connection: KafkaConnection;
  readonly groups: ConsumerGroups;
  readonly queue: SendQueue;
  readonly polling: KafkaConnection;
  readonly poll: PartitionPoll;
};

/** While no server answers, a consumer asks again this much later, as kafka-python does without a word. */
const reconnectMs = 200;

/**
 * What `kafka` asks: `kafka.connect` answers a handle, the other operations take it. An error of the broker, or of the way to it, is an answer
 * `{ error: { code, name, message } }`: the protocol's code, or the name of kafka-python's exception. `onSent` is told of every record that was confirmed.
 */
export function kafkaCalls(
  endpoints: Endpoints,
  onSent: (records: readonly SentRecord[]) => void = () => undefined,
): ServiceOperations {
  const open = new Map<string, PythonClient>();
  let lastHandle = 0;
  const clientOf = ({ connection }: { readonly connection: string }): PythonClient => {
    const found = open.get(connection);
    if (!found) throw new KafkaUnavailable('the client is closed');
    return found;
  };

  const connect: Operation = operation(connectSchema, async ({ servers }) => {
    const made = await openClient(endpoints, servers, onSent);
    try {
      await made.client.describeTopics('all');
    } catch (error) {
      made.connection.break('no server answered');
      return refused(error, 'NoBrokersAvailable');
    }
    lastHandle += 1;
    const connection = `kafka-${lastHandle}`;
    open.set(connection, made);
    return { connection };
  });

  const close: Operation = operation(handleSchema, async ({ connection }) => {
    const client = open.get(connection);
    open.delete(connection);
    if (client) await closeClient(client);
    return {};
  });

  const table = {
    'kafka.connect': connect,
    'kafka.close': close,
    ...recordOperations(clientOf),
    ...groupOperations(clientOf),
    ...adminOperations(clientOf),
  };
  return serviceOperations(table, async () => {
    const left = [...open.values()];
    open.clear();
    await Promise.all(left.map(closeClient));
  });
}

type ClientOf = (input: { readonly connection: string }) => PythonClient;

const recordOperations = (clientOf: ClientOf): Readonly<Record<string, Operation>> => ({
  'kafka.metadata': operation(metadataSchema, (input) =>
    answered(async () => {
      const topics = await clientOf(input).client.describeTopics(input.topics ?? 'all', input.create);
      return {
        topics: topics.map(({ topic, errorCode: code, partitions }) => ({
          topic,
          code,
          partitions: partitions.map(({ partition }) => ({ partition })),
        })),
      };
    }),
  ),
  'kafka.send': operation(sendSchema, (input) =>
    answered(() => clientOf(input).queue.send(input), 'KafkaTimeoutError'),
  ),
  'kafka.fetch': operation(fetchSchema, async ({ partitions, ...input }, signal) => {
    const { poll, polling } = clientOf(input);
    const interrupt = (): void => polling.break('interrupted');
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      return { partitions: (await poll.poll(partitions, input)).map(wirePartition) };
    } catch (error) {
      if (!(error instanceof KafkaUnavailable)) return refused(error, 'KafkaConnectionError');
      await new Promise((resolve) => setTimeout(resolve, Math.min(reconnectMs, input.maxWaitMs)));
      return { partitions: [] };
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }),
  'kafka.offsets': operation(offsetsSchema, (input) =>
    answered(async () => ({ offsets: await findOffsets(clientOf(input).client, input.partitions) })),
  ),
});

/** In the order asked; a partition that does not exist answers with its code. */
async function findOffsets(client: KafkaClient, asked: readonly OffsetQuery[]): Promise<readonly object[]> {
  const topics = await client.describeTopics([...byTopic(asked).keys()]);
  const existing = new Set(
    topics.flatMap(({ topic, partitions }) => partitions.map(({ partition }) => partitionName({ topic, partition }))),
  );
  const found = await client.listOffsets(asked.filter((query) => existing.has(partitionName(query))));
  const byName = new Map(found.map((answer) => [partitionName(answer), answer]));
  return asked.map((query) => {
    const answer = byName.get(partitionName(query));
    return {
      code: answer?.errorCode ?? errorCode.unknownTopicOrPartition,
      offset: String(answer?.offset ?? -1),
      timestamp: answer?.timestampMs ?? -1,
    };
  });
}

const groupOperations = (clientOf: ClientOf): Readonly<Record<string, Operation>> => ({
  'kafka.commit': operation(commitSchema, (input) =>
    answered(async () => {
      await clientOf(input).groups.commit(input.group, input.offsets);
      return {};
    }),
  ),
  'kafka.committed': operation(committedSchema, (input) =>
    answered(async () => ({ offsets: await clientOf(input).groups.committed(input.group, input.partitions ?? 'all') })),
  ),
  'kafka.groups': operation(handleSchema, (input) =>
    answered(async () => ({ groups: await clientOf(input).groups.list() })),
  ),
  'kafka.delete_groups': operation(deleteGroupsSchema, (input) =>
    answered(async () => {
      const deleted = await clientOf(input).groups.delete(input.groups);
      return { groups: deleted.map(({ group, errorCode: code }) => ({ group, code })) };
    }),
  ),
});

const adminOperations = (clientOf: ClientOf): Readonly<Record<string, Operation>> => ({
  'kafka.cluster': operation(clusterSchema, (input) =>
    answered(async () => describeCluster(clientOf(input).connection, input.topics ?? 'all')),
  ),
  'kafka.create_topics': operation(createTopicsSchema, (input) =>
    answered(async () => outcomes(await clientOf(input).client.createTopics(input.topics))),
  ),
  'kafka.delete_topics': operation(deleteTopicsSchema, (input) =>
    answered(async () => outcomes(await clientOf(input).client.deleteTopics(input.topics))),
  ),
  'kafka.delete_records': operation(deleteRecordsSchema, (input) =>
    answered(async () => {
      const asked = input.partitions.map((each) => ({ ...each, offset: Number(each.offset) }));
      const answers = await clientOf(input).client.deleteRecords(asked);
      return {
        partitions: answers.map(({ topic, partition, errorCode: code, earliestOffset }) => ({
          topic,
          partition,
          code,
          lowWatermark: String(earliestOffset),
        })),
      };
    }),
  ),
  'kafka.create_partitions': operation(createPartitionsSchema, (input) =>
    answered(async () => outcomes(await clientOf(input).client.createPartitions(input.topics))),
  ),
});

async function openClient(
  endpoints: Endpoints,
  servers: string,
  onSent: (records: readonly SentRecord[]) => void,
): Promise<PythonClient> {
  const connect = (): Promise<KafkaConnection> =>
    KafkaConnection.open(() => endpoints.kafka(servers), kafkaSecurity(new Map()));
  const [connection, polling] = await Promise.all([connect(), connect()]);
  const client = new KafkaClient(connection);
  return {
    client,
    connection,
    groups: new ConsumerGroups(connection),
    queue: new SendQueue(client, onSent),
    polling,
    poll: new PartitionPoll(new KafkaClient(polling), polling),
  };
}

async function closeClient({ queue, connection, polling }: PythonClient): Promise<void> {
  polling.break('closed');
  await queue.settled();
  connection.break('closed');
}

/** Runs `action`; the broker's refusal, or its absence as the exception `unavailable`, becomes the answer. */
async function answered(action: () => Promise<object>, unavailable = 'KafkaConnectionError'): Promise<object> {
  try {
    return await action();
  } catch (error) {
    return refused(error, unavailable);
  }
}

function refused(error: unknown, unavailable: string): object {
  if (error instanceof KafkaRefusal) return { error: { code: error.code, name: null, message: error.message } };
  if (!(error instanceof KafkaUnavailable)) throw error;
  // kafka-python raises this one bare.
  const message = unavailable === 'NoBrokersAvailable' ? null : error.message;
  return { error: { code: null, name: unavailable, message } };
}

const outcomes = (topics: readonly TopicOutcome[]): object => ({
  topics: topics.map(({ topic, errorCode: code, errorMessage: message }) => ({ topic, code, message })),
});

const wirePartition = (found: FetchedPartition): object => ({
  topic: found.topic,
  partition: found.partition,
  code: found.errorCode,
  highWater: String(found.latestOffset),
  next: found.nextOffset === null ? null : String(found.nextOffset),
  records: found.records.map(({ offset, timestampMs, isLogAppendTime, key, value, headers }) => ({
    offset: String(offset),
    timestamp: timestampMs,
    logAppendTime: isLogAppendTime,
    key: base64(key),
    value: base64(value),
    headers: headers.map((header) => [header.key, base64(header.value)]),
  })),
});

const base64 = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('base64');
