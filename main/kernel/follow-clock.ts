import { SharedTime } from './shared-time.ts';

/**
 * From now on this thread's `Date.now` tells the virtual time. Emscripten asks it for CPython's real-time clock, so that all of `time.time()`,
 * `datetime.now()`, `date.today()`, `time.localtime()` and `strftime()` follow, and `datetime` stays CPython's own class.
 */
export function followClock(memory: SharedArrayBuffer): void {
  const time = new SharedTime(memory);
  const machineMs = fineTime(Date.now);
  Date.now = () => wholeMicroseconds(time.at(machineMs()));
}

/** Two neighbouring times of today, as numbers of milliseconds, are so far apart. */
const stepMs = 2 ** -12;

/**
 * Emscripten makes nanoseconds of the milliseconds, in a number that has only every 256th of them: just below a microsecond (`.008999936` for 9 ms)
 * CPython, which rounds down, would tell the one before, and `int(time.time() * 1000)` the millisecond before. The next number up is beyond it.
 */
export const wholeMicroseconds = (ms: number): number => ((ms * 1e6) % 1000 >= 1000 - 256 ? ms + stepMs : ms);

/** The machine's time with a fraction, always within the millisecond that `coarse` tells: without it a short measurement would be 0. */
export function fineTime(coarse: () => number, elapsed: () => number = () => performance.now()): () => number {
  let startMs = coarse() - elapsed();
  return () => {
    const [wholeMs, elapsedMs] = [coarse(), elapsed()];
    const beyondMs = startMs + elapsedMs - wholeMs;
    if (beyondMs < 0) startMs -= beyondMs;
    else if (beyondMs >= 1) startMs -= beyondMs - lastFractionMs;
    return startMs + elapsedMs;
  };
}

/** As late within a millisecond as a time of today can be told apart from the next. */
const lastFractionMs = 0.999;
