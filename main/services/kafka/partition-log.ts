import { mkdirSync, readdirSync } from 'node:fs';
import type { LogDisk } from '../append-log.ts';
import { LogSegment, segmentOffset, systemDisk } from './log-segment.ts';
import { ProducerSequences } from './producer-sequences.ts';
import { ProtocolError } from './protocol-error.ts';
import { checkProducedBatch, readBatchHeader, stampLogAppendTime, stampOffset } from './record-batch.ts';
import { firstRecordSince } from './record-times.ts';
import type { RecordPlace } from './record-times.ts';

export type AppendRules = {
  readonly segmentBytes: number;
  readonly maxBatchBytes: number;
  /** The time to give the records instead of their own; null keeps theirs. */
  readonly logAppendTimeMs: number | null;
};

export type Appended = { readonly baseOffset: number; readonly recordCount: number; readonly bytes: number };

/**
 * The records of one partition, in segments. Batches are stored as the producer sent them, compressed or not; only their offset is set. What `append`
 * returned for survives the end of the process.
 */
export class PartitionLog {
  /** What was cut off at the open because it was not whole. */
  readonly truncatedBytes: number;
  readonly #folder: string;
  readonly #disk: LogDisk;
  readonly #segments: LogSegment[];
  readonly #sequences: ProducerSequences;
  readonly #watchers = new Set<(bytes: number) => void>();
  #startOffset: number;
  #lastAppendAt = 0;

