import type { Offset, ReadLimit, SourceContext, SourceOptions, StreamSource } from '../../../engine/api/source.ts';
import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { javaDoubleText } from '../../../engine/core/java-number-text.ts';
import { shortTimeMs } from '../../../engine/core/short-time.ts';
import type { DataWatch } from './data-watch.ts';
import { checkStreamOptions } from './check-read-options.ts';
import { storedInitialOffsets, storeInitialOffsets } from './initial-offsets.ts';
import { openReading, type Reading } from './open-reading.ts';
import { partitionName } from './kafka-record.ts';
import { offsetsFromJson, offsetsToJson, type OffsetMap } from './offset-map.ts';
import { batchRanges, limitedEnd, lossReporter, taskSizes } from './offset-range.ts';
import { readLimit, strategyText, wholeOption, type OffsetLimit } from './read-options.ts';
import { readRanges } from './read-range.ts';
import { checkAvailableNow } from './check-available-now.ts';

type StreamOptions = {
  readonly starting: OffsetLimit;
  readonly maxOffsetsPerTrigger: number | undefined;
  readonly minOffsetsPerTrigger: number | undefined;
  readonly maxTriggerDelayMs: number;
  readonly minPartitions: number | undefined;
};

/** Opens the stream of one query. What is wrong with the options is found here, inside the query, as in Spark. */
export async function openKafkaStream(
  options: SourceOptions,
  metadataFolder: string,
  context: SourceContext,
  endpoints: Endpoints,
): Promise<StreamSource> {
  checkStreamOptions(options);
  const starting = readLimit(options, 'starting', 'latest');
  const reading = await openReading(
    options,
    endpoints,
    `spark-kafka-source-${crypto.randomUUID()}-${folderHash(metadataFolder)}`,
  );
  const stream = new KafkaStream(
    reading,
    {
      starting,
      maxOffsetsPerTrigger: wholeOption(options, 'maxOffsetsPerTrigger'),
      minOffsetsPerTrigger: wholeOption(options, 'minOffsetsPerTrigger'),
      maxTriggerDelayMs: shortTimeMs(options.get('maxTriggerDelay') ?? '15m'),
      minPartitions: wholeOption(options, 'minPartitions'),
    },
    metadataFolder,
    context,
  );
  return {
    description: `KafkaV2[${strategyText(reading.strategy)}]`,
    latestOffset: (start, limit) => stream.latestOffset(start, limit),
    prepareAvailableNow: async () => stream.prepareAvailableNow(),
    read: (start, end) => stream.read(start, end),
    metrics: () => stream.metrics(),
    reportedLatest: () => stream.reportedLatest(),
    watch: (notify) => stream.watch(notify),
    interrupt: () => stream.interrupt(),
    stop: async () => stream.interrupt(),
  };
}

/** Java's hash of the folder's name, part of the group id in Spark's messages. */
const folderHash = (folder: string): number =>
  Array.from({ length: folder.length }, (_, at) => folder.charCodeAt(at)).reduce(
    (hash, unit) => (Math.imul(hash, 31) + unit) | 0,
    0,
  );

/** One query's position in its partitions. */
class KafkaStream {
  private readonly reading: Reading;
  private readonly options: StreamOptions;
  private readonly folder: string;
  private readonly context: SourceContext;
  private initial: OffsetMap | undefined;
  /** What the cluster had when it was last asked, and how far the batch goes. */
  private latest: OffsetMap | null = null;
  private end: OffsetMap | null = null;
  private watching: DataWatch | undefined;
  private isAvailableNow = false;
  private available: OffsetMap | undefined;
  /** Spark's clock begins at 0, so that the first batch never waits. */
  private lastTriggerMs = 0;

  constructor(reading: Reading, options: StreamOptions, folder: string, context: SourceContext) {
    this.reading = reading;
    this.options = options;
    this.folder = folder;
    this.context = context;
  }

