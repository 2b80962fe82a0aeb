import { AppendLog } from '../append-log.ts';
import type { LogDisk } from '../append-log.ts';
import { ProtocolError } from './protocol-error.ts';

export type CommittedOffset = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
};

/** One line of the log: what a group committed at once, and which offsets of it were deleted. */
type OffsetLine = {
  readonly group: string;
  readonly committed: readonly CommittedOffset[];
  readonly deleted: readonly { readonly topic: string; readonly partition: number }[];
};

const compactAboveBytes = 4 << 20;

/** Where the groups are, by group, topic and partition; what `commit` returned for survives the end of the process. */
export class CommittedOffsets {
  readonly #log: AppendLog;
  readonly #groups = new Map<string, Map<string, CommittedOffset>>();
  #bytesAfterCompaction = 0;

  private constructor(file: string, disk: LogDisk | undefined) {
    this.#log = AppendLog.open(file, (line) => this.#take(JSON.parse(line.toString('utf8')) as OffsetLine), disk);
    this.#compactWhenLong();
  }

  static open(file: string, disk?: LogDisk): CommittedOffsets {
    return new CommittedOffsets(file, disk);
  }

  get truncatedBytes(): number {
    return this.#log.recovered?.truncatedBytes ?? 0;
  }

  groups(): readonly string[] {
    return [...this.#groups.keys()];
  }

  of(group: string): readonly CommittedOffset[] {
    return [...(this.#groups.get(group)?.values() ?? [])];
  }

  at(group: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#groups.get(group)?.get(keyOf(topic, partition));
  }

  /** Throws `KAFKA_STORAGE_ERROR` when the disk refuses; nothing is changed then. */
  commit(group: string, committed: readonly CommittedOffset[]): void {
    if (committed.length > 0) this.#write({ group, committed, deleted: [] });
  }

  delete(group: string, deleted: OffsetLine['deleted']): void {
    if (deleted.length > 0) this.#write({ group, committed: [], deleted });
  }

  deleteGroup(group: string): void {
    this.delete(group, this.of(group));
  }

  deleteTopic(topic: string): void {
    for (const group of this.groups())
      this.delete(
        group,
        this.of(group).filter((offset) => offset.topic === topic),
      );
  }

  sync(): Promise<void> {
    return this.#log.sync();
  }

  close(): void {
    this.#log.close();
  }

  #write(line: OffsetLine): void {
    try {
      this.#log.append(encode(line));
    } catch (error) {
      throw new ProtocolError('KAFKA_STORAGE_ERROR', `The disk refused the offsets: ${String(error)}`, {
        cause: error,
      });
    }
    this.#take(line);
    this.#compactWhenLong();
  }

  #take({ group, committed, deleted }: OffsetLine): void {
    const offsets = this.#groups.get(group) ?? new Map<string, CommittedOffset>();
    for (const offset of committed) offsets.set(keyOf(offset.topic, offset.partition), offset);
    for (const { topic, partition } of deleted) offsets.delete(keyOf(topic, partition));
    if (offsets.size > 0) this.#groups.set(group, offsets);
    else this.#groups.delete(group);
  }

  #compactWhenLong(): void {
    if (this.#log.size < Math.max(compactAboveBytes, 2 * this.#bytesAfterCompaction)) return;
    const lines = this.groups().map((group) => encode({ group, committed: this.of(group), deleted: [] }));
    try {
      this.#log.rewrite(lines);
    } catch {
      // A full disk: the longer log says the same.
    }
    this.#bytesAfterCompaction = this.#log.size;
  }
}

const keyOf = (topic: string, partition: number): string => `${partition}/${topic}`;

const encode = (line: OffsetLine): Buffer => Buffer.from(JSON.stringify(line), 'utf8');
