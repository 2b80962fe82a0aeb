/** Ten updates a second are as many as a learner can read, and leave the window two thirds of its time at 2,000 rows/s. */
export const liveIntervalMs = 100;

export type Pacer = {
  /** Publishes soon, at most once per interval; the first call after a pause is served within a frame. */
  readonly request: () => void;
  readonly flush: () => void;
};

/** Gathers bursts of events into few updates. A timer, not an animation frame: hidden tabs have no frames. */
export function createPacer(publish: () => void, intervalMs = liveIntervalMs): Pacer {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    lastMs = performance.now();
    publish();
  };
  return {
    flush,
    request: () => {
      if (timer !== null) return;
      const waitMs = Math.max(0, Math.min(intervalMs, lastMs + intervalMs - performance.now()));
      timer = setTimeout(flush, waitMs);
    },
  };
}
