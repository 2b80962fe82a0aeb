import { appendFile, readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LogDisk } from '../../../../main/services/append-log.ts';
import { PartitionLog } from '../../../../main/services/kafka/partition-log.ts';
import type { AppendRules } from '../../../../main/services/kafka/partition-log.ts';
import { readBatchHeader } from '../../../../main/services/kafka/record-batch.ts';
import { dropExpired, dropOldestUntil } from '../../../../main/services/kafka/retention.ts';
import { recordBatch } from './record-batches.ts';
import type { BatchOptions, TestRecord } from './record-batches.ts';
import { afterTest, emptyFolder } from './running-broker.ts';

const rules: AppendRules = { segmentBytes: 1 << 20, maxBatchBytes: 1 << 20, logAppendTimeMs: null };
const smallSegments: AppendRules = { ...rules, segmentBytes: 500 };

function open(folder: string, disk?: LogDisk, minStartOffset?: number): PartitionLog {
  const log = PartitionLog.open(folder, disk, minStartOffset);
  let isClosed = false;
  const close = log.close.bind(log);
  log.close = () => {
    if (!isClosed) close();
    isClosed = true;
  };
  afterTest(async () => log.close());
  return log;
}

const values = (...texts: readonly string[]): readonly TestRecord[] => texts.map((value) => ({ value }));

function append(log: PartitionLog, records: readonly TestRecord[], options: BatchOptions = {}, by = rules) {
  return log.append(recordBatch(records, options), by);
}

/** The offsets of the batches a read gives, first and last. */
function ranges(bytes: Buffer): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let at = 0; at < bytes.length;) {
    const { baseOffset, lastOffset, size } = readBatchHeader(bytes, at);
    found.push([baseOffset, lastOffset]);
    at += size;
  }
  return found;
}

const all = (log: PartitionLog) => ranges(log.read(log.startOffset, 1 << 20, true));

async function lastSegment(folder: string): Promise<string> {
  return join(folder, (await readdir(folder)).sort().at(-1) ?? '');
}

describe('a partition', () => {
  test('gives records consecutive offsets and keeps the bytes of the producer otherwise', async () => {
    const log = open(await emptyFolder());
    expect(append(log, values('a', 'b'))).toMatchObject({ baseOffset: 0, recordCount: 2 });
    expect(append(log, values('c'))).toMatchObject({ baseOffset: 2, recordCount: 1 });
    const stored = log.read(2, 1 << 20, true);
    expect(stored.subarray(16)).toEqual(recordBatch(values('c')).subarray(16));
    expect([log.startOffset, log.endOffset]).toEqual([0, 3]);
  });

  test('is read from the batch that holds the offset, within the bytes asked for, but one whole batch at least', async () => {
    const log = open(await emptyFolder());
    for (let batch = 0; batch < 200; batch += 1) append(log, values('x'.repeat(100), 'y'.repeat(100)));
    const size = recordBatch(values('x'.repeat(100), 'y'.repeat(100))).length;
    expect(ranges(log.read(301, 3 * size, true))).toEqual([
      [300, 301],
      [302, 303],
      [304, 305],
    ]);
    expect(ranges(log.read(301, 10, true))).toEqual([[300, 301]]);
    expect(ranges(log.read(301, 10, false))).toEqual([]);
    expect(ranges(log.read(400, 10, true))).toEqual([]);
    expect(() => log.read(401, 10, true)).toThrow(expect.objectContaining({ name: 'OFFSET_OUT_OF_RANGE' }));
  });

  test('is the same after it was closed and opened, over several segments', async () => {
    const folder = await emptyFolder();
    const log = open(folder);
    for (let batch = 0; batch < 30; batch += 1) append(log, values('x'.repeat(50)), {}, smallSegments);
    expect((await readdir(folder)).length).toBeGreaterThan(5);
    log.close();
    const again = open(folder);
    expect(again.truncatedBytes).toBe(0);
    expect([again.endOffset, again.bytes]).toEqual([30, log.bytes]);
    const found: number[] = [];
    for (let offset = 0; offset < 30; offset = (found.at(-1) ?? 0) + 1)
      found.push(...ranges(again.read(offset, 1 << 20, true)).map(([first]) => first));
    expect(found).toEqual(Array.from({ length: 30 }, (_, offset) => offset));
    expect(append(again, values('z')).baseOffset).toBe(30);
  });

  test.each([
    ['a checksum that does not match', (batch: Buffer) => batch.fill(255, 65, 66), 'CORRUPT_MESSAGE'],
    ['a length beyond its bytes', (batch: Buffer) => batch.subarray(0, batch.length - 1), 'CORRUPT_MESSAGE'],
    ['no room for a header', (batch: Buffer) => batch.subarray(0, 40), 'CORRUPT_MESSAGE'],
    ['nothing at all', () => Buffer.alloc(0), 'CORRUPT_MESSAGE'],
    ['two batches', (batch: Buffer) => Buffer.concat([batch, batch]), 'INVALID_RECORD'],
    ['an old record format', (batch: Buffer) => batch.fill(1, 16, 17), 'UNSUPPORTED_FOR_MESSAGE_FORMAT'],
    ['a transaction', () => recordBatch(values('a'), { attributes: 0x10 }), 'UNSUPPORTED_VERSION'],
    ['too many bytes', () => recordBatch(values('x'.repeat(2 << 20))), 'MESSAGE_TOO_LARGE'],
  ])('refuses a batch with %s and stays as it was', async (_, spoil, name) => {
    const log = open(await emptyFolder());
    append(log, values('a'));
    expect(() => log.append(spoil(recordBatch(values('b'))), rules)).toThrow(expect.objectContaining({ name }));
    expect(all(log)).toEqual([[0, 0]]);
    expect(append(log, values('b')).baseOffset).toBe(1);
  });
});

