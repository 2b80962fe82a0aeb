import type { BrokerParts } from './broker-parts.ts';
import type { fetch } from './data-messages.ts';
import type { PartitionLog } from './partition-log.ts';
import { ProtocolError, refusal } from './protocol-error.ts';
import type { RequestContext } from './request-router.ts';
import type { Decoded, Encodable } from './schema.ts';
import { unknownPartition } from './topic-store.ts';
import type { Topic } from './topic-store.ts';

type FetchRequest = Decoded<typeof fetch.request>;
type FetchResponse = Encodable<typeof fetch.response>;

/** From this version on topics are named by their id. */
const byIdFrom = 13;
/** However much a client asks for at once, an answer has about this much. */
const maxResponseBytes = 32 << 20;

/** Answers at once when there is enough, or anything to refuse; else when enough was appended, the client's time is up, or the client is gone. */
export async function answerFetch(
  broker: BrokerParts,
  request: FetchRequest,
  context: RequestContext,
): Promise<FetchResponse> {
  const first = readAll(broker, request, context.version);
  const missingBytes = request.minBytes - first.bytes;
  if (missingBytes <= 0 || first.hasError || request.maxWaitMs <= 0) return first.response;
  await appended(first.logs, missingBytes, request.maxWaitMs, context.connection.signal);
  return readAll(broker, request, context.version).response;
}

function readAll(broker: BrokerParts, request: FetchRequest, version: number) {
  let bytes = 0;
  let hasError = false;
  const logs: PartitionLog[] = [];
  const limit = Math.min(request.maxBytes, maxResponseBytes);
  const topics = request.topics.map(({ topic: name, topicId, partitions }) => {
    const topic = version >= byIdFrom ? broker.topics.byId(topicId) : broker.topics.byName(name);
    return {
      topic: name,
      topicId,
      partitions: partitions.map(({ partition, fetchOffset, partitionMaxBytes }) => {
        const log = topic?.partitions[partition];
        const place = { partitionIndex: partition, ...offsetsOf(log) };
        try {
          if (log === undefined) throw unknownTopic(topic, version, name, partition);
          const records = log.read(fetchOffset, Math.min(partitionMaxBytes, limit - bytes), bytes === 0);
          logs.push(log);
          bytes += records.length;
          return { ...place, records };
        } catch (error) {
          hasError = true;
          return { ...place, errorCode: refusal(error).errorCode, records: new Uint8Array(0) };
        }
      }),
    };
  });
  return { response: { topics } satisfies FetchResponse, bytes, hasError, logs };
}

const offsetsOf = (log: PartitionLog | undefined) =>
  log === undefined
    ? {}
    : { highWatermark: log.endOffset, lastStableOffset: log.endOffset, logStartOffset: log.startOffset };

const unknownTopic = (topic: Topic | undefined, version: number, name: string, partition: number): ProtocolError =>
  topic === undefined && version >= byIdFrom
    ? new ProtocolError('UNKNOWN_TOPIC_ID', 'This server has no topic of that id.')
    : unknownPartition(name, partition);

/** Resolves when the logs have got so many bytes more, when one of them is closed, after the wait, or when the client is gone. */
function appended(
  logs: readonly PartitionLog[],
  missingBytes: number,
  maxWaitMs: number,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    let missing = missingBytes;
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      for (const stop of stops) stop();
      resolve();
    };
    const timer = setTimeout(done, maxWaitMs);
    signal.addEventListener('abort', done, { once: true });
    const stops = logs.map((log) =>
      log.watch((bytes) => {
        missing -= bytes;
        if (missing <= 0 || bytes === 0) done();
      }),
    );
  });
}
