/** What the skipper may do with the clock. */
export type SkippedClock = {
  readonly now: () => number;
  /** When the first sleeper is due; Infinity: nobody sleeps. */
  readonly next: () => number;
  readonly jump: (toMs: number) => void;
};

/** A jump of this and less is only the next look for data: it needs no proof that everything has come to rest. */
const shortJumpMs = 500;
/** Before a longer one, what is under way without a hold (bytes in a socket, a message to a thread) gets this long to show. */
const quietMs = 5;
/** Turns of the event loop that a chain of promises may need between one hold and the next. */
const quietTurns = 2;
/** A skip that somebody asked for waits no longer for work that does not end (a loop in Python, a slow query). */
const patienceMs = 2000;

type Goal = { readonly untilMs: number; readonly arrived: () => void; patience: NodeJS.Timeout };

/**
 * Skips time in which nothing happens. Work is counted by holds; every sign of life (`stir`, `take`, `letGo`) starts the proof of rest anew, and with
 * nobody at work the clock jumps to the next sleeper, never past it.
 */
export class IdleSkipper {
  readonly #clock: SkippedClock;
  readonly #alwaysSkips: boolean;
  #holds = 0;
  #stirs = 0;
  #isWatching = false;
  #goal: Goal | undefined;

  constructor(clock: SkippedClock, alwaysSkips: boolean) {
    this.#clock = clock;
    this.#alwaysSkips = alwaysSkips;
  }

  take(): void {
    this.#holds += 1;
    this.stir();
  }

  letGo(): void {
    this.#holds -= 1;
    this.stir();
  }

  /** Something has happened. */
  stir(): void {
    this.#stirs += 1;
    if (!this.#isWatching && this.#mayJump()) void this.#watch();
  }

  /** Skips the next `ms` milliseconds, added to what is still being skipped; resolves when time is there or the skip is given up. */
  skipBy(ms: number): Promise<void> {
    const untilMs = Math.max(this.#clock.now(), this.#goal?.untilMs ?? 0) + ms;
    const before = this.#goal;
    return new Promise((resolve) => {
      const arrived = (): void => {
        before?.arrived();
        resolve();
      };
      clearTimeout(before?.patience);
      this.#goal = { untilMs, arrived, patience: this.#patience() };
      this.stir();
    });
  }

  giveUp(): void {
    const goal = this.#goal;
    this.#goal = undefined;
    clearTimeout(goal?.patience);
    goal?.arrived();
  }

  #patience(): NodeJS.Timeout {
    return setTimeout(() => this.#goal && this.#jump(this.#goal.untilMs), patienceMs);
  }

  /** Nobody works, and there is a moment to jump to. */
  #mayJump(): boolean {
    return this.#holds <= 0 && this.#target() !== Infinity;
  }

  #target(): number {
    const next = this.#clock.next();
    if (this.#goal) return Math.min(next, this.#goal.untilMs);
    return this.#alwaysSkips ? next : Infinity;
  }

  async #watch(): Promise<void> {
    this.#isWatching = true;
    while (this.#mayJump()) if (await this.#isQuiet()) this.#jump(this.#target());
    this.#isWatching = false;
  }

  async #isQuiet(): Promise<boolean> {
    const stirs = this.#stirs;
    for (let turn = 0; turn < quietTurns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    if (stirs === this.#stirs && this.#target() - this.#clock.now() > shortJumpMs)
      await new Promise((resolve) => setTimeout(resolve, quietMs));
    return stirs === this.#stirs && this.#mayJump();
  }

  #jump(toMs: number): void {
    this.#clock.jump(Math.max(toMs, this.#clock.now()));
    const goal = this.#goal;
    if (!goal) return;
    if (this.#clock.now() >= goal.untilMs) return this.giveUp();
    clearTimeout(goal.patience);
    goal.patience = this.#patience();
  }
}
