import { crc32c } from '../crc32c.ts';
import { ProtocolError } from './protocol-error.ts';

/** What stands before the records of a batch (message format 2). Times are milliseconds since 1970. */
export type BatchHeader = {
  readonly baseOffset: number;
  /** Bytes of the whole batch, this header included. */
  readonly size: number;
  readonly magic: number;
  readonly crc: number;
  readonly attributes: number;
  readonly lastOffset: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  /** -1 where the producer is not idempotent. */
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
};

export const batchHeaderBytes = 61;
/** The base offset and the length stand before what the length counts. */
const bytesBeforeLength = 12;
const leaderEpochAt = 12;
/** The checksum covers all from the attributes on: offset and leader epoch can be set without touching it. */
const crcAt = 17;
const checkedFrom = 21;
const attributesAt = 21;
const maxTimestampAt = 35;

const compressionBits = 0x07;
const logAppendTimeBit = 0x08;
const transactionalBit = 0x10;
const controlBit = 0x20;

/** `bytes` holds at least a header at `at`. */
export function readBatchHeader(bytes: Buffer, at = 0): BatchHeader {
  const baseOffset = readInt64(bytes, at);
  return {
    baseOffset,
    size: bytesBeforeLength + bytes.readInt32BE(at + 8),
    magic: bytes.readInt8(at + 16),
    crc: bytes.readUInt32BE(at + crcAt),
    attributes: bytes.readInt16BE(at + attributesAt),
    lastOffset: baseOffset + bytes.readInt32BE(at + 23),
    baseTimestamp: readInt64(bytes, at + 27),
    maxTimestamp: readInt64(bytes, at + maxTimestampAt),
    producerId: readInt64(bytes, at + 43),
    producerEpoch: bytes.readInt16BE(at + 51),
    baseSequence: bytes.readInt32BE(at + 53),
    recordCount: bytes.readInt32BE(at + 57),
  };
}

/** The header of what a producer sent, after the checks Kafka makes; throws the `ProtocolError` to answer. `records` must be one whole batch. */
export function checkProducedBatch(records: Buffer): BatchHeader {
  if (records.length < bytesBeforeLength + 5)
    throw new ProtocolError('CORRUPT_MESSAGE', 'The record batch is shorter than its header.');
  if (records.readInt8(16) !== 2)
    throw new ProtocolError(
      'UNSUPPORTED_FOR_MESSAGE_FORMAT',
      'Only message format 2 (Kafka 0.11 and later) is stored.',
    );
  if (records.length < batchHeaderBytes)
    throw new ProtocolError('CORRUPT_MESSAGE', 'The record batch is shorter than its header.');
  const header = readBatchHeader(records);
  if (header.size < batchHeaderBytes || header.size > records.length)
    throw new ProtocolError('CORRUPT_MESSAGE', 'The record batch is not as long as it says.');
  if (header.size < records.length)
    throw new ProtocolError('INVALID_RECORD', 'A produce request carries exactly one record batch for each partition.');
  if (crc32c(records.subarray(checkedFrom)) !== header.crc)
    throw new ProtocolError('CORRUPT_MESSAGE', 'The checksum of the record batch does not match.');
  if (header.recordCount <= 0 || header.lastOffset - header.baseOffset !== header.recordCount - 1)
    throw new ProtocolError('INVALID_RECORD', 'The record count does not match the offsets of the record batch.');
  if (isTransactional(header) || (header.attributes & controlBit) !== 0)
    throw new ProtocolError('UNSUPPORTED_VERSION', 'This broker has no transactions.');
  return header;
}

/** True when a batch read back from the disk is what was written. */
export const isIntact = (batch: Buffer, header: BatchHeader): boolean =>
  crc32c(batch.subarray(checkedFrom, header.size)) === header.crc;

const isTransactional = (header: BatchHeader): boolean => (header.attributes & transactionalBit) !== 0;

/** Which codec the records are compressed with: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
export const compressionOf = (header: BatchHeader): number => header.attributes & compressionBits;

/** True when the time of all records is the broker's, which the header holds as the greatest. */
export const hasLogAppendTime = (header: BatchHeader): boolean => (header.attributes & logAppendTimeBit) !== 0;

/** Gives the batch its place in the log, in place. */
export function stampOffset(batch: Buffer, baseOffset: number): void {
  batch.writeBigInt64BE(BigInt(baseOffset), 0);
  batch.writeInt32BE(0, leaderEpochAt);
}

/** Replaces the records' times by the broker's (`message.timestamp.type=LogAppendTime`), in place. */
export function stampLogAppendTime(batch: Buffer, timestampMs: number): void {
  batch.writeInt16BE(batch.readInt16BE(attributesAt) | logAppendTimeBit, attributesAt);
  batch.writeBigInt64BE(BigInt(timestampMs), maxTimestampAt);
  batch.writeUInt32BE(crc32c(batch.subarray(checkedFrom)), crcAt);
}

function readInt64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}
