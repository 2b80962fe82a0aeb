import { errorCode, KafkaRefusal, KafkaUnavailable } from './kafka-error.ts';
import type { KafkaClient, OffsetQuery, TopicDescription } from './kafka-client.ts';
import { assertionFailed, refusedCall, unreachable } from './kafka-failures.ts';
import { partitionName, type TopicPartition } from './kafka-record.ts';
import {
  earliestOffset,
  latestOffset,
  offsetMap,
  partitionSet,
  type OffsetMap,
  type PartitionOffset,
} from './offset-map.ts';
import { whilePassing, type Patience } from './patience.ts';
import { illegalArgument, type NoMatch, type OffsetLimit, type Strategy } from './read-options.ts';

/** How often Spark asks for offsets before it gives up, and how long it waits in between. */
export type FetchRetries = { readonly attempts: number; readonly intervalMs: number };

/** Partitions are looked up anew when the last look is older. Spark looks before each batch, which costs as much as asking for the offsets. */
const partitionsAgeMs = 200;

/** Asks a cluster for partitions and offsets, as the driver of a query does. All errors are Spark's. */
export class OffsetReader {
  private readonly client: KafkaClient;
  private readonly strategy: Strategy;
  private readonly patience: Patience;
  private readonly retries: FetchRetries;
  private readonly committedOnly: boolean;
  private seen: { readonly at: number; readonly partitions: readonly TopicPartition[] } | undefined;

  constructor(
    client: KafkaClient,
    strategy: Strategy,
    patience: Patience,
    retries: FetchRetries,
    committedOnly: boolean,
  ) {
    this.client = client;
    this.strategy = strategy;
    this.patience = patience;
    this.retries = retries;
    this.committedOnly = committedOnly;
  }

  /** The partitions the strategy covers now. */
  async partitions(): Promise<readonly TopicPartition[]> {
    const topics = await this.call(() => this.describedTopics());
    const found = topics
      .filter(({ isInternal }) => !isInternal)
      .flatMap(({ topic, partitions }) => partitions.map(({ partition }) => ({ topic, partition })))
      .filter((place) => covers(this.strategy, place));
    this.seen = { at: performance.now(), partitions: found };
    return found;
  }

  async earliest(places?: readonly TopicPartition[]): Promise<OffsetMap> {
    if (places?.length === 0) return new Map();
    return this.retrying(async () => {
      const there = await this.partitions();
      const names = new Set(places?.map(partitionName));
      return this.offsets(
        there.filter((place) => places === undefined || names.has(partitionName(place))),
        'earliest',
      );
    });
  }

  /** `known`: offsets reached before; when the server names smaller ones, it is asked again, as it may have lost or not yet found its data. */
  async latest(known?: OffsetMap): Promise<OffsetMap> {
    return this.retrying(async () => {
      const fresh =
        this.seen !== undefined && performance.now() - this.seen.at < partitionsAgeMs ? this.seen : undefined;
      const places = fresh?.partitions ?? (await this.partitions());
      for (let attempt = 1; ; attempt += 1) {
        const found = await this.offsets(places, 'latest');
        const isWrong = [...found].some(([name, { offset }]) => (known?.get(name)?.offset ?? offset) > offset);
        if (!isWrong || attempt >= this.retries.attempts || this.patience.isStopped) return found;
        await this.patience.pause(this.retries.intervalMs);
      }
    });
  }

  /** Where a stream starts that has no checkpoint. */
  async startOf(limit: OffsetLimit): Promise<OffsetMap> {
    switch (limit.kind) {
      case 'earliest':
        return this.earliest();
      case 'latest':
        return this.latest();
      case 'offsets':
        return this.retrying(async () => {
          const places = await this.partitions();
          checkNamed(places, limit.offsets, streamSentence);
          return this.filled(limit.offsets);
        });
      case 'timestamps':
      case 'timestamp':
        return this.retrying(async () => this.filled(await this.byTime(limit, 'starting')));
    }
  }

  /** One end of a batch read, with `earliestOffset` and `latestOffset` still in it: they are looked up when the partition is read. */
  async limitOf(limit: OffsetLimit, end: 'starting' | 'ending'): Promise<OffsetMap> {
    if (limit.kind === 'timestamps' || limit.kind === 'timestamp')
      return this.retrying(async () => this.filled(await this.byTime(limit, end)));
    return this.retrying(async () => {
      const places = await this.partitions();
      if (limit.kind === 'offsets') {
        checkNamed(places, limit.offsets, batchSentence);
        return limit.offsets;
      }
      const offset = limit.kind === 'earliest' ? earliestOffset : latestOffset;
      return offsetMap(places.map((place) => ({ ...place, offset })));
    }, 1);
  }

  /** Puts real offsets in the place of `earliestOffset` and `latestOffset`, at the first try. */
  resolved(offsets: OffsetMap): Promise<OffsetMap> {
    return this.retrying(() => this.filled(offsets), 1);
  }

