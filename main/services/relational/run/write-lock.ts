import type { Clock } from '../../../../engine/core/clock.ts';
import { lockTimeout } from '../relational-errors.ts';

/** `innodb_lock_wait_timeout`. */
const waitMs = 50_000;

/** One writer at a time, whole transactions long, in the order of asking. */
export class WriteLock {
  private readonly clock: Clock;
  private isHeld = false;
  private readonly waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Resolves when the lock is the caller's; raises MariaDB's lock wait timeout after 50 s. */
  async acquire(): Promise<void> {
    if (!this.isHeld) {
      this.isHeld = true;
      return;
    }
    const abort = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        abort.abort();
        resolve();
      };
      this.waiting.push(enter);
      void this.clock.sleep(waitMs, abort.signal).then(() => {
        const place = this.waiting.indexOf(enter);
        if (place < 0) return;
        this.waiting.splice(place, 1);
        reject(lockTimeout());
      });
    });
  }

  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.isHeld = false;
    else next();
  }
}
