import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../engine/core/clock.ts';
import type { LogDisk } from '../append-log.ts';
import type { BrokerCatalog, TopicEntry } from './broker-catalog.ts';
import { PartitionLog } from './partition-log.ts';
import { ProtocolError } from './protocol-error.ts';
import { dropExpired, dropOldestUntil } from './retention.ts';
import { checkTopicName } from './topic-name.ts';
import { numberSetting } from './topic-settings.ts';
import type { TopicSettings } from './topic-settings.ts';

export type Topic = {
  readonly name: string;
  readonly id: string;
  readonly settings: TopicSettings;
  readonly partitions: readonly PartitionLog[];
};

export type StoreLimits = {
  /** Bytes of all topics together; above them the oldest segments go. */
  readonly totalBytes: number;
  /** Partitions of all topics together: each keeps a file open. */
  readonly maxPartitions: number;
};

type StoreOptions = {
  readonly folder: string;
  readonly catalog: BrokerCatalog;
  readonly clock: Clock;
  readonly limits: StoreLimits;
  readonly disk?: LogDisk | undefined;
};

/** Every segment keeps a file open. */
const minSegmentBytes = 1 << 20;
/** So that making room never takes what was just stored. */
const minSegmentsInTotal = 8;

/** The topics and their records. A partition's folder carries the topic's id, since names that differ in case only, or that Windows reserves, are legal topics. */
export class TopicStore {
  readonly #options: StoreOptions;
  readonly #topics = new Map<string, Topic>();
  #bytes = 0;

