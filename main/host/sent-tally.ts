import type { SentRecord } from '../connectors/calls/sent-record.ts';

export type TallyView = {
  readonly sent: number;
  /** Records a second over the last minute, or since the first one. */
  readonly perSecond: number;
  /** The newest ones, newest last; `value` and `key` as text. */
  readonly last: readonly SentRecord[];
};

const spanMs = 60_000;
const keptRecords = 20;

/** Counts what a producer sends, in the time of the clock it follows. */
export class SentTally {
  readonly #now: () => number;
  #sent = 0;
  #firstAt = 0;
  #last: SentRecord[] = [];
  #recent: { readonly at: number; readonly count: number }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  reset(): void {
    this.#sent = 0;
    this.#last = [];
    this.#recent = [];
  }

  add(records: readonly SentRecord[]): void {
    const at = this.#now();
    if (this.#sent === 0) this.#firstAt = at;
    this.#sent += records.length;
    this.#recent.push({ at, count: records.length });
    this.#last = [...this.#last, ...records].slice(-keptRecords);
  }

  view(): TallyView {
    const now = this.#now();
    this.#recent = this.#recent.filter(({ at }) => at > now - spanMs);
    const count = this.#recent.reduce((sum, batch) => sum + batch.count, 0);
    const seconds = Math.max(1, Math.min(spanMs, now - this.#firstAt) / 1000);
    return { sent: this.#sent, perSecond: count / seconds, last: this.#last };
  }
}
