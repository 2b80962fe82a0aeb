/** Reads Kafka's wire forms from bytes, front to back. 64-bit numbers come as numbers: offsets and times stay below 2^53. */
export class ByteReader {
  at = 0;
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  int8(): number {
    return this.bytes.readInt8((this.at += 1) - 1);
  }

  int16(): number {
    return this.bytes.readInt16BE((this.at += 2) - 2);
  }

  int32(): number {
    return this.bytes.readInt32BE((this.at += 4) - 4);
  }

  int64(): number {
    const high = this.int32();
    return high * 2 ** 32 + this.bytes.readUInt32BE((this.at += 4) - 4);
  }

  string(): string {
    return this.take(this.int16()).toString('utf8');
  }

  /** `count` bytes without copying them. */
  take(count: number): Buffer {
    return this.bytes.subarray(this.at, (this.at += Math.max(0, count)));
  }

  /** Items behind a 32-bit count; null counts as none. */
  list<Item>(item: () => Item): Item[] {
    return Array.from({ length: Math.max(0, this.int32()) }, item);
  }

  /** Zigzag variable length, up to 32 bits. */
  varint(): number {
    const { bytes } = this;
    let byte = bytes[this.at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[this.at++] ?? 0;
      value |= (byte & 0x7f) << shift;
    }
    return (value >>> 1) ^ -(value & 1);
  }

  /** Zigzag variable length, up to 64 bits. */
  varlong(): number {
    let byte = this.bytes[this.at++] ?? 0;
    let value = byte & 0x7f;
    for (let scale = 2 ** 7; byte >= 0x80; scale *= 2 ** 7) {
      byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * scale;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Bytes behind their length; null where the length is -1. */
  varbytes(): Buffer | null {
    const length = this.varint();
    return length < 0 ? null : this.take(length);
  }
}