  async latestOffset(start: Offset | null, limit: ReadLimit): Promise<Offset | null> {
    const from = await this.startOf(start);
    this.latest = this.isAvailableNow
      ? (this.available ??= await this.reading.offsets.latest(from))
      : await this.reading.offsets.latest(from);
    this.end = limit === 'all_available' ? this.latest : await this.limited(from, this.latest);
    if (isSame(from, this.end)) this.watching?.from(this.latest);
    return this.end.size === 0 ? null : offsetsToJson(this.end);
  }

  /** From now on only what the first look finds is part of the run. */
  prepareAvailableNow(): void {
    this.isAvailableNow = true;
  }

  async read(start: Offset | null, end: Offset): Promise<Awaited<ReturnType<StreamSource['read']>>> {
    const { offsets, range } = this.reading;
    const until = storedOffsets(end);
    if (this.available !== undefined) checkAvailableNow(this.available, until, await offsets.latest(until));
    const ranges = await batchRanges(
      await this.startOf(start),
      until,
      (places) => offsets.earliest(places),
      lossReporter(range.failOnDataLoss),
    );
    const partitions = taskSizes(ranges, this.options.minPartitions).length;
    return { kind: 'rows', blocks: readRanges(ranges, range), partitions };
  }

  reportedLatest(): Offset | null {
    return this.latest === null || this.latest.size === 0 ? null : offsetsToJson(this.latest);
  }

  /** How far the batch's end lies behind what the cluster has. */
  metrics(): Readonly<Record<string, string>> {
    const { latest, end } = this;
    if (latest === null || end === null || latest.size === 0) return {};
    const behind = [...latest].map(([name, { offset }]) => offset - (end.get(name)?.offset ?? 0));
    const sum = behind.reduce((a, b) => a + b, 0);
    return {
      avgOffsetsBehindLatest: javaDoubleText(sum / behind.length),
      maxOffsetsBehindLatest: String(behind.reduce((a, b) => Math.max(a, b))),
      minOffsetsBehindLatest: String(behind.reduce((a, b) => Math.min(a, b))),
    };
  }

  watch(notify: () => void): void {
    this.watching = this.reading.watch(notify);
  }

  interrupt(): void {
    this.reading.range.patience.stop();
    this.watching?.stop();
  }

  private async startOf(start: Offset | null): Promise<OffsetMap> {
    if (start !== null) return storedOffsets(start);
    this.initial ??= (await storedInitialOffsets(this.folder, this.context.files)) ?? (await this.chooseStart());
    return this.initial;
  }

  /** `startingOffsets` and its like decide once; the file keeps the decision. */
  private async chooseStart(): Promise<OffsetMap> {
    const offsets = await this.reading.offsets.startOf(this.options.starting);
    await storeInitialOffsets(this.folder, offsets, this.context.files);
    return offsets;
  }

  private async limited(from: OffsetMap, latest: OffsetMap): Promise<OffsetMap> {
    const { minOffsetsPerTrigger: least, maxOffsetsPerTrigger: most } = this.options;
    if (least !== undefined && this.isTooEarly(least, from, latest)) return from;
    if (most === undefined) return latest;
    const added = [...latest.values()].filter((place) => !from.has(partitionName(place)));
    return limitedEnd(most, from, latest, await this.reading.offsets.earliest(added));
  }

  private isTooEarly(least: number, from: OffsetMap, latest: OffsetMap): boolean {
    const now = this.context.clock.now();
    const fresh = [...latest].reduce((sum, [name, { offset }]) => sum + offset - (from.get(name)?.offset ?? 0), 0);
    if (now - this.lastTriggerMs < this.options.maxTriggerDelayMs && fresh < least) return true;
    this.lastTriggerMs = now;
    return false;
  }
}

const isSame = (a: OffsetMap, b: OffsetMap): boolean =>
  a.size === b.size && [...a].every(([name, { offset }]) => b.get(name)?.offset === offset);

/** Offsets from the engine's log, which this source wrote. */
function storedOffsets(json: Offset): OffsetMap {
  const offsets = offsetsFromJson(json);
  if (offsets === undefined) throw new Error('internal error: these are no offsets of Kafka');
  return offsets;
}
