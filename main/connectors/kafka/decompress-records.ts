import { gunzipSync } from 'node:zlib';
import { decompress as unzstd } from 'fzstd';
import lz4 from 'lz4js';
import snappy from 'snappyjs';

/** Java's Snappy streams: eight bytes of magic, two versions, then blocks with their length before them. */
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const xerialHeaderBytes = 16;

/** The records of a batch as plain bytes. `codec`: the lowest three bits of its attributes. */
export function decompressRecords(records: Buffer, codec: number): Buffer {
  switch (codec) {
    case 0:
      return records;
    case 1:
      return gunzipSync(records);
    case 2:
      return unsnappy(records);
    case 3:
      return asBuffer(lz4.decompress(records));
    case 4:
      return asBuffer(unzstd(records));
    default:
      throw new RangeError(`compression ${codec} does not exist`);
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function unsnappy(records: Buffer): Buffer {
  if (!records.subarray(0, xerialMagic.length).equals(xerialMagic)) return asBuffer(snappy.uncompress(records));
  const blocks: Uint8Array[] = [];
  for (let at = xerialHeaderBytes; at < records.length;) {
    const start = at + 4;
    at = start + records.readInt32BE(at);
    blocks.push(snappy.uncompress(records.subarray(start, at)));
  }
  return Buffer.concat(blocks);
}