describe('a partition whose last write was torn', () => {
  test('loses exactly the batch that was not whole, wherever it was cut', async () => {
    const folder = await emptyFolder();
    const log = open(folder);
    append(log, values('a', 'b'));
    const whole = log.bytes;
    append(log, values('c'));
    const total = log.bytes;
    log.close();
    const bytes = await readFile(await lastSegment(folder));
    for (let length = whole; length < total; length += 7) {
      await writeFile(await lastSegment(folder), bytes.subarray(0, length));
      const again = open(folder);
      expect([again.endOffset, again.bytes, again.truncatedBytes]).toEqual([2, whole, length - whole]);
      again.close();
    }
  });

  test('loses a batch whose bytes changed, and what is not a batch', async () => {
    const folder = await emptyFolder();
    const log = open(folder);
    append(log, values('a'));
    append(log, values('b'));
    log.close();
    const path = await lastSegment(folder);
    await appendFile(path, 'no es un lote'.repeat(20));
    const garbage = open(folder);
    expect([garbage.endOffset, garbage.truncatedBytes]).toEqual([2, 260]);
    garbage.close();
    const bytes = await readFile(path);
    bytes[bytes.length - 2] = 0xff;
    await writeFile(path, bytes);
    const changed = open(folder);
    expect(all(changed)).toEqual([[0, 0]]);
    expect(append(changed, values('c')).baseOffset).toBe(1);
  });

  test('keeps its end though its newest segment is empty', async () => {
    const folder = await emptyFolder();
    const log = open(folder);
    append(log, values('a', 'b', 'c'));
    log.roll();
    append(log, values('d'));
    log.close();
    await truncate(await lastSegment(folder), 10);
    expect(open(folder).endOffset).toBe(3);
  });
});

