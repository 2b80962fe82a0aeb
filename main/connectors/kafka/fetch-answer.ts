import { ByteReader } from './byte-reader.ts';
import { decompressRecords } from './decompress-records.ts';
import type { KafkaRecord, RecordHeader, TopicPartition } from './kafka-record.ts';

/** What one partition gave to a fetch. */
export type FetchedPartition = TopicPartition & {
  readonly errorCode: number;
  /** One after the newest offset that may be read. */
  readonly latestOffset: number;
  readonly earliestOffset: number;
  /** Whole batches: the first records may lie before the offset asked for. */
  readonly records: readonly KafkaRecord[];
  /** Where to read on; null when no whole batch came. */
  readonly nextOffset: number | null;
};

type AbortedTransaction = { readonly producerId: number; readonly firstOffset: number };

/** Bytes of a batch before its records (message format 2). */
const batchHeaderBytes = 61;
const codecBits = 0x07;
const logAppendTimeBit = 0x08;
const transactionalBit = 0x10;
const controlBit = 0x20;
/** Type of the control record that ends an aborted transaction. */
const abortMarker = 0;

/** Reads the answer to a Fetch of version 11. */
export function readFetchAnswer(payload: Buffer): {
  readonly errorCode: number;
  readonly partitions: readonly FetchedPartition[];
} {
  const reader = new ByteReader(payload);
  reader.int32(); // throttle time
  const errorCode = reader.int16();
  reader.int32(); // session
  const topics = reader.list(() => {
    const topic = reader.string();
    return reader.list(() => readPartition(topic, reader));
  });
  return { errorCode, partitions: topics.flat() };
}

function readPartition(topic: string, reader: ByteReader): FetchedPartition {
  const partition = reader.int32();
  const errorCode = reader.int16();
  reader.int64(); // high watermark
  const latestOffset = reader.int64();
  const earliestOffset = reader.int64();
  const aborted = reader.list((): AbortedTransaction => ({ producerId: reader.int64(), firstOffset: reader.int64() }));
  reader.int32(); // preferred replica
  const batches = new ByteReader(reader.take(reader.int32()));
  return { topic, partition, errorCode, latestOffset, earliestOffset, ...readBatches(batches, aborted) };
}

/** `aborted` names transactions only where the fetch asked for committed records. */
function readBatches(
  batches: ByteReader,
  aborted: readonly AbortedTransaction[],
): Pick<FetchedPartition, 'records' | 'nextOffset'> {
  const records: KafkaRecord[] = [];
  const dropped = new Set<number>();
  const waiting = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset);
  let nextOffset: number | null = null;
  while (batches.left >= batchHeaderBytes) {
    const baseOffset = batches.int64();
    const size = batches.int32();
    // The answer is cut at the size asked for, in the middle of a batch.
    if (batches.left < size) break;
    const batch = new ByteReader(batches.take(size));
    const header = readHeader(batch, baseOffset);
    nextOffset = header.lastOffset + 1;
    while (waiting[0] !== undefined && waiting[0].firstOffset <= header.lastOffset)
      dropped.add(waiting.shift()?.producerId ?? -1);
    if ((header.attributes & controlBit) !== 0) {
      if (controlType(batch) === abortMarker) dropped.delete(header.producerId);
    } else if ((header.attributes & transactionalBit) === 0 || !dropped.has(header.producerId)) {
      readRecords(batch, header, records);
    }
  }
  return { records, nextOffset };
}

type BatchHeader = {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly attributes: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  readonly producerId: number;
  readonly count: number;
};

function readHeader(batch: ByteReader, baseOffset: number): BatchHeader {
  batch.take(9); // leader epoch, magic, checksum
  const attributes = batch.int16();
  const lastOffset = baseOffset + batch.int32();
  const baseTimestamp = batch.int64();
  const maxTimestamp = batch.int64();
  const producerId = batch.int64();
  batch.take(6); // producer epoch, first sequence number
  return { baseOffset, lastOffset, attributes, baseTimestamp, maxTimestamp, producerId, count: batch.int32() };
}

function readRecords(batch: ByteReader, header: BatchHeader, into: KafkaRecord[]): void {
  const reader = new ByteReader(decompressRecords(batch.take(batch.left), header.attributes & codecBits));
  const isLogAppendTime = (header.attributes & logAppendTimeBit) !== 0;
  for (let index = 0; index < header.count; index += 1) {
    const size = reader.varint();
    const end = reader.at + size;
    reader.at += 1; // attributes
    const timeDelta = reader.varlong();
    into.push({
      timestampMs: isLogAppendTime ? header.maxTimestamp : header.baseTimestamp + timeDelta,
      isLogAppendTime,
      offset: header.baseOffset + reader.varint(),
      key: reader.varbytes(),
      value: reader.varbytes(),
      headers: readHeaders(reader),
    });
    reader.at = end;
  }
}

const noHeaders: readonly RecordHeader[] = [];

function readHeaders(reader: ByteReader): readonly RecordHeader[] {
  const count = reader.varint();
  if (count <= 0) return noHeaders;
  return Array.from({ length: count }, () => ({
    key: reader.take(reader.varint()).toString('utf8'),
    value: reader.varbytes(),
  }));
}

/** The key of a control record: version and type, two bytes each. */
function controlType(batch: ByteReader): number | undefined {
  batch.varint(); // size
  batch.take(1);
  batch.varlong();
  batch.varint();
  const key = batch.varbytes();
  return key === null || key.length < 4 ? undefined : key.readInt16BE(2);
}
