/** Virtual time as a line: at `realMs` of the machine it was `virtualMs`, and it goes `rate` times as fast (0: it stands still). */
export type TimeLine = { readonly realMs: number; readonly virtualMs: number; readonly rate: number };

const byteLength = 4 * Float64Array.BYTES_PER_ELEMENT;

/**
 * The line in memory that the host writes and every kernel reads, so that `time.time()` costs no round trip. The version is odd while the host
 * writes: a reader that met a change reads again.
 */
export class SharedTime {
  readonly memory: SharedArrayBuffer;
  readonly #version: Int32Array;
  readonly #numbers: Float64Array;

  constructor(memory = new SharedArrayBuffer(byteLength)) {
    this.memory = memory;
    this.#version = new Int32Array(memory, 0, 1);
    this.#numbers = new Float64Array(memory, Float64Array.BYTES_PER_ELEMENT, 3);
  }

  write({ realMs, virtualMs, rate }: TimeLine): void {
    Atomics.add(this.#version, 0, 1);
    this.#numbers.set([realMs, virtualMs, rate]);
    Atomics.add(this.#version, 0, 1);
  }

  /** Virtual milliseconds since 1970 at this moment of the machine. */
  at(realMs: number): number {
    for (;;) {
      const version = Atomics.load(this.#version, 0);
      const [sinceMs = 0, virtualMs = 0, rate = 1] = this.#numbers;
      if (version % 2 === 0 && Atomics.load(this.#version, 0) === version) return virtualMs + (realMs - sinceMs) * rate;
    }
  }
}