  private constructor(options: StoreOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true });
    for (const entry of options.catalog.topics()) this.#topics.set(entry.name, this.#openTopic(entry));
    this.#bytes = this.#logs().reduce((total, log) => total + log.bytes, 0);
  }

  /** Opens every topic of the catalog and removes what a crash left of topics that were just made or deleted. */
  static async open(options: StoreOptions): Promise<TopicStore> {
    const store = new TopicStore(options);
    const known = new Set(
      store.list().flatMap((topic) => topic.partitions.map((_, index) => folderName(topic.id, index))),
    );
    for (const name of readdirSync(options.folder))
      if (!known.has(name)) await removeFolder(join(options.folder, name));
    return store;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get truncatedBytes(): number {
    return this.#logs().reduce((total, log) => total + log.truncatedBytes, 0);
  }

  list(): readonly Topic[] {
    return [...this.#topics.values()];
  }

  byName(name: string): Topic | undefined {
    return this.#topics.get(name);
  }

  /** Throws `UNKNOWN_TOPIC_OR_PARTITION` where there is none. */
  existing(name: string): Topic {
    const topic = this.#topics.get(name);
    if (topic === undefined)
      throw new ProtocolError('UNKNOWN_TOPIC_OR_PARTITION', 'This server does not host this topic-partition.');
    return topic;
  }

  byId(id: string): Topic | undefined {
    return this.list().find((topic) => topic.id === id);
  }

  /** Throws the `ProtocolError` that making the topic would throw. */
  checkNewTopic(name: string, partitionCount: number): void {
    checkTopicName(name, this.#topics.keys());
    if (this.#topics.has(name)) throw new ProtocolError('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
    if (partitionCount < 1)
      throw new ProtocolError('INVALID_PARTITIONS', 'Number of partitions was set to an invalid non-positive value.');
    this.#checkRoom(partitionCount);
  }

  create(name: string, partitionCount: number, settings: TopicSettings): Topic {
    this.checkNewTopic(name, partitionCount);
    const id = randomBytes(16).toString('hex');
    return this.#save({ name, id, settings, startOffsets: Array.from({ length: partitionCount }, () => 0) });
  }

  /** Throws the `ProtocolError` that `addPartitions` would throw. */
  checkPartitionCount(topic: Topic, count: number): void {
    const current = topic.partitions.length;
    if (count === current) throw new ProtocolError('INVALID_PARTITIONS', `Topic already has ${count} partition(s).`);
    if (count < current)
      throw new ProtocolError(
        'INVALID_PARTITIONS',
        `The topic ${topic.name} currently has ${current} partition(s); ${count} would not be an increase.`,
      );
    this.#checkRoom(count - current);
  }

  addPartitions(topic: Topic, count: number): void {
    this.checkPartitionCount(topic, count);
    const added = Array.from({ length: count - topic.partitions.length }, () => 0);
    this.#save({ ...entryOf(topic), startOffsets: [...entryOf(topic).startOffsets, ...added] });
  }

  changeSettings(topic: Topic, settings: TopicSettings): void {
    this.#save({ ...entryOf(topic), settings });
  }

  /** Deletes the records before `offset`, -1 for all; answers the offset of the oldest record left. */
  deleteRecords(topic: Topic, partition: number, offset: number): number {
    const log = topic.partitions[partition];
    if (log === undefined) throw unknownPartition(topic.name, partition);
    if (offset > log.endOffset || offset < -1)
      throw new ProtocolError('OFFSET_OUT_OF_RANGE', `${offset} is not in the log, which ends at ${log.endOffset}.`);
    const target = offset === -1 ? log.endOffset : offset;
    // Saved first: a crash between the two must not bring deleted records back.
    const startOffsets = entryOf(topic).startOffsets.with(partition, Math.max(target, log.startOffset));
    this.#save({ ...entryOf(topic), startOffsets });
    return this.#tracked(log, () => log.deleteBefore(target));
  }

  /** Resolves when the files are gone; from the call on nobody sees the topic. The catalog comes last, as a full disk must not forbid making room. */
  async delete(topic: Topic): Promise<void> {
    this.#topics.delete(topic.name);
    for (const log of topic.partitions) {
      this.#bytes -= log.bytes;
      log.close();
    }
    await Promise.all(topic.partitions.map((_, index) => removeFolder(this.#folderOf(topic.id, index))));
    this.#options.catalog.deleteTopic(topic.name, topic.id);
  }

  /** Stores one record batch, see `PartitionLog.append`, and keeps within the limits. `logAppendTimeMs` is -1 where records keep their own times. */
  append(
    topic: Topic,
    log: PartitionLog,
    records: Buffer,
  ): { readonly baseOffset: number; readonly recordCount: number; readonly logAppendTimeMs: number } {
    const hasBrokerTime = topic.settings['message.timestamp.type'] === 'LogAppendTime';
    const logAppendTimeMs = hasBrokerTime ? this.#options.clock.now() : null;
    const { totalBytes } = this.#options.limits;
    const wantedSegment = Math.max(numberSetting(topic.settings, 'segment.bytes'), minSegmentBytes);
    const appended = log.append(records, {
      segmentBytes: Math.min(wantedSegment, totalBytes / minSegmentsInTotal),
      maxBatchBytes: numberSetting(topic.settings, 'max.message.bytes'),
      logAppendTimeMs,
    });
    this.#bytes += appended.bytes;
    if (this.#bytes > totalBytes) this.#keepWithinTotal();
    return {
      baseOffset: appended.baseOffset,
      recordCount: appended.recordCount,
      logAppendTimeMs: logAppendTimeMs ?? -1,
    };
  }

  /** Drops what the topics' own settings (`retention.bytes`, `retention.ms`) no longer keep. */
  applyRetention(): void {
    for (const topic of this.#topics.values())
      for (const log of topic.partitions)
        this.#tracked(log, () => dropExpired(log, topic.settings, this.#options.clock.now()));
  }

  /** Resolves when everything appended so far is on the disk. */
  async sync(): Promise<void> {
    await Promise.all([this.#options.catalog.sync(), ...this.#logs().map((log) => log.sync())]);
  }

  close(): void {
    for (const log of this.#logs()) log.close();
  }

  #keepWithinTotal(): void {
    dropOldestUntil(this.#logs(), this.#options.limits.totalBytes);
    this.#bytes = this.#logs().reduce((total, log) => total + log.bytes, 0);
  }

  #tracked<T>(log: PartitionLog, change: () => T): T {
    const before = log.bytes;
    const result = change();
    this.#bytes += log.bytes - before;
    return result;
  }

  #checkRoom(newPartitions: number): void {
    const { maxPartitions } = this.#options.limits;
    if (this.#logs().length + newPartitions > maxPartitions)
      throw new ProtocolError('INVALID_PARTITIONS', `This broker holds at most ${maxPartitions} partitions.`);
  }

  #save(entry: TopicEntry): Topic {
    const topic = this.#openTopic(entry);
    try {
      this.#options.catalog.saveTopic(entry);
    } catch (error) {
      const wereOpen = this.#topics.get(entry.name)?.partitions.length ?? 0;
      for (const log of topic.partitions.slice(wereOpen)) log.close();
      throw error;
    }
    this.#topics.set(entry.name, topic);
    return topic;
  }

  /** Partitions that are open already stay so. */
  #openTopic(entry: TopicEntry): Topic {
    const open = this.#topics.get(entry.name)?.partitions ?? [];
    const partitions = entry.startOffsets.map(
      (start, index) => open[index] ?? PartitionLog.open(this.#folderOf(entry.id, index), this.#options.disk, start),
    );
    return { name: entry.name, id: entry.id, settings: entry.settings, partitions };
  }

  #folderOf(id: string, partition: number): string {
    return join(this.#options.folder, folderName(id, partition));
  }

  #logs(): readonly PartitionLog[] {
    return this.list().flatMap((topic) => topic.partitions);
  }
}

export const unknownPartition = (topic: string, partition: number): ProtocolError =>
  new ProtocolError('UNKNOWN_TOPIC_OR_PARTITION', `This server does not host ${topic}-${partition}.`);

const folderName = (id: string, partition: number): string => `${id}-${partition}`;

const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 5 });

const entryOf = (topic: Topic): TopicEntry => ({
  name: topic.name,
  id: topic.id,
  settings: topic.settings,
  startOffsets: topic.partitions.map((log) => log.startOffset),
});
