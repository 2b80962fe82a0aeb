const twoTo32 = 2 ** 32;

/** Writes the primitive types of the Kafka protocol, big-endian, into one growing buffer. */
export class WireWriter {
  #buffer = Buffer.allocUnsafe(512);
  #length = 0;

  int8(value: number): void {
    const at = this.#claim(1);
    this.#buffer.writeInt8(value, at);
  }

  int16(value: number): void {
    const at = this.#claim(2);
    this.#buffer.writeInt16BE(value, at);
  }

  int32(value: number): void {
    const at = this.#claim(4);
    this.#buffer.writeInt32BE(value | 0, at);
  }

  /** Exact up to 2^53, which no offset and no time reaches. */
  int64(value: number): void {
    const at = this.#claim(8);
    this.#buffer.writeInt32BE(Math.floor(value / twoTo32) | 0, at);
    this.#buffer.writeUInt32BE(value >>> 0, at + 4);
  }

  unsignedVarint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#uint8((rest & 127) | 128);
      rest >>>= 7;
    }
    this.#uint8(rest);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#claim(bytes.length);
    this.#buffer.set(bytes, at);
  }

  /** What was written; the writer is not used after it. */
  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #uint8(value: number): void {
    const at = this.#claim(1);
    this.#buffer.writeUInt8(value, at);
  }

  /** Makes room and answers where; it may replace the buffer, so it comes before any use of it. */
  #claim(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, at));
      this.#buffer = larger;
    }
    return at;
  }
}
