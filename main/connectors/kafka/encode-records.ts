import { byTopic, type RecordToSend, type TopicPartition } from './kafka-record.ts';

/** Records for one partition, written together or not at all. */
export type RecordsToSend = TopicPartition & { readonly records: readonly RecordToSend[] };

export type ProduceOptions = { readonly acks: number; readonly timeoutMs: number };

/** Bytes of a batch before its records (message format 2). */
const batchHeaderBytes = 61;
const crcAt = 17;
const checkedFrom = 21;
/** Producer and sequence of a producer that is not idempotent. */
const nobody = -1;

/** The body of a Produce request of version 7: one record batch for each partition, not compressed. */
export function encodeProduce(
  batches: readonly RecordsToSend[],
  { acks, timeoutMs }: ProduceOptions,
  crc32c: (bytes: Uint8Array) => number,
): Buffer {
  const topics = byTopic(batches);
  const head = Buffer.alloc(12);
  head.writeInt16BE(nobody, 0); // no transaction
  head.writeInt16BE(acks, 2);
  head.writeInt32BE(timeoutMs, 4);
  head.writeInt32BE(topics.size, 8);
  const parts: Buffer[] = [head];
  for (const [topic, partitions] of topics) {
    parts.push(encodeString(topic), encodeInt32(partitions.length));
    for (const { partition, records } of partitions) {
      const batch = encodeBatch(records, crc32c);
      parts.push(encodeInt32(partition), encodeInt32(batch.length), batch);
    }
  }
  return Buffer.concat(parts);
}

function encodeBatch(records: readonly RecordToSend[], crc32c: (bytes: Uint8Array) => number): Buffer {
  const now = Date.now();
  const times = records.map(({ timestampMs }) => timestampMs ?? now);
  const first = times[0] ?? now;
  const body = new ByteWriter(records.reduce((sum, record) => sum + recordBytes(record), batchHeaderBytes));
  body.at = batchHeaderBytes;
  records.forEach((record, index) => writeRecord(body, record, index, (times[index] ?? now) - first));
  const batch = body.bytes.subarray(0, body.at);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt8(2, 16);
  batch.writeInt32BE(records.length - 1, 23);
  batch.writeBigInt64BE(BigInt(first), 27);
  batch.writeBigInt64BE(BigInt(times.reduce((a, b) => Math.max(a, b), first)), 35);
  batch.writeBigInt64BE(BigInt(nobody), 43);
  batch.writeInt16BE(nobody, 51);
  batch.writeInt32BE(nobody, 53);
  batch.writeInt32BE(records.length, 57);
  batch.writeUInt32BE(crc32c(batch.subarray(checkedFrom)), crcAt);
  return batch;
}

function writeRecord(body: ByteWriter, record: RecordToSend, offsetDelta: number, timeDelta: number): void {
  const content = new ByteWriter(recordBytes(record));
  content.byte(0); // attributes
  content.varlong(timeDelta);
  content.varlong(offsetDelta);
  content.varbytes(record.key);
  content.varbytes(record.value);
  content.varlong(record.headers.length);
  for (const { key, value } of record.headers) {
    content.varbytes(Buffer.from(key, 'utf8'));
    content.varbytes(value);
  }
  body.varlong(content.at);
  body.append(content.bytes.subarray(0, content.at));
}

/** Most bytes that Kafka's own client counts for a record besides key, value and headers, and the header of its batch. */
const maxRecordOverhead = 21;

/** An upper bound of a record's size in its batch, as Kafka's client estimates it. */
export const recordBytes = ({ key, value, headers }: RecordToSend): number =>
  maxRecordOverhead +
  fieldBytes(key?.length) +
  fieldBytes(value?.length) +
  headers.reduce(
    (sum, header) => sum + fieldBytes(Buffer.byteLength(header.key)) + fieldBytes(header.value?.length),
    varintBytes(headers.length),
  );

/** As `recordBytes`, with the batch around it: what `max.request.size` is compared with. */
export const lonelyRecordBytes = (record: RecordToSend): number => batchHeaderBytes + recordBytes(record);

const fieldBytes = (length = -1): number => varintBytes(length) + Math.max(0, length);

/** Zigzag: seven bits a byte, one bit for the sign. */
const varintBytes = (value: number): number => Math.max(1, Math.ceil(Math.log2(2 * Math.abs(value) + 2) / 7));

class ByteWriter {
  at = 0;
  readonly bytes: Buffer;

  constructor(size: number) {
    this.bytes = Buffer.alloc(size);
  }

  byte(value: number): void {
    this.bytes[this.at++] = value;
  }

  /** Zigzag variable length of a whole number below 2^52. */
  varlong(value: number): void {
    let rest = value >= 0 ? value * 2 : -value * 2 - 1;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) + 0x80);
    this.byte(rest);
  }

  append(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  varbytes(bytes: Uint8Array | null): void {
    this.varlong(bytes === null ? -1 : bytes.length);
    if (bytes !== null) this.append(bytes);
  }
}

function encodeInt32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function encodeString(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
