/** One wait on the virtual clock. */
type Sleeper = { readonly dueMs: number; readonly lengthMs: number; readonly wake: () => void };

/** Who waits on a clock, and until when. */
export class Sleepers {
  readonly #waiting = new Set<Sleeper>();

  /**
   * Resolves when `wakeDue` passes `dueMs`, or early when the signal aborts. `onWake` runs at that very moment, before anything that waits for
   * the promise can.
   */
  add(dueMs: number, lengthMs: number, signal: AbortSignal | undefined, onWake: () => void): Promise<void> {
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        dueMs,
        lengthMs,
        wake: () => {
          this.#waiting.delete(sleeper);
          signal?.removeEventListener('abort', sleeper.wake);
          onWake();
          resolve();
        },
      };
      this.#waiting.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake, { once: true });
    });
  }

  /** When the first wait of at least `lengthMs` ends; Infinity: nobody waits so. */
  earliest(lengthMs = 0): number {
    let first = Infinity;
    for (const sleeper of this.#waiting) if (sleeper.lengthMs >= lengthMs) first = Math.min(first, sleeper.dueMs);
    return first;
  }

  /** Wakes whose time has come, in the order in which they were due. */
  wakeDue(nowMs: number): void {
    const due = [...this.#waiting].filter((sleeper) => sleeper.dueMs <= nowMs);
    for (const sleeper of due.sort((a, b) => a.dueMs - b.dueMs)) sleeper.wake();
  }
}
