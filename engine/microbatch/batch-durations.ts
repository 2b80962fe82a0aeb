import type { Clock } from '../core/clock.ts';

/** The phases of `durationMs`, in the words of progress records. */
export type Phase =
  | 'latestOffset'
  | 'walCommit'
  | 'getBatch'
  | 'queryPlanning'
  | 'addBatch'
  | 'commitOffsets'
  | 'triggerExecution';

/** How long the phases of one trigger took; a phase that did not run is absent. */
export class BatchDurations {
  private readonly clock: Clock;
  private readonly spent = new Map<Phase, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  reset(): void {
    this.spent.clear();
  }

  async measure<Result>(phase: Phase, work: () => Promise<Result>): Promise<Result> {
    const start = this.clock.elapsed();
    try {
      return await work();
    } finally {
      this.spent.set(phase, (this.spent.get(phase) ?? 0) + this.clock.elapsed() - start);
    }
  }

  /** Whole milliseconds, keys sorted. */
  get milliseconds(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.spent].map(([phase, ms]) => [phase, Math.round(ms)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
}
