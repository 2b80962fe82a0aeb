/** How the frames of a protocol are marked off: four bytes of length, then the rest. */
export type FrameFormat = {
  readonly byteOrder: 'big-endian' | 'little-endian';
  /** True where the four bytes of the length are part of what it counts (MongoDB), false where they are not (Kafka). */
  readonly lengthCountsItself: boolean;
  /** Lengths, as written in the frame, outside these limits are not a frame of the protocol (an HTTP request, for one). */
  readonly minLength: number;
  readonly maxLength: number;
};

const lengthBytes = 4;

/** Cuts a stream of bytes into frames. Nothing is allocated for a length that is only announced. */
export class FrameSplitter {
  readonly #format: FrameFormat;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Bytes of the stream that must be there before the next cut is possible. */
  #neededBytes = lengthBytes;

  constructor(format: FrameFormat) {
    this.#format = format;
  }

  /** The frames that `bytes` completes, without a length that excludes itself; null when the stream is not made of frames. */
  push(bytes: Buffer): readonly Buffer[] | null {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes < this.#neededBytes) return [];
    const stream = this.#pending.length === 1 ? bytes : Buffer.concat(this.#pending, this.#pendingBytes);
    const frames: Buffer[] = [];
    let at = 0;
    this.#neededBytes = lengthBytes;
    while (stream.length - at >= lengthBytes) {
      const length = this.#format.byteOrder === 'big-endian' ? stream.readInt32BE(at) : stream.readInt32LE(at);
      if (length < this.#format.minLength || length > this.#format.maxLength) return null;
      const start = this.#format.lengthCountsItself ? at : at + lengthBytes;
      if (stream.length < start + length) {
        this.#neededBytes = start + length - at;
        break;
      }
      frames.push(stream.subarray(start, start + length));
      at = start + length;
    }
    const rest = stream.subarray(at);
    this.#pending = rest.length > 0 ? [rest] : [];
    this.#pendingBytes = rest.length;
    return frames;
  }
}
