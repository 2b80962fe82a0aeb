import type { Host } from '../../main/contract/host-api.ts';
import type { WritingQuery } from '../queries/query-store.ts';
import { createStore, type Store } from '../store/external-store.ts';
import { createPacer } from '../store/pacer.ts';

/** The batches of a query since the last look; one, unless they came faster or nobody looked. */
export type Writer = { readonly query: string; readonly first: number; readonly last: number };

export type FollowedState<Seen> = {
  readonly seen: Seen | null;
  /** Whose batches ended between the last two looks that differed; more than one when nobody can tell. */
  readonly writers: readonly Writer[];
  /** Indexes of the rows that they wrote. */
  readonly written: readonly number[];
};

/** A table of thousands of rows is not read anew more often than this. */
const lookEveryMs = 300;
/** A batch is heard of when it has ended, some time after its rows are there: rows seen without a batch may be of one that ends this soon. */
const claimMs = 2_000;

/**
 * A table or a collection that is read again after the micro-batches that may write to it; rows that were not there before are theirs. What happens
 * while nobody follows is found at the next look.
 */
export class FollowedRows<Seen extends { readonly rows: readonly string[] }> {
  readonly state: Store<FollowedState<Seen>>;
  readonly #look: () => Promise<Seen | null>;
  readonly #writing: () => readonly WritingQuery[];
  readonly #pacer = createPacer(() => void this.#lookAgain(), lookEveryMs);
  /** By run: the last batch of which the last look has seen the rows. */
  #known: ReadonlyMap<string, number> = new Map();
  #unclaimed: { readonly base: readonly string[]; readonly untilMs: number } | null = null;
  #isLooking = false;
  #isClosed = false;

  /** `look` answers each row as one text; null: nothing could be seen. `writing`: the queries that may write there. */
  constructor(look: () => Promise<Seen | null>, writing: () => readonly WritingQuery[]) {
    this.#look = look;
    this.#writing = writing;
    this.state = createStore<FollowedState<Seen>>({ seen: null, writers: [], written: [] });
  }

  /** Looks, and goes on looking; answers the function that ends it. May be called again after that. */
  follow(host: Host, path: string): () => void {
    this.#isClosed = false;
    const end = host.on('query.event', ({ path: from, event }) => {
      if (from === path && event.kind === 'query_progress' && event.executed && this.#newWriters().length > 0)
        this.#pacer.request();
    });
    void (this.state.get().seen === null ? this.refresh() : this.#lookAgain());
    return () => {
      this.#isClosed = true;
      end();
    };
  }

  /** What changed without a batch is nobody's. */
  async refresh(): Promise<void> {
    const known = this.#lastBatches();
    const seen = await this.#look().catch(() => null);
    if (this.#isClosed) return;
    this.#known = known;
    this.#unclaimed = null;
    this.state.set({ seen, writers: [], written: [] });
  }

  async #lookAgain(): Promise<void> {
    if (this.#isClosed) return;
    // Looks do not overtake each other.
    if (this.#isLooking) return this.#pacer.request();
    this.#isLooking = true;
    const [writers, known] = [this.#newWriters(), this.#lastBatches()];
    const seen = await this.#look().catch(() => null);
    this.#isLooking = false;
    if (this.#isClosed || seen === null) return;
    this.#known = known;
    const before = this.state.get();
    const base = this.#unclaimedSince() ?? before.seen?.rows ?? seen.rows;
    const changed = newRows(base, seen.rows);
    const isAlone = writers.length === 0 && changed.length > 0;
    this.#unclaimed = isAlone ? { base, untilMs: performance.now() + claimMs } : null;
    // A batch that wrote nothing here leaves the marks of the one before.
    const stays = changed.length === 0 && base.length === seen.rows.length;
    this.state.set(stays ? { ...before, seen } : { seen, writers, written: writers.length === 0 ? [] : changed });
  }

  /** The rows as they were before those that no batch has claimed yet. */
  #unclaimedSince(): readonly string[] | null {
    return this.#unclaimed !== null && performance.now() < this.#unclaimed.untilMs ? this.#unclaimed.base : null;
  }

  #lastBatches(): ReadonlyMap<string, number> {
    return new Map(this.#writing().map(({ runId, batch }) => [runId, batch]));
  }

  #newWriters(): readonly Writer[] {
    return this.#writing().flatMap(({ runId, query, firstBatch, batch }) => {
      const first = (this.#known.get(runId) ?? firstBatch - 1) + 1;
      return first > batch ? [] : [{ query, first, last: batch }];
    });
  }
}

/** Indexes of the rows of `after` that `before` did not have; equal rows count as often as they are there. */
export function newRows(before: readonly string[], after: readonly string[]): readonly number[] {
  const known = new Map<string, number>();
  for (const row of before) known.set(row, (known.get(row) ?? 0) + 1);
  return after.flatMap((row, index) => {
    const left = known.get(row) ?? 0;
    known.set(row, left - 1);
    return left > 0 ? [] : [index];
  });
}
