import type { KernelClock } from './kernel-clock.ts';
import { PyodideKernel, type KernelPlace } from './pyodide-kernel.ts';
import type { PyodideFiles } from './pyodide-process.ts';

/** A spare costs a notebook's first cell nothing, but 85 MB: none is kept when the machine has less free than this. */
const spareNeedsFreeBytes = 1.5 * 2 ** 30;

/** Kernels, with one more always warm, so that a restart or another notebook finds Python ready. */
export class KernelPool {
  readonly #files: PyodideFiles;
  readonly #nursery: KernelPlace;
  readonly #freeBytes: () => number;
  readonly #clock: KernelClock | undefined;
  #spare: PyodideKernel | undefined;

  /** `nursery`: where a spare lives until it is taken. */
  constructor(files: PyodideFiles, nursery: KernelPlace, freeBytes: () => number, clock?: KernelClock) {
    this.#files = files;
    this.#nursery = nursery;
    this.#freeBytes = freeBytes;
    this.#clock = clock;
  }

  /** The warm spare, if there is one: whoever takes it gives it a place with `adopt`. */
  take(): PyodideKernel | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }

  /** Starts the spare, unless there is one or memory is short. Call it when the host is idle. */
  async warm(): Promise<void> {
    if (this.#spare || this.#freeBytes() < spareNeedsFreeBytes) return;
    const spare = new PyodideKernel(this.#files, this.#nursery, {
      commands: { run: refuseSpare },
      ...(this.#clock ? { clock: this.#clock } : {}),
    });
    this.#spare = spare;
    try {
      await spare.start();
    } catch {
      if (this.#spare === spare) this.#spare = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#spare?.shutdown();
    this.#spare = undefined;
  }
}

const refuseSpare = (): Promise<never> => Promise.reject(new Error('a spare kernel has no session'));
