import { systemClock, type Clock } from '../../engine/core/clock.ts';

/** A clock on which everything takes `times` less: a trigger of a minute comes every second at 60. */
export function hurriedClock(times: number): Clock {
  const start = systemClock.now();
  return {
    now: () => Math.floor(start + (systemClock.now() - start) * times),
    elapsed: () => systemClock.elapsed(),
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
  };
}
