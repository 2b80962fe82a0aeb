import type { EngineEvent } from '../../engine/api/engine-events.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Every active query holds the clock; in its own pauses it lets go by itself, for the engine sleeps on `clock.forHolders`. */
export class QueryHolds {
  readonly #clock: VirtualClock;
  readonly #releases = new Map<string, () => void>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  record(event: EngineEvent): void {
    if (event.kind === 'query_started') this.#releases.set(event.runId, this.#clock.hold());
    if (event.kind === 'query_terminated') {
      this.#releases.get(event.runId)?.();
      this.#releases.delete(event.runId);
    }
  }
}
