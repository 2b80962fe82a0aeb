import { systemClock, type Clock } from '../../engine/core/clock.ts';
import type { ClockState } from '../contract/clock-state.ts';
import type { KernelClock } from '../kernel/kernel-clock.ts';
import { SharedTime, type TimeLine } from '../kernel/shared-time.ts';
import { IdleSkipper } from './idle-skipper.ts';
import { Sleepers } from './sleepers.ts';

export type VirtualClockOptions = {
  /** Milliseconds since 1970 at which time starts; absent: the machine's. */
  readonly startMs?: number;
  /** Time jumps to the next sleeper whenever nobody holds the clock; between jumps it goes as fast as the machine's. */
  readonly skipsIdleTime?: boolean;
};

/** A shorter wait is a look for data or a breath inside a loop, not a moment that a learner waits for. */
const momentaryMs = 500;
/** Below this, fast time would only make queries look for data without a break; it is less than a screen's frame. */
const shortestFastWaitMs = 4;
const longestTimerMs = 2 ** 31 - 1;

/**
 * A clock that can stand still, hurry and jump. Until it is moved it tells exactly the machine's time. It never goes back: back at the machine's pace,
 * it stays ahead by what was skipped, for a query that had to wait for its own past would seem dead.
 *
 * Who works holds the clock (`hold`) and lets go while waiting (`forHolders`, `lettingGo`). With nobody holding, time may jump to the next sleeper:
 * so `advance` passes through every trigger and `time.sleep` on its way, in order, and a program prints what it would have printed by waiting.
 */
export class VirtualClock implements KernelClock {
  readonly forHolders: Clock;
  readonly #time = new SharedTime();
  readonly #sleepers = new Sleepers();
  readonly #skipper: IdleSkipper;
  readonly #listeners = new Set<() => void>();
  #rate = 1;
  #isPaused = false;
  #timer: NodeJS.Timeout | undefined;

  constructor({ startMs, skipsIdleTime = false }: VirtualClockOptions = {}) {
    const realMs = Date.now();
    this.#time.write({ realMs, virtualMs: startMs ?? realMs, rate: 1 });
    this.#skipper = new IdleSkipper(
      {
        now: () => this.#now(),
        next: () => this.#sleepers.earliest(),
        jump: (toMs) => this.#jump(toMs),
      },
      skipsIdleTime,
    );
    this.forHolders = {
      now: () => this.now(),
      elapsed: () => this.elapsed(),
      sleep: (ms, signal) => {
        if (signal?.aborted) return Promise.resolve();
        this.#skipper.letGo();
        return this.#sleep(ms, signal, () => this.#skipper.take());
      },
    };
  }

  get memory(): SharedArrayBuffer {
    return this.#time.memory;
  }

  now(): number {
    return Math.floor(this.#now());
  }

  elapsed(): number {
    return systemClock.elapsed();
  }

  /** For whoever does not hold the clock: a feed of recorded input, a timer. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return signal?.aborted ? Promise.resolve() : this.#sleep(ms, signal, () => undefined);
  }

  hold(): () => void {
    this.#skipper.take();
    let isHeld = true;
    return () => {
      if (isHeld) this.#skipper.letGo();
      isHeld = false;
    };
  }

  /** Runs what only waits for others who hold the clock themselves; the caller's own hold does not count meanwhile. */
  async lettingGo<T>(wait: () => Promise<T>): Promise<T> {
    this.#skipper.letGo();
    try {
      return await wait();
    } finally {
      this.#skipper.take();
    }
  }

  /** `rate` virtual seconds for each second of the machine, more than 0; ends a pause. */
  setRate(rate: number): void {
    this.#change(() => {
      this.#rate = rate;
      this.#isPaused = false;
    });
  }

  /** Time stands still, and so does whatever waits for it. */
  pause(): void {
    this.#skipper.giveUp();
    this.#change(() => void (this.#isPaused = true));
  }

  /** Goes on as fast as before the pause. */
  resume(): void {
    this.#change(() => void (this.#isPaused = false));
  }

  /**
   * Moves time on, paused or not, through every sleeper on the way; resolves when it is there. What keeps working for seconds is not waited for:
   * then the rest is one jump.
   */
  async advance(ms: number): Promise<void> {
    await this.#skipper.skipBy(ms);
    this.#tell();
  }

  /** Moves time to the next trigger or `time.sleep` that ends; a query that only looks for data now and then counts when nothing else waits. */
  async advanceToNext(): Promise<void> {
    const nextMs = this.#nextMs();
    if (nextMs !== null) await this.advance(Math.max(0, nextMs - this.#now()));
  }

  state(): ClockState {
    const nowMs = this.now();
    return {
      mode: this.#isPaused ? 'paused' : this.#rate === 1 ? 'real' : 'fast',
      rate: this.#rate,
      nowMs,
      aheadMs: nowMs - Date.now(),
      nextMs: this.#nextMs(),
    };
  }

  /** Called after every change that does not come by itself: pace, pause, jump asked for. Answers the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #now(): number {
    return this.#time.at(Date.now());
  }

  #nextMs(): number | null {
    const notable = this.#sleepers.earliest(momentaryMs);
    const next = notable === Infinity ? this.#sleepers.earliest() : notable;
    return next === Infinity ? null : next;
  }

  #sleep(ms: number, signal: AbortSignal | undefined, onWake: () => void): Promise<void> {
    const lengthMs = Math.max(0, ms);
    const woken = this.#sleepers.add(this.#now() + lengthMs, lengthMs, signal, () => {
      this.#skipper.stir();
      onWake();
    });
    this.#skipper.stir();
    this.#setTimer();
    return woken;
  }

  #change(apply: () => void): void {
    const line = { realMs: Date.now(), virtualMs: this.#now() };
    apply();
    this.#follow({ ...line, rate: this.#isPaused ? 0 : this.#rate });
    this.#tell();
  }

  #jump(toMs: number): void {
    this.#follow({ realMs: Date.now(), virtualMs: toMs, rate: this.#isPaused ? 0 : this.#rate });
  }

  #follow(line: TimeLine): void {
    this.#time.write(line);
    this.#sleepers.wakeDue(this.#now());
    this.#setTimer();
  }

  /** One timer of the machine, for the first who is due. */
  #setTimer(): void {
    clearTimeout(this.#timer);
    const dueMs = this.#sleepers.earliest();
    if (this.#isPaused || dueMs === Infinity) return;
    const leftMs = Math.ceil((dueMs - this.#now()) / this.#rate);
    const waitMs = Math.min(longestTimerMs, Math.max(leftMs, this.#rate > 1 ? shortestFastWaitMs : 0));
    this.#timer = setTimeout(() => {
      this.#sleepers.wakeDue(this.#now());
      this.#setTimer();
    }, waitMs);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
