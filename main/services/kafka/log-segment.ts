import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LogDisk } from '../append-log.ts';
import { batchHeaderBytes, isIntact, readBatchHeader } from './record-batch.ts';
import type { BatchHeader } from './record-batch.ts';

export const systemDisk: LogDisk = {
  write: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position),
};

/** Where a batch starts in the file, for about every fourth kilobyte; `maxTimestamp` is that of all batches up to the next entry. */
type IndexEntry = { readonly offset: number; readonly position: number; maxTimestamp: number };

const indexIntervalBytes = 4096;
const scanBytes = 1 << 20;
const lookupBytes = 8192;

/** One file of a partition's log: record batches one after the other, named after its first offset. */
export class LogSegment {
  readonly baseOffset: number;
  readonly #path: string;
  readonly #fd: number;
  readonly #disk: LogDisk;
  readonly #index: IndexEntry[] = [];
  #size = 0;
  #endOffset: number;
  #maxTimestamp = -1;
  #isSynced = true;

  private constructor(folder: string, baseOffset: number, disk: LogDisk, flags: 'wx+' | 'r+') {
    this.baseOffset = baseOffset;
    this.#endOffset = baseOffset;
    this.#path = join(folder, segmentName(baseOffset));
    this.#fd = openSync(this.#path, flags);
    this.#disk = disk;
  }

  static create(folder: string, baseOffset: number, disk: LogDisk): LogSegment {
    return new LogSegment(folder, baseOffset, disk, 'wx+');
  }

