import type { ClockAction, ClockState } from '../../main/contract/clock-state.ts';
import type { Host } from '../../main/contract/host-api.ts';
import { createStore, type Store } from '../store/external-store.ts';

/** The virtual clock as last told, and when that was on this machine's own clock. */
export type HeardClock = { readonly state: ClockState; readonly heardMs: number };

/** The host's clock. Between two messages it goes on by itself at its rate. */
export class ClockStore {
  readonly state: Store<HeardClock | null> = createStore<HeardClock | null>(null);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    host.on('clock', (state) => this.#hear(state));
    host.onLink((link) => {
      if (link === 'open') void this.refresh();
    });
  }

  async refresh(): Promise<void> {
    const state = await this.#host.request('clock.get', {}).catch(() => null);
    if (state !== null) this.#hear(state);
  }

  /** Resolves when the clock is where it was asked to go. */
  async move(action: ClockAction): Promise<ClockState> {
    const state = await this.#host.request('clock.set', { action });
    this.#hear(state);
    return state;
  }

  #hear(state: ClockState): void {
    this.state.set({ state, heardMs: Date.now() });
  }
}

/** Milliseconds since 1970 that the virtual clock shows now. */
export const nowOf = ({ state, heardMs }: HeardClock, nowMs = Date.now()): number =>
  state.mode === 'paused' ? state.nowMs : state.nowMs + (nowMs - heardMs) * state.rate;
