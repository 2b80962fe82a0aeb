import type { BatchScript, ScriptedTurn } from '../../../engine/api/batch-script.ts';
import type { EngineEvent, QueryIdentity } from '../../../engine/api/engine-events.ts';
import type { QueryPlace } from '../../grading/replay-plan.ts';
import type { VirtualClock } from '../virtual-clock.ts';

type Waiting = { readonly runId: string; readonly go: (turn: ScriptedTurn | null) => void };

/** Lets the queries of a replay run one batch at a time, each when its turn has come. */
export class ReplayScript implements BatchScript {
  readonly #clock: VirtualClock;
  /** Runs by the cell that started them, in order. */
  readonly #started = new Map<string, string[]>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #ended = new Set<string>();
  readonly #changes = new Set<() => void>();
  #isOver = false;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Waiting for a turn holds nobody's time. */
  next(query: QueryIdentity, signal: AbortSignal): Promise<ScriptedTurn | null> {
    return this.#clock.lettingGo(
      () =>
        new Promise((resolve) => {
          if (this.#isOver || signal.aborted) return resolve(null);
          const stop = (): void => go(null);
          const go = (turn: ScriptedTurn | null): void => {
            signal.removeEventListener('abort', stop);
            this.#waiting.delete(query.runId);
            resolve(turn);
          };
          signal.addEventListener('abort', stop);
          this.#waiting.set(query.runId, { runId: query.runId, go });
          this.#tell();
        }),
    );
  }

  done(): void {
    this.#tell();
  }

  record(event: EngineEvent): void {
    if (event.kind === 'query_started' && event.cell !== null)
      this.#started.set(event.cell, [...(this.#started.get(event.cell) ?? []), event.runId]);
    if (event.kind === 'query_terminated') this.#ended.add(event.runId);
    if (event.kind === 'query_started' || event.kind === 'query_terminated') this.#tell();
  }

  runOf({ cell, ordinal }: QueryPlace): string | undefined {
    return this.#started.get(cell)?.[ordinal];
  }

  hasEnded(runId: string): boolean {
    return this.#ended.has(runId);
  }

  /** Resolves when the run waits for its turn (true), or is over (false). */
  async isReady(runId: string): Promise<boolean> {
    await this.until(() => this.#waiting.has(runId) || this.#ended.has(runId));
    return !this.#ended.has(runId);
  }

  /** Gives a run that is ready its turn; resolves when it waits for the next one, or is over. */
  async run(runId: string, turn: ScriptedTurn): Promise<void> {
    this.#waiting.get(runId)?.go(turn);
    await this.isReady(runId);
  }

  /** No more turns. */
  end(): void {
    this.#isOver = true;
    const waiting = [...this.#waiting.values()];
    for (const { go } of waiting) go(null);
  }

  /** Resolves when a query's change makes it true. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo() && !this.#isOver) await new Promise<void>((resolve) => void this.#changes.add(resolve));
  }

  /** Something else happened that may end a wait. */
  stir(): void {
    this.#tell();
  }

  #tell(): void {
    const waiting = [...this.#changes];
    this.#changes.clear();
    for (const wake of waiting) wake();
  }
}
