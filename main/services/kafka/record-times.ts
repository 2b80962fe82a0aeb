import { decompressRecords } from './decompress-records.ts';
import { hasLogAppendTime, readBatchHeader } from './record-batch.ts';
import type { BatchHeader } from './record-batch.ts';

export type RecordPlace = { readonly offset: number; readonly timestampMs: number };

/**
 * The first record of a batch that is at or after `timestampMs` and not before `minOffset`, null when there is none.
 * Records that cannot be decoded (the broker stores what it gets) count as one, at the batch's first offset.
 */
export function firstRecordSince(batch: Buffer, timestampMs: number, minOffset: number): RecordPlace | null {
  const header = readBatchHeader(batch);
  if (hasLogAppendTime(header))
    return { offset: Math.max(header.baseOffset, minOffset), timestampMs: header.maxTimestamp };
  try {
    for (const place of recordPlaces(decompressRecords(batch, header), header))
      if (place.timestampMs >= timestampMs && place.offset >= minOffset) return place;
    return null;
  } catch {
    return { offset: Math.max(header.baseOffset, minOffset), timestampMs: header.maxTimestamp };
  }
}

function* recordPlaces(records: Uint8Array, header: BatchHeader): Generator<RecordPlace> {
  const reader = new VarintReader(records);
  for (let record = 0; record < header.recordCount; record += 1) {
    const length = reader.signed();
    const end = reader.at + length;
    reader.at += 1;
    const timestampMs = header.baseTimestamp + reader.signed();
    yield { offset: header.baseOffset + reader.signed(), timestampMs };
    reader.at = end;
  }
}

/** Variable-length integers with zigzag, as records hold them; exact up to 2^53. */
class VarintReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  signed(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) throw new RangeError('the records end within a number');
      this.at += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  }
}
