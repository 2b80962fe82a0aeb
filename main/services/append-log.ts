import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32c } from './crc32c.ts';

/** How bytes reach the file: tests put a full disk here. `write` may write less than asked, as `write(2)` does. */
export type LogDisk = { readonly write: (fd: number, bytes: Uint8Array, position: number) => number };

const systemDisk: LogDisk = {
  write: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position),
};

/** Format and version; a file that starts otherwise is not touched. */
const magic = Buffer.from('marea-log 1\n', 'latin1');
const headerLength = 8;
/** Longer records are taken for damage: no server of ours writes one. */
const maxRecordLength = 256 << 20;
const readChunk = 4 << 20;

/**
 * An append-only file of records, each `length · CRC-32C · bytes`. A record that `append` returned for survives the end of the process: the bytes
 * have been handed to the operating system. `sync` hands them to the disk.
 */
export class AppendLog {
  /** What was cut off when the file was opened because its last record was not whole; `null` when nothing was. */
  readonly recovered: { readonly truncatedBytes: number } | null;
  readonly #file: string;
  readonly #disk: LogDisk;
  #fd: number;
  #size: number;
  /** Bytes of a failed append may lie behind the last whole record. */
  #hasTornTail = false;
  #isSynced = true;

  private constructor(file: string, fd: number, size: number, truncatedBytes: number, disk: LogDisk) {
    this.#file = file;
    this.#disk = disk;
    this.#fd = fd;
    this.#size = size;
    this.recovered = truncatedBytes > 0 ? { truncatedBytes } : null;
  }

  /** Opens or makes the file and hands every whole record to `onRecord`, in order; the bytes are only valid during the call. */
  static open(file: string, onRecord: (record: Buffer) => void, disk: LogDisk = systemDisk): AppendLog {
    // Left by a process that ended while it rewrote: the original is still whole.
    rmSync(rewritten(file), { force: true });
    const fd = openSync(file, 'a+');
    closeSync(fd);
    const opened = openSync(file, 'r+');
    try {
      const length = fstatSync(opened).size;
      const size = readRecords(opened, file, onRecord);
      if (size < length) ftruncateSync(opened, size);
      if (size === 0) writeSync(opened, magic, 0, magic.length, 0);
      return new AppendLog(file, opened, Math.max(size, magic.length), length - size, disk);
    } catch (error) {
      closeSync(opened);
      throw error;
    }
  }

  /** Bytes of the file. */
  get size(): number {
    return this.#size;
  }

  /** Throws the system's error (ENOSPC …) when the record cannot be written whole; the log is then as before. */
  append(record: Uint8Array): void {
    if (this.#hasTornTail) this.#cutTornTail();
    const framed = frame(record);
    this.#hasTornTail = true;
    try {
      writeWhole(this.#disk, this.#fd, framed, this.#size);
    } catch (error) {
      this.#cutTornTail();
      throw error;
    }
    this.#hasTornTail = false;
    this.#size += framed.length;
    this.#isSynced = false;
  }

  /** Replaces all records by these: written beside, synced, then renamed over, so that a crash leaves either the old file or the new one. */
  rewrite(records: Iterable<Uint8Array>): void {
    const path = rewritten(this.#file);
    const fd = openSync(path, 'w+');
    let size = magic.length;
    try {
      writeWhole(this.#disk, fd, magic, 0);
      for (const record of records) {
        const framed = frame(record);
        writeWhole(this.#disk, fd, framed, size);
        size += framed.length;
      }
      fsyncSync(fd);
    } catch (error) {
      closeSync(fd);
      rmSync(path, { force: true });
      throw error;
    }
    // Windows renames neither over nor from an open file.
    closeSync(fd);
    closeSync(this.#fd);
    try {
      renameSync(path, this.#file);
      this.#size = size;
      this.#hasTornTail = false;
      syncFolder(dirname(this.#file));
    } finally {
      this.#fd = openSync(this.#file, 'r+');
    }
  }

  /** Resolves when everything appended so far is on the disk. */
  async sync(): Promise<void> {
    if (this.#isSynced) return;
    this.#isSynced = true;
    await new Promise<void>((done) => {
      // EBADF: a rewrite, which syncs by itself, or the end came between.
      fdatasync(this.#fd, () => done());
    });
  }

  close(): void {
    if (!this.#isSynced) fsyncSync(this.#fd);
    closeSync(this.#fd);
  }

  #cutTornTail(): void {
    ftruncateSync(this.#fd, this.#size);
    this.#hasTornTail = false;
  }
}

const rewritten = (file: string): string => `${file}.new`;

function frame(record: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(headerLength + record.length);
  framed.writeUInt32LE(record.length, 0);
  framed.writeUInt32LE(crc32c(record), 4);
  framed.set(record, headerLength);
  return framed;
}

function writeWhole(disk: LogDisk, fd: number, bytes: Uint8Array, position: number): void {
  let written = 0;
  while (written < bytes.length) written += disk.write(fd, bytes.subarray(written), position + written);
}

/** Answers where the last whole record ends: 0 for a new file, and for one whose first bytes never got there. */
function readRecords(fd: number, file: string, onRecord: (record: Buffer) => void): number {
  const start = Buffer.alloc(magic.length);
  const have = readSync(fd, start, 0, magic.length, 0);
  if (!magic.subarray(0, have).equals(start.subarray(0, have)))
    throw new Error(`${file} is not a log of this version of Marea`);
  if (have < magic.length) return 0;
  let position = magic.length;
  let chunk: Buffer = Buffer.alloc(0);
  let offset = 0;
  /** Makes `length` bytes available at `offset`, or answers false at the end of the file. */
  const fill = (length: number): boolean => {
    if (chunk.length - offset >= length) return true;
    const rest = chunk.length - offset;
    const next = Buffer.allocUnsafe(Math.max(length, readChunk));
    chunk.copy(next, 0, offset);
    const read = readFully(fd, next, rest, position + rest);
    chunk = next.subarray(0, rest + read);
    offset = 0;
    return chunk.length >= length;
  };
  while (fill(headerLength)) {
    const length = chunk.readUInt32LE(offset);
    const crc = chunk.readUInt32LE(offset + 4);
    if (length > maxRecordLength || !fill(headerLength + length)) break;
    const record = chunk.subarray(offset + headerLength, offset + headerLength + length);
    if (crc32c(record) !== crc) break;
    onRecord(record);
    offset += headerLength + length;
    position += headerLength + length;
  }
  return position;
}

function readFully(fd: number, into: Buffer, offset: number, position: number): number {
  let read = 0;
  while (offset + read < into.length) {
    const some = readSync(fd, into, offset + read, into.length - offset - read, position + read);
    if (some === 0) break;
    read += some;
  }
  return read;
}

/** Makes the rename last through a power cut. Windows has no such call for folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