  private constructor(folder: string, disk: LogDisk, minStartOffset: number) {
    this.#folder = folder;
    this.#disk = disk;
    this.#sequences = new ProducerSequences();
    mkdirSync(folder, { recursive: true });
    const bases = readdirSync(folder)
      .flatMap((name) => segmentOffset(name) ?? [])
      .sort((a, b) => a - b);
    let truncatedBytes = 0;
    this.#segments = bases.map((base, at) => {
      const isLast = at === bases.length - 1;
      const opened = LogSegment.open(folder, base, disk, isLast, (batch) =>
        this.#sequences.note(batch, batch.baseOffset),
      );
      truncatedBytes += opened.truncatedBytes;
      return opened.segment;
    });
    if (this.#segments.length === 0) this.#segments.push(LogSegment.create(folder, 0, disk));
    this.truncatedBytes = truncatedBytes;
    this.#startOffset = Math.min(Math.max(this.#oldest.baseOffset, minStartOffset), this.endOffset);
  }

  /** Opens or makes the folder of a partition. `minStartOffset`: records before it were deleted, though their segment may still be there. */
  static open(folder: string, disk: LogDisk = systemDisk, minStartOffset = 0): PartitionLog {
    try {
      return new PartitionLog(folder, disk, minStartOffset);
    } catch (error) {
      throw new ProtocolError('KAFKA_STORAGE_ERROR', `The disk refused the partition: ${String(error)}`, {
        cause: error,
      });
    }
  }

  /** The offset of the oldest record that can be read. */
  get startOffset(): number {
    return this.#startOffset;
  }

  /** The offset the next record gets. */
  get endOffset(): number {
    return this.#active.endOffset;
  }

  get bytes(): number {
    return this.#segments.reduce((total, segment) => total + segment.size, 0);
  }

  /** A count that grows with every append of the process, to tell which log has rested longest. */
  get lastAppendAt(): number {
    return this.#lastAppendAt;
  }

  /**
   * Stores one batch (`records` is changed in place). A batch that an idempotent producer sends again is not stored again (`bytes` is then 0).
   * Throws the `ProtocolError` to answer; after one the log is as before.
   */
  append(records: Buffer, rules: AppendRules): Appended {
    const header = checkProducedBatch(records);
    if (header.size > rules.maxBatchBytes)
      throw new ProtocolError(
        'MESSAGE_TOO_LARGE',
        `The record batch size is ${header.size} bytes which exceeds the maximum configured value of ${rules.maxBatchBytes}.`,
      );
    const earlier = this.#sequences.duplicateOf(header);
    if (earlier !== null) return { baseOffset: earlier, recordCount: 0, bytes: 0 };
    const baseOffset = this.endOffset;
    stampOffset(records, baseOffset);
    if (rules.logAppendTimeMs !== null) stampLogAppendTime(records, rules.logAppendTimeMs);
    const maxTimestamp = rules.logAppendTimeMs ?? header.maxTimestamp;
    try {
      if (this.#active.size > 0 && this.#active.size + header.size > rules.segmentBytes) this.roll();
      this.#active.append(records, { ...header, maxTimestamp }, baseOffset);
    } catch (error) {
      throw new ProtocolError('KAFKA_STORAGE_ERROR', `The disk refused the records: ${String(error)}`, {
        cause: error,
      });
    }
    this.#sequences.note(header, baseOffset);
    this.#lastAppendAt = appends += 1;
    this.#tellWatchers(header.size);
    return { baseOffset, recordCount: header.recordCount, bytes: header.size };
  }

  /** Whole batches from the one that holds `offset`, see `LogSegment.read`; throws the `ProtocolError` for an offset outside the log. */
  read(offset: number, maxBytes: number, atLeastOne: boolean): Buffer {
    if (offset < this.startOffset || offset > this.endOffset)
      throw new ProtocolError(
        'OFFSET_OUT_OF_RANGE',
        `Received request for offset ${offset}, but we only have log segments in the range ${this.startOffset} to ${this.endOffset}.`,
      );
    for (const segment of this.#segments)
      if (segment.endOffset > offset) return segment.read(offset, maxBytes, atLeastOne);
    return Buffer.alloc(0);
  }

  /** The first record at or after this time, null when there is none. */
  placeAtTime(timestampMs: number): RecordPlace | null {
    let from = this.startOffset;
    for (const segment of this.#segments)
      for (;;) {
        const batch = segment.firstBatchSince(timestampMs, from);
        if (batch === null) break;
        const place = firstRecordSince(batch, timestampMs, this.startOffset);
        if (place !== null) return place;
        from = readBatchHeader(batch).lastOffset + 1;
      }
    return null;
  }

  /** The record with the greatest time, null in an empty log. */
  placeOfMaxTimestamp(): RecordPlace | null {
    const readable = this.#segments.filter((segment) => segment.endOffset > this.startOffset);
    const greatest = Math.max(-1, ...readable.map((segment) => segment.maxTimestamp));
    return greatest < 0 ? null : this.placeAtTime(greatest);
  }

  /** Makes records before `offset` unreadable and drops the segments that hold nothing else. Answers the new start. */
  deleteBefore(offset: number): number {
    this.#startOffset = Math.max(this.#startOffset, Math.min(offset, this.endOffset));
    while (this.#segments.length > 1 && this.#oldest.endOffset <= this.#startOffset) this.#removeOldest();
    return this.#startOffset;
  }

  /** Starts a new segment, so that all before it can be dropped. */
  roll(): void {
    if (this.#active.size > 0) this.#segments.push(LogSegment.create(this.#folder, this.endOffset, this.#disk));
  }

  /** The oldest segment that is no longer written to; null when there is only the one that is. */
  oldestClosedSegment(): { readonly size: number; readonly maxTimestamp: number } | null {
    return this.#segments.length > 1 ? this.#oldest : null;
  }

  dropOldestClosedSegment(): void {
    if (this.#segments.length > 1) this.#removeOldest();
    this.#startOffset = Math.max(this.#startOffset, this.#oldest.baseOffset);
  }

  get maxTimestamp(): number {
    return this.#active.maxTimestamp;
  }

  /** Calls `watcher` with the bytes of every later append, and with 0 when the log is closed; answers how to stop. */
  watch(watcher: (bytes: number) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async sync(): Promise<void> {
    await Promise.all(this.#segments.map((segment) => segment.sync()));
  }

  close(): void {
    for (const segment of this.#segments) segment.close();
    this.#tellWatchers(0);
  }

  #tellWatchers(bytes: number): void {
    for (const watcher of this.#watchers) watcher(bytes);
  }

  #removeOldest(): void {
    this.#segments.shift()?.remove();
  }

  get #oldest(): LogSegment {
    return this.#segments[0] as LogSegment;
  }

  /** There is always one segment, the last, that is written to. */
  get #active(): LogSegment {
    return this.#segments.at(-1) as LogSegment;
  }
}

let appends = 0;
