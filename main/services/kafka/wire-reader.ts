const twoTo32 = 2 ** 32;
/** Five groups of seven bits hold 32. */
const maxVarintBytes = 5;

/** Reads the primitive types of the Kafka protocol; every read past the end throws a `RangeError`. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#advance(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  /** Exact up to 2^53, which no offset and no time reaches. */
  int64(): number {
    const at = this.#advance(8);
    return this.#bytes.readInt32BE(at) * twoTo32 + this.#bytes.readUInt32BE(at + 4);
  }

  unsignedVarint(): number {
    let value = 0;
    for (let group = 0; group < maxVarintBytes; group += 1) {
      const byte = this.#bytes.readUInt8(this.#advance(1));
      value |= (byte & 127) << (group * 7);
      if (byte < 128) return value >>> 0;
    }
    throw new RangeError('a varint of more than 32 bits');
  }

  /** A view, not a copy. */
  raw(length: number): Buffer {
    if (length < 0 || length > this.remaining) throw new RangeError(`${length} bytes wanted, ${this.remaining} left`);
    const at = this.#advance(length);
    return this.#bytes.subarray(at, at + length);
  }

  #advance(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    return at;
  }
}