  /**
   * Opens a file and walks its batches, each shown to `onBatch`. What follows the last good one is cut off; with `verify` (the segment a crash may have
   * torn) the checksums decide what is good, without it only the headers.
   */
  static open(
    folder: string,
    baseOffset: number,
    disk: LogDisk,
    verify: boolean,
    onBatch: (header: BatchHeader) => void,
  ): { readonly segment: LogSegment; readonly truncatedBytes: number } {
    const segment = new LogSegment(folder, baseOffset, disk, 'r+');
    const length = fstatSync(segment.#fd).size;
    const file = new FileWindow(segment.#fd, length, scanBytes);
    for (;;) {
      const header = file.headerAt(segment.#size);
      if (header === null || header.magic !== 2 || header.baseOffset < segment.#endOffset) break;
      if (header.size < batchHeaderBytes || header.lastOffset < header.baseOffset) break;
      if (segment.#size + header.size > length) break;
      if (verify && !isIntact(file.view(segment.#size, header.size), header)) break;
      onBatch(header);
      segment.#note(header, header.baseOffset);
    }
    if (segment.#size < length) ftruncateSync(segment.#fd, segment.#size);
    return { segment, truncatedBytes: length - segment.#size };
  }

  get size(): number {
    return this.#size;
  }

  /** The offset after the last record. */
  get endOffset(): number {
    return this.#endOffset;
  }

  get maxTimestamp(): number {
    return this.#maxTimestamp;
  }

  /** Writes a batch whose offset is stamped. Throws the system's error (ENOSPC …) when it cannot be written whole; the segment is then as before. */
  append(batch: Buffer, header: BatchHeader, baseOffset: number): void {
    try {
      for (let written = 0; written < batch.length;)
        written += this.#disk.write(this.#fd, batch.subarray(written), this.#size + written);
    } catch (error) {
      ftruncateSync(this.#fd, this.#size);
      throw error;
    }
    this.#note(header, baseOffset);
    this.#isSynced = false;
  }

  /** Whole batches from the one that holds `offset` (or the next there is): at most `maxBytes`, or one batch if that is longer and `atLeastOne`. */
  read(offset: number, maxBytes: number, atLeastOne: boolean): Buffer {
    const first = this.#find(offset);
    if (first === null || (first.header.size > maxBytes && !atLeastOne)) return Buffer.alloc(0);
    const wanted = Math.min(Math.max(maxBytes, first.header.size), this.#size - first.position);
    const bytes = Buffer.allocUnsafe(wanted);
    readFully(this.#fd, bytes, first.position);
    let end = 0;
    while (end + batchHeaderBytes <= wanted) {
      const next = end + readBatchHeader(bytes, end).size;
      if (next > wanted) break;
      end = next;
    }
    return bytes.subarray(0, end);
  }

  /** The first batch with a record at or after this time and one at or after this offset, whole; null when there is none. */
  firstBatchSince(timestampMs: number, offset: number): Buffer | null {
    if (this.#maxTimestamp < timestampMs) return null;
    const from = Math.max(lastIndexAtOrBefore(this.#index, offset), 0);
    const entry = this.#index.slice(from).find(({ maxTimestamp }) => maxTimestamp >= timestampMs);
    if (entry === undefined) return null;
    const file = new FileWindow(this.#fd, this.#size, lookupBytes);
    let position = entry.position;
    for (let header = file.headerAt(position); header !== null; header = file.headerAt(position)) {
      if (header.maxTimestamp >= timestampMs && header.lastOffset >= offset)
        return Buffer.from(file.view(position, header.size));
      position += header.size;
    }
    return null;
  }

  /** Resolves when everything appended so far is on the disk. */
  async sync(): Promise<void> {
    if (this.#isSynced) return;
    this.#isSynced = true;
    // An error means that the segment was closed or deleted meanwhile.
    await new Promise<void>((resolve) => fdatasync(this.#fd, () => resolve()));
  }

  close(): void {
    closeSync(this.#fd);
  }

  remove(): void {
    this.close();
    rmSync(this.#path, { force: true, maxRetries: 5 });
  }

  #note(header: BatchHeader, baseOffset: number): void {
    const last = this.#index.at(-1);
    if (last === undefined || this.#size - last.position >= indexIntervalBytes)
      this.#index.push({ offset: baseOffset, position: this.#size, maxTimestamp: header.maxTimestamp });
    else last.maxTimestamp = Math.max(last.maxTimestamp, header.maxTimestamp);
    this.#size += header.size;
    this.#endOffset = baseOffset + header.recordCount;
    this.#maxTimestamp = Math.max(this.#maxTimestamp, header.maxTimestamp);
  }

  #find(offset: number): { readonly header: BatchHeader; readonly position: number } | null {
    const file = new FileWindow(this.#fd, this.#size, lookupBytes);
    let position = this.#index[lastIndexAtOrBefore(this.#index, offset)]?.position ?? 0;
    for (let header = file.headerAt(position); header !== null; header = file.headerAt(position)) {
      if (header.lastOffset >= offset) return { header, position };
      position += header.size;
    }
    return null;
  }
}

const suffix = '.log';
const segmentName = (baseOffset: number): string => `${String(baseOffset).padStart(20, '0')}${suffix}`;

/** The first offset of a segment by its file's name; null for other files. */
export function segmentOffset(fileName: string): number | null {
  const digits = fileName.endsWith(suffix) ? fileName.slice(0, -suffix.length) : '';
  return /^\d{20}$/.test(digits) ? Number(digits) : null;
}

function lastIndexAtOrBefore(index: readonly IndexEntry[], offset: number): number {
  let low = 0;
  let high = index.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index[middle]?.offset ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function readFully(fd: number, into: Buffer, position: number): void {
  for (let read = 0; read < into.length;) {
    const bytes = readSync(fd, into, read, into.length - read, position + read);
    if (bytes === 0) throw new Error('the segment is shorter than its index says');
    read += bytes;
  }
}

/** Reads a file in pieces, so that walking small batches costs few system calls. */
class FileWindow {
  readonly #fd: number;
  readonly #length: number;
  readonly #pieceBytes: number;
  #piece: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(fd: number, length: number, pieceBytes: number) {
    this.#fd = fd;
    this.#length = length;
    this.#pieceBytes = pieceBytes;
  }

  headerAt(position: number): BatchHeader | null {
    return position + batchHeaderBytes <= this.#length ? readBatchHeader(this.view(position, batchHeaderBytes)) : null;
  }

  /** Bytes that lie within the file; valid until the next call. */
  view(position: number, length: number): Buffer {
    if (position < this.#start || position + length > this.#start + this.#piece.length) {
      this.#piece = Buffer.allocUnsafe(Math.min(Math.max(length, this.#pieceBytes), this.#length - position));
      readFully(this.#fd, this.#piece, position);
      this.#start = position;
    }
    return this.#piece.subarray(position - this.#start, position - this.#start + length);
  }
}