  private async filled(offsets: OffsetMap): Promise<OffsetMap> {
    const entries = [...offsets.values()];
    const ends = await Promise.all([
      this.offsets(
        entries.filter(({ offset }) => offset === latestOffset),
        'latest',
      ),
      this.offsets(
        entries.filter(({ offset }) => offset === earliestOffset),
        'earliest',
      ),
    ]);
    return offsetMap(
      entries.map((entry) => ends[0].get(partitionName(entry)) ?? ends[1].get(partitionName(entry)) ?? entry),
    );
  }

  private async byTime(
    limit: Extract<OffsetLimit, { readonly kind: 'timestamp' | 'timestamps' }>,
    end: 'starting' | 'ending',
  ): Promise<OffsetMap> {
    const places = await this.partitions();
    if (limit.kind === 'timestamps') checkNamed(places, limit.timestamps, timestampSentence);
    const timeOf = (place: TopicPartition): number =>
      limit.kind === 'timestamp' ? limit.timestampMs : (limit.timestamps.get(partitionName(place))?.offset ?? 0);
    const found = await this.ask(places.map((place) => ({ ...place, at: timeOf(place) })));
    return offsetMap(
      found.map((entry) =>
        entry.offset >= 0 ? entry : { ...entry, offset: noRecordAt(entry, timeOf(entry), end, limit.noMatch) },
      ),
    );
  }

  private async offsets(places: readonly TopicPartition[], at: 'earliest' | 'latest'): Promise<OffsetMap> {
    return offsetMap(await this.ask(places.map(({ topic, partition }) => ({ topic, partition, at }))));
  }

  private async ask(queries: readonly OffsetQuery[]): Promise<readonly PartitionOffset[]> {
    if (queries.length === 0) return [];
    return this.call(async () => {
      const found = await this.client.listOffsets(queries, this.committedOnly);
      const refused = found.find((entry) => entry.errorCode !== errorCode.none);
      if (refused !== undefined) throw this.client.refusal(refused.errorCode);
      return found.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    });
  }

  private async describedTopics(): Promise<readonly TopicDescription[]> {
    const { strategy } = this;
    if (strategy.kind === 'subscribe_pattern') {
      return (await this.client.describeTopics('all')).filter(({ topic }) => strategy.pattern.test(topic));
    }
    const names = strategy.kind === 'subscribe' ? strategy.topics : strategy.partitions.map(({ topic }) => topic);
    const topics = await this.client.describeTopics([...new Set(names)]);
    const refused = topics.find((topic) => topic.errorCode !== errorCode.none);
    if (refused !== undefined) throw this.client.refusal(refused.errorCode);
    return topics;
  }

  /** Waits for a server, and turns what is left into Spark's exceptions. */
  private async call<Answer>(action: () => Promise<Answer>): Promise<Answer> {
    try {
      return await this.patience.keepTrying(
        action,
        (refusal) => whilePassing(refusal) && refusal.code !== errorCode.unknownTopicOrPartition,
      );
    } catch (error) {
      this.seen = undefined;
      // Spark looks for the partitions first, so this is the call that waits in vain.
      if (error instanceof KafkaUnavailable)
        throw unreachable(this.strategy.kind === 'subscribe_pattern' ? 'listTopics' : 'describeTopics');
      throw error;
    }
  }

  /** Spark's `withRetries`: a topic may be on its way. Waiting does not help where the program is wrong or no server answers. */
  private async retrying(action: () => Promise<OffsetMap>, attempts = this.retries.attempts): Promise<OffsetMap> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        if (!(error instanceof KafkaRefusal)) throw error;
        if (attempt >= attempts || this.patience.isStopped) throw refusedCall(error);
      }
      await this.patience.pause(this.retries.intervalMs);
    }
  }
}

function covers(strategy: Strategy, place: TopicPartition): boolean {
  if (strategy.kind !== 'assign') return true;
  return strategy.partitions.some((wanted) => partitionName(wanted) === partitionName(place));
}

function noRecordAt(place: TopicPartition, timestampMs: number, end: 'starting' | 'ending', noMatch: NoMatch): number {
  if (end === 'starting' && noMatch === 'ERROR')
    throw illegalArgument(
      `No offset matched from request of topic-partition ${partitionName(place)} and timestamp ${timestampMs}.`,
    );
  return latestOffset;
}

const streamSentence =
  "If startingOffsets contains specific offsets, you must specify all TopicPartitions.\nUse -1 for latest, -2 for earliest, if you don't care.\n";
const batchSentence =
  'If startingOffsets contains specific offsets, you must specify all TopicPartitions.\nUse -1 for latest, -2 for earliest.\n';
const timestampSentence =
  'If starting/endingOffsetsByTimestamp contains specific offsets, you must specify all topics. ';

function checkNamed(places: readonly TopicPartition[], named: OffsetMap, sentence: string): void {
  if (places.length === named.size && places.every((place) => named.has(partitionName(place)))) return;
  throw assertionFailed(`${sentence}Specified: ${partitionSet(named.values())} Assigned: ${partitionSet(places)}`);
}