describe('an idempotent producer', () => {
  const of = (baseSequence: number, producerEpoch = 0): BatchOptions => ({
    producerId: 9,
    producerEpoch,
    baseSequence,
  });

  test('may send any of its last five batches again; each is stored once', async () => {
    const log = open(await emptyFolder());
    for (let batch = 0; batch < 5; batch += 1) append(log, values('a', 'b'), of(batch * 2));
    for (let batch = 0; batch < 5; batch += 1)
      expect(append(log, values('a', 'b'), of(batch * 2))).toEqual({ baseOffset: batch * 2, recordCount: 0, bytes: 0 });
    expect(log.endOffset).toBe(10);
  });

  test('is refused when a batch is missing, or when it was replaced by a newer epoch', async () => {
    const log = open(await emptyFolder());
    append(log, values('a'), of(0));
    const outOfOrder = expect.objectContaining({ name: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
    expect(() => append(log, values('c'), of(2))).toThrow(outOfOrder);
    expect(() => append(log, values('c'), of(2, 1))).toThrow(outOfOrder);
    append(log, values('b'), of(0, 1));
    expect(() => append(log, values('c'), of(1, 0))).toThrow(
      expect.objectContaining({ name: 'INVALID_PRODUCER_EPOCH' }),
    );
    expect(log.endOffset).toBe(2);
  });

  test('is known again after a restart, and goes over from the greatest sequence to zero', async () => {
    const folder = await emptyFolder();
    const log = open(folder);
    append(log, values('a', 'b'), of(2 ** 31 - 2));
    log.close();
    const again = open(folder);
    expect(append(again, values('a', 'b'), of(2 ** 31 - 2)).recordCount).toBe(0);
    expect(append(again, values('c'), of(0))).toMatchObject({ baseOffset: 2, recordCount: 1 });
  });
});

describe('a full disk', () => {
  test('refuses records, keeps those it had, and takes more once there is room', async () => {
    let room = 250;
    const disk: LogDisk = {
      write: (fd, bytes, position) => {
        if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        const written = writeSync(fd, bytes, 0, Math.min(bytes.length, room), position);
        room -= written;
        return written;
      },
    };
    const folder = await emptyFolder();
    const log = open(folder, disk);
    append(log, values('x'.repeat(100)));
    const full = expect.objectContaining({ name: 'KAFKA_STORAGE_ERROR' });
    expect(() => append(log, values('y'.repeat(100)))).toThrow(full);
    expect(() => append(log, values('y'.repeat(100)))).toThrow(full);
    expect(all(log)).toEqual([[0, 0]]);
    room = 1 << 20;
    expect(append(log, values('z')).baseOffset).toBe(1);
    log.close();
    const again = open(folder);
    expect([again.truncatedBytes, again.endOffset]).toEqual([0, 2]);
  });
});

describe('old records', () => {
  async function tenSegments(): Promise<PartitionLog> {
    const log = open(await emptyFolder());
    for (let second = 0; second < 10; second += 1)
      append(log, [{ value: 'x'.repeat(400), timestampMs: second * 1000 }], {}, smallSegments);
    return log;
  }

  test('can be deleted up to an offset, though they stay in the file until its segment is not needed', async () => {
    const folder = await emptyFolder();
    const log = open(folder);
    append(log, values('a', 'b', 'c'));
    expect(log.deleteBefore(2)).toBe(2);
    expect(() => log.read(1, 100, true)).toThrow(expect.objectContaining({ name: 'OFFSET_OUT_OF_RANGE' }));
    log.close();
    expect(open(folder, undefined, 2).startOffset).toBe(2);
    const segmented = await tenSegments();
    segmented.deleteBefore(5);
    expect(all(segmented)[0]).toEqual([5, 5]);
  });

  test('go with retention.bytes: whole segments, oldest first, never below the limit', async () => {
    const log = await tenSegments();
    const limit = log.bytes / 2;
    dropExpired(log, { 'retention.bytes': String(limit) }, 0);
    expect(log.startOffset).toBe(5);
    expect(log.bytes).toBeGreaterThanOrEqual(limit);
  });

  test('go with retention.ms, by the time of the clock', async () => {
    const log = await tenSegments();
    dropExpired(log, { 'retention.ms': '3000' }, 9500);
    expect(log.startOffset).toBe(7);
    dropExpired(log, { 'retention.ms': '3000' }, 60_000);
    expect([log.startOffset, log.endOffset, log.bytes]).toEqual([10, 10, 0]);
    expect(append(log, values('a')).baseOffset).toBe(10);
  });

  test('go from the log that rested longest when all together are too many', async () => {
    const rested = await tenSegments();
    const busy = await tenSegments();
    const half = busy.bytes;
    dropOldestUntil([busy, rested], half + half / 2);
    expect([rested.startOffset, busy.startOffset]).toEqual([5, 0]);
    dropOldestUntil([busy, rested], half / 2);
    expect(rested.bytes + busy.bytes).toBeLessThanOrEqual(half / 2);
    expect(busy.endOffset).toBe(10);
  });
});

describe('the place of a time', () => {
  test('is the first record at or after it that was not deleted', async () => {
    const log = open(await emptyFolder());
    const at = (...seconds: readonly number[]) => seconds.map((second) => ({ value: 'x', timestampMs: second * 1000 }));
    append(log, at(10, 30, 20));
    append(log, at(25, 40));
    expect(log.placeAtTime(20_000)).toEqual({ offset: 1, timestampMs: 30_000 });
    expect(log.placeAtTime(31_000)).toEqual({ offset: 4, timestampMs: 40_000 });
    expect(log.placeAtTime(41_000)).toBeNull();
    expect(log.placeOfMaxTimestamp()).toEqual({ offset: 4, timestampMs: 40_000 });
    log.deleteBefore(2);
    expect(log.placeAtTime(22_000)).toEqual({ offset: 3, timestampMs: 25_000 });
  });
});
