import { createStore, type Store } from '../store/external-store.ts';
import type { FetchedPartition, KafkaLink } from './kafka-link.ts';

export type KafkaMessage = {
  readonly partition: number;
  readonly offset: string;
  readonly timestampMs: number;
  readonly key: string | null;
  readonly value: string | null;
};

/** Where reading begins: the first message, the next one, or the first at or after a time in milliseconds since 1970. */
export type TailStart = 'earliest' | 'latest' | number;

export type TailState = {
  readonly topic: string | null;
  readonly messages: readonly KafkaMessage[];
  /** All that were read since the start, also those that made room. */
  readonly read: number;
  readonly isFollowing: boolean;
  readonly failure: string | null;
};

/** The newest are kept: nobody reads back further, and 2,000 a second must not fill the memory. */
export const mostMessages = 2_000;
/** Ten looks a second are as many as a learner can read. */
const pauseMs = 100;
const fetchLimits = { maxWaitMs: 500, minBytes: 1, maxBytes: 1 << 20, maxPartitionBytes: 1 << 19 };
const resting: TailState = { topic: null, messages: [], read: 0, isFollowing: false, failure: null };

/** Reads a topic as a console consumer does: from a place on, then what comes. One topic at a time. */
export class KafkaTail {
  readonly state: Store<TailState> = createStore<TailState>(resting);
  readonly #link: KafkaLink;
  readonly #pause: () => Promise<void>;
  #offsets = new Map<number, string>();
  /** Each start is a run; what a former one still gets is not shown. */
  #run = 0;

  constructor(link: KafkaLink, pause = () => new Promise<void>((resolve) => setTimeout(resolve, pauseMs))) {
    this.#link = link;
    this.#pause = pause;
  }

  /** Shows a topic from a place on, and follows it until `stop`. */
  async start(topic: string, partitions: readonly number[], from: TailStart): Promise<void> {
    const run = ++this.#run;
    this.state.set({ ...resting, topic, isFollowing: true });
    await this.#guarded(run, async () => {
      const places = partitions.map((partition) => ({ topic, partition }));
      const { offsets } = await this.#link.ask('offsets', { partitions: places.map((at) => ({ ...at, at: from })) });
      const ends = await this.#link.ask('offsets', { partitions: places.map((at) => ({ ...at, at: 'latest' })) });
      if (run !== this.#run) return;
      // After the last message there is no offset for a time: reading goes on at the end.
      const first = (index: number) => [offsets[index], ends.offsets[index]].find((at) => at && at.offset !== '-1');
      this.#offsets = new Map(partitions.map((partition, index) => [partition, first(index)?.offset ?? '0']));
      await this.#follow(run, topic);
    });
  }

  /** Goes on where it stopped. */
  async resume(): Promise<void> {
    const { topic } = this.state.get();
    if (topic === null) return;
    const run = ++this.#run;
    this.state.update((state) => ({ ...state, isFollowing: true, failure: null }));
    await this.#guarded(run, () => this.#follow(run, topic));
  }

  stop(): void {
    this.#run++;
    this.state.update((state) => ({ ...state, isFollowing: false }));
  }

  async #follow(run: number, topic: string): Promise<void> {
    while (run === this.#run) {
      const partitions = [...this.#offsets].map(([partition, offset]) => ({ topic, partition, offset }));
      const fetched = await this.#link.ask('fetch', { partitions, ...fetchLimits });
      if (run !== this.#run) return;
      this.#add(fetched.partitions);
      await this.#pause();
    }
  }

  #add(partitions: readonly FetchedPartition[]): void {
    const fresh: KafkaMessage[] = [];
    for (const { partition, next, records } of partitions) {
      if (next !== null) this.#offsets.set(partition, next);
      for (const record of records)
        fresh.push({
          partition,
          offset: record.offset,
          timestampMs: record.timestamp,
          key: textOf(record.key),
          value: textOf(record.value),
        });
    }
    if (fresh.length === 0) return;
    // Topics of one partition keep the order of the log, even where a producer sets times that go back.
    const ordered = partitions.length === 1 ? fresh : fresh.toSorted((a, b) => a.timestampMs - b.timestampMs);
    this.state.update((state) => ({
      ...state,
      messages: [...state.messages, ...ordered].slice(-mostMessages),
      read: state.read + fresh.length,
    }));
  }

  async #guarded(run: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (run !== this.#run) return;
      const failure = error instanceof Error ? error.message : String(error);
      this.state.update((state) => ({ ...state, isFollowing: false, failure }));
    }
  }
}

const decoder = new TextDecoder();
const textOf = (base64: string | null): string | null =>
  base64 === null ? null : decoder.decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
