import type { Clock } from '../../engine/core/clock.ts';

/** The clock that Python follows where it is not the machine's. */
export interface KernelClock extends Clock {
  /** What a `SharedTime` reads: the time itself needs no call. */
  readonly memory: SharedArrayBuffer;
  /** Something is under way: a clock that skips idle time does not until the answered function is called. Python holds while it runs. */
  hold(): () => void;
  /** The clock for those who hold it: while one of them sleeps, its hold does not count. */
  readonly forHolders: Clock;
}
