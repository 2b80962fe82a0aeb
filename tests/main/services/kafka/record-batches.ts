import { crc32c } from '../../../../main/services/crc32c.ts';

export type TestRecord = { readonly value: string; readonly timestampMs?: number };

export type BatchOptions = {
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly attributes?: number;
  /** Applied to the records; the attributes say which codec it is. */
  readonly compress?: (records: Buffer) => Uint8Array;
};

/** One record batch of message format 2, as a producer sends it. */
export function recordBatch(records: readonly TestRecord[], options: BatchOptions = {}): Buffer {
  const times = records.map(({ timestampMs }) => timestampMs ?? 1_700_000_000_000);
  const baseTimestamp = times[0] ?? 0;
  const body = Buffer.concat(
    records.map(({ value }, index) => {
      const rest = Buffer.concat([
        Buffer.from([0]),
        varint((times[index] ?? 0) - baseTimestamp),
        varint(index),
        varint(-1),
        varint(Buffer.byteLength(value)),
        Buffer.from(value),
        varint(0),
      ]);
      return Buffer.concat([varint(rest.length), rest]);
    }),
  );
  const batch = Buffer.concat([Buffer.alloc(61), options.compress?.(body) ?? body]);
  batch.writeInt32BE(batch.length - 12, 8);
  batch.writeInt32BE(-1, 12);
  batch.writeInt8(2, 16);
  batch.writeInt16BE(options.attributes ?? 0, 21);
  batch.writeInt32BE(records.length - 1, 23);
  batch.writeBigInt64BE(BigInt(baseTimestamp), 27);
  batch.writeBigInt64BE(BigInt(Math.max(...times)), 35);
  batch.writeBigInt64BE(BigInt(options.producerId ?? -1), 43);
  batch.writeInt16BE(options.producerEpoch ?? -1, 51);
  batch.writeInt32BE(options.baseSequence ?? -1, 53);
  batch.writeInt32BE(records.length, 57);
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}
