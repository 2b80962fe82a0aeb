import { gzipSync } from 'node:zlib';
import lz4 from 'lz4js';
import snappy from 'snappyjs';
import { describe, expect, test } from 'vitest';
import { firstRecordSince } from '../../../../main/services/kafka/record-times.ts';
import { stampLogAppendTime, stampOffset } from '../../../../main/services/kafka/record-batch.ts';
import { recordBatch } from './record-batches.ts';

const records = [10, 30, 20, 40].map((second) => ({ value: 'x'.repeat(8), timestampMs: second * 1000 }));
/** A frame with one block of bytes that were not worth compressing; at most 255. */
function zstdFrame(bytes: Buffer): Buffer {
  const blockHeader = Buffer.alloc(3);
  blockHeader.writeUIntLE((bytes.length << 3) | 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length]), blockHeader, bytes]);
}

/** The stream that Java's producers write: a header, then blocks with their length. */
function javaSnappy(bytes: Buffer): Buffer {
  const blocks = [bytes.subarray(0, 20), bytes.subarray(20)].map((part) => Buffer.from(snappy.compress(part)));
  const header = Buffer.from('82534e41505059000000000100000001', 'hex');
  return Buffer.concat([
    header,
    ...blocks.flatMap((block) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(block.length);
      return [length, block];
    }),
  ]);
}

function storedAt(baseOffset: number, batch: Buffer): Buffer {
  stampOffset(batch, baseOffset);
  return batch;
}

describe('the first record of a batch since a time', () => {
  test.each([
    ['no codec', 0, (bytes: Buffer) => bytes],
    ['gzip', 1, (bytes: Buffer) => gzipSync(bytes)],
    ['snappy', 2, (bytes: Buffer) => snappy.compress(bytes)],
    ["snappy in Java's blocks", 2, javaSnappy],
    ['lz4', 3, (bytes: Buffer) => lz4.compress(bytes)],
    ['zstd', 4, zstdFrame],
  ])('is found with %s', (_, attributes, compress) => {
    const batch = storedAt(100, recordBatch(records, { attributes, compress }));
    expect(firstRecordSince(batch, 0, 0)).toEqual({ offset: 100, timestampMs: 10_000 });
    expect(firstRecordSince(batch, 15_000, 0)).toEqual({ offset: 101, timestampMs: 30_000 });
    expect(firstRecordSince(batch, 15_000, 102)).toEqual({ offset: 102, timestampMs: 20_000 });
    expect(firstRecordSince(batch, 31_000, 0)).toEqual({ offset: 103, timestampMs: 40_000 });
    expect(firstRecordSince(batch, 41_000, 0)).toBeNull();
  });

  test('is its first record where the broker gave the time', () => {
    const batch = storedAt(100, recordBatch(records));
    stampLogAppendTime(batch, 99_000);
    expect(firstRecordSince(batch, 50_000, 0)).toEqual({ offset: 100, timestampMs: 99_000 });
  });

  test('is its first offset where the records cannot be decoded', () => {
    const batch = storedAt(100, recordBatch(records, { attributes: 1 }));
    expect(firstRecordSince(batch, 35_000, 0)).toEqual({ offset: 100, timestampMs: 40_000 });
  });
});
