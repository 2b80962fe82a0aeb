import type { QueryIdentity } from '../../engine/api/engine-events.ts';
import type { Host } from '../../main/contract/host-api.ts';
import { createStore, type Store } from '../store/external-store.ts';
import { createPacer } from '../store/pacer.ts';

/** The batches of a query since the last look; one, unless they came faster. */
export type Writer = { readonly query: string; readonly first: number; readonly last: number };

export type FollowedState<Seen> = {
  readonly seen: Seen | null;
  /** Who wrote something last. */
  readonly writer: Writer | null;
  /** Indexes of the rows that it wrote. */
  readonly written: readonly number[];
};

/** A table of thousands of rows is not read anew more often than this. */
const lookEveryMs = 300;

/** A table or a collection that is read again after every micro-batch of a notebook; rows that were not there before are that batch's. */
export class FollowedRows<Seen extends { readonly rows: readonly string[] }> {
  readonly state: Store<FollowedState<Seen>>;
  readonly #look: () => Promise<Seen | null>;
  readonly #pacer = createPacer(() => void this.#lookAgain(), lookEveryMs);
  #writer: Writer | null = null;
  #isLooking = false;
  #isClosed = false;

  /** `look` answers each row as one text; null: nothing could be seen. */
  constructor(look: () => Promise<Seen | null>) {
    this.#look = look;
    this.state = createStore<FollowedState<Seen>>({ seen: null, writer: null, written: [] });
  }

  /** Looks, and goes on looking; answers the function that ends it. */
  follow(host: Host, path: string, nameOf: (query: QueryIdentity) => string): () => void {
    this.#isClosed = false;
    const end = host.on('query.event', ({ path: from, event }) => {
      if (from !== path || event.kind !== 'query_progress' || !event.executed) return;
      this.#hear(nameOf(event), event.progress.batchId);
    });
    void this.refresh();
    return () => {
      this.#isClosed = true;
      end();
    };
  }

  /** What changed without a batch is nobody's. */
  async refresh(): Promise<void> {
    const seen = await this.#look().catch(() => null);
    if (!this.#isClosed) this.state.set({ seen, writer: null, written: [] });
  }

  #hear(query: string, batch: number): void {
    const first = this.#writer?.query === query ? this.#writer.first : batch;
    this.#writer = { query, first, last: batch };
    this.#pacer.request();
  }

  async #lookAgain(): Promise<void> {
    if (this.#isClosed) return;
    // Looks do not overtake each other.
    if (this.#isLooking) return this.#pacer.request();
    this.#isLooking = true;
    const writer = this.#writer;
    this.#writer = null;
    const seen = await this.#look().catch(() => null);
    this.#isLooking = false;
    if (this.#isClosed || seen === null) return;
    const before = this.state.get();
    const written = before.seen === null ? [] : newRows(before.seen.rows, seen.rows);
    // A batch that wrote nothing here leaves the marks of the one before.
    const stays = written.length === 0 && before.seen?.rows.length === seen.rows.length;
    this.state.set(stays ? { ...before, seen } : { seen, writer, written });
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
