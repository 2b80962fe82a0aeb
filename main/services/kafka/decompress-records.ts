import { gunzipSync } from 'node:zlib';
import { decompress as unzstd } from 'fzstd';
import lz4 from 'lz4js';
import snappy from 'snappyjs';
import { batchHeaderBytes, compressionOf } from './record-batch.ts';
import type { BatchHeader } from './record-batch.ts';

/** A batch has at most a few megabytes of records; more is an attack on the memory. */
const maxRecordBytes = 256 << 20;
/** Java's Snappy streams: eight bytes of magic, two versions, then blocks with their length before them. */
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const xerialHeaderBytes = 16;

/** The records of a batch as plain bytes. Throws when they are not what the header says. */
export function decompressRecords(batch: Buffer, header: BatchHeader): Uint8Array {
  const records = batch.subarray(batchHeaderBytes, header.size);
  switch (compressionOf(header)) {
    case 0:
      return records;
    case 1:
      return gunzipSync(records, { maxOutputLength: maxRecordBytes });
    case 2:
      return unsnappy(records);
    case 3:
      return lz4.decompress(records, maxRecordBytes);
    case 4:
      return unzstd(records);
    default:
      throw new RangeError('a compression that Kafka does not have');
  }
}

function unsnappy(records: Buffer): Uint8Array {
  if (!records.subarray(0, xerialMagic.length).equals(xerialMagic)) return snappy.uncompress(records, maxRecordBytes);
  const blocks: Uint8Array[] = [];
  for (let at = xerialHeaderBytes; at < records.length;) {
    const start = at + 4;
    at = start + records.readInt32BE(at);
    blocks.push(snappy.uncompress(records.subarray(start, at), maxRecordBytes));
  }
  return Buffer.concat(blocks);
}
