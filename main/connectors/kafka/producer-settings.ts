import { jobAborted } from '../../../engine/core/job-aborted.ts';
import { serversProblem } from './client-settings.ts';
import { invalidSetting, noProducer } from './kafka-failures.ts';
import { illegalArgument, wholeNumber } from './read-options.ts';

/** Settings of Kafka's producer that change what is written or when it is given up. */
export type ProducerSettings = {
  readonly servers: string;
  /** -1: all replicas confirm. */
  readonly acks: number;
  readonly maxBlockMs: number;
  readonly deliveryTimeoutMs: number;
  readonly maxRequestBytes: number;
};

/** What Spark refuses before it looks at the rows. */
export function checkProducerSettings(settings: ReadonlyMap<string, string>): void {
  if (settings.has('key.serializer'))
    throw illegalArgument(
      "Kafka option 'key.serializer' is not supported as keys are serialized with ByteArraySerializer.",
    );
  if (settings.has('value.serializer'))
    throw illegalArgument(
      "Kafka option 'value.serializer' is not supported as value are serialized with ByteArraySerializer.",
    );
}

/** Reads the settings as the task of the first row does. Records are sent at once and uncompressed, whatever `linger.ms` and `compression.type` say. */
export function producerSettings(settings: ReadonlyMap<string, string>): ProducerSettings {
  const servers = settings.get('bootstrap.servers');
  if (servers === undefined) throw jobAborted('java.util.NoSuchElementException', 'key not found: bootstrap.servers');
  const acks = settings.get('acks') ?? 'all';
  checkValue('acks', acks, ['all', '-1', '0', '1']);
  checkValue('compression.type', settings.get('compression.type') ?? 'none', ['none', 'gzip', 'snappy', 'lz4', 'zstd']);
  const problem = serversProblem(servers);
  if (problem !== undefined) throw noProducer(problem);
  return {
    servers,
    acks: acks === 'all' ? -1 : Number(acks),
    maxBlockMs: wholeNumber(settings.get('max.block.ms') ?? '60000'),
    deliveryTimeoutMs: wholeNumber(settings.get('delivery.timeout.ms') ?? '120000'),
    maxRequestBytes: wholeNumber(settings.get('max.request.size') ?? '1048576'),
  };
}

function checkValue(name: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw invalidSetting(name, value, allowed);
}
