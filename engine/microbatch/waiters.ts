import type { Clock } from '../core/clock.ts';

type IdleWaiter = { readonly since: number; readonly resolve: () => void };

/** Who waits for what in the life of one query. */
export class Waiters {
  private count = 0;
  private readonly idleWaiters = new Set<IdleWaiter>();
  private readonly endWaiters = new Set<() => void>();
  private wakeUp: (() => void) | undefined;
  private isEnded = false;
  private isWoken = false;

  /** Moments that can be compared: each is later than the one before. */
  moment(): number {
    this.count += 1;
    return this.count;
  }

  /** The loop's pause. `wakesForData`: ends early when somebody waits for data to be processed. */
  async pause(clock: Clock, ms: number, stop: AbortSignal, wakesForData: boolean): Promise<void> {
    if (wakesForData && this.isWoken) {
      this.isWoken = false;
      return;
    }
    const early = new AbortController();
    const end = (): void => early.abort();
    stop.addEventListener('abort', end, { once: true });
    if (stop.aborted) end();
    if (wakesForData) this.wakeUp = end;
    await clock.sleep(ms, early.signal);
    this.wakeUp = undefined;
    this.isWoken = false;
    stop.removeEventListener('abort', end);
  }

  wake(): void {
    this.isWoken = true;
    this.wakeUp?.();
  }

  /** A look for data that began at `since` or later found nothing. */
  idle(since: number): void {
    for (const waiter of this.idleWaiters)
      if (since >= waiter.since) {
        this.idleWaiters.delete(waiter);
        waiter.resolve();
      }
  }

  untilIdle(since: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (this.isEnded || signal?.aborted === true) return resolve();
      const waiter = { since, resolve };
      this.idleWaiters.add(waiter);
      signal?.addEventListener(
        'abort',
        () => {
          this.idleWaiters.delete(waiter);
          resolve();
        },
        { once: true },
      );
    });
  }

  /** Until the query ends, the time is up or the caller gives up. */
  async untilEnd(clock: Clock, timeoutMs: number | undefined, signal?: AbortSignal): Promise<void> {
    const over = new AbortController();
    const done = (): void => over.abort();
    if (this.isEnded || signal?.aborted === true) return;
    this.endWaiters.add(done);
    signal?.addEventListener('abort', done, { once: true });
    if (timeoutMs === undefined)
      await new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve(), { once: true }));
    else await clock.sleep(timeoutMs, over.signal);
    this.endWaiters.delete(done);
    signal?.removeEventListener('abort', done);
  }

  end(): void {
    this.isEnded = true;
    for (const waiter of this.idleWaiters) waiter.resolve();
    this.idleWaiters.clear();
    for (const done of this.endWaiters) done();
    this.endWaiters.clear();
  }
}
