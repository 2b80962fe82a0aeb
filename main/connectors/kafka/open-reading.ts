import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { SourceOptions } from '../../../engine/api/source.ts';
import { clientSettings, serversProblem } from './client-settings.ts';
import { DataWatch } from './data-watch.ts';
import { kafkaSecurity } from './kafka-security.ts';
import { kafkaClient } from './kafka-client.ts';
import { noAdminClient } from './kafka-failures.ts';
import { OffsetReader } from './offset-reader.ts';
import { clientPatience } from './patience.ts';
import { readStrategy, truthOption, wholeOption, type Strategy } from './read-options.ts';
import type { RangeReading } from './read-range.ts';

/** What a read needs of the cluster. */
export type Reading = {
  readonly strategy: Strategy;
  readonly offsets: OffsetReader;
  readonly range: RangeReading;
  readonly watch: (notify: () => void) => DataWatch;
};

/** Spark's `spark.network.timeout`. */
const networkTimeoutMs = 120_000;

/** `uniqueGroup`: the consumer group's name where the learner gives none; it only shows in messages. */
export async function openReading(options: SourceOptions, endpoints: Endpoints, uniqueGroup: string): Promise<Reading> {
  const strategy = readStrategy(options);
  const settings = clientSettings(options);
  const retries = {
    attempts: wholeOption(options, 'fetchOffset.numRetries') ?? 3,
    intervalMs: wholeOption(options, 'fetchOffset.retryIntervalMs') ?? 1000,
  };
  const failOnDataLoss = truthOption(options, 'failOnDataLoss', true);
  const pollTimeoutMs = wholeOption(options, 'kafkaConsumer.pollTimeoutMs') ?? networkTimeoutMs;
  const servers = settings.get('bootstrap.servers') ?? '';
  const problem = serversProblem(servers);
  if (problem !== undefined) throw noAdminClient(problem);
  const client = await kafkaClient(endpoints, servers, settings);
  const patience = clientPatience(settings, 'default.api.timeout.ms');
  const committedOnly = settings.get('isolation.level') === 'read_committed';
  const group = options.get('groupIdPrefix') ?? uniqueGroup;
  return {
    strategy,
    watch: (notify) => new DataWatch(endpoints, servers, kafkaSecurity(settings), patience, notify),
    offsets: new OffsetReader(client, strategy, patience, retries, committedOnly),
    range: {
      client,
      patience,
      groupId: settings.get('group.id') ?? `${group}-executor`,
      failOnDataLoss,
      includeHeaders: truthOption(options, 'includeHeaders', false),
      committedOnly,
      pollTimeoutMs,
    },
  };
}
