import type { Host } from '../../main/contract/host-api.ts';
import type { PanelRecord } from '../../main/contract/service-schema.ts';
import { createStore, type Store } from '../store/external-store.ts';
import { KafkaLink } from './kafka-link.ts';
import { KafkaTail } from './kafka-tail.ts';

/** A partition holds the messages from `first` up to, but without, `end`. */
export type TopicPartitionView = { readonly partition: number; readonly first: number; readonly end: number };
export type TopicView = { readonly topic: string; readonly partitions: readonly TopicPartitionView[] };

export type KafkaState = {
  readonly topics: readonly TopicView[];
  readonly failure: string | null;
};

/** As many records as one request may carry. */
const recordsPerRequest = 1_000;

/** The Kafka panel: which topics there are, the tail of one, and a producer. */
export class KafkaStore {
  readonly state: Store<KafkaState> = createStore<KafkaState>({ topics: [], failure: null });
  readonly tail: KafkaTail;
  readonly #host: Host;
  readonly #link: KafkaLink;

  constructor(host: Host) {
    this.#host = host;
    this.#link = new KafkaLink(host);
    this.tail = new KafkaTail(this.#link);
  }

  async refresh(): Promise<void> {
    try {
      const { topics } = await this.#link.ask('metadata', { topics: null, create: false });
      const places = topics
        .filter(({ topic }) => !topic.startsWith('__'))
        .flatMap(({ topic, partitions }) => partitions.map(({ partition }) => ({ topic, partition })))
        .toSorted((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
      const [firsts, ends] = await Promise.all([this.#offsets(places, 'earliest'), this.#offsets(places, 'latest')]);
      const views = new Map<string, TopicPartitionView[]>();
      places.forEach(({ topic, partition }, index) => {
        const view = { partition, first: firsts[index] ?? 0, end: ends[index] ?? 0 };
        views.set(topic, [...(views.get(topic) ?? []), view]);
      });
      this.state.set({ topics: [...views].map(([topic, partitions]) => ({ topic, partitions })), failure: null });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      this.state.update((state) => ({ ...state, failure }));
    }
  }

  /** Rejects with the server's words: the topic exists, or its name is not valid. */
  async create(topic: string, partitions: number): Promise<void> {
    const { topics } = await this.#link.ask('create_topics', {
      topics: [{ topic, partitions, replicationFactor: 1, settings: {} }],
    });
    const [made] = topics;
    if (made && made.code !== 0) throw new Error(made.message ?? String(made.code));
    await this.refresh();
  }

  /** Rejects when Kafka does not take them; those before may have been taken. */
  async produce(topic: string, records: readonly PanelRecord[]): Promise<void> {
    for (let from = 0; from < records.length; from += recordsPerRequest)
      await this.#host.request('kafka.produce', { topic, records: records.slice(from, from + recordsPerRequest) });
    await this.refresh();
  }

  async #offsets(
    places: readonly { readonly topic: string; readonly partition: number }[],
    at: 'earliest' | 'latest',
  ): Promise<readonly number[]> {
    if (places.length === 0) return [];
    const { offsets } = await this.#link.ask('offsets', { partitions: places.map((place) => ({ ...place, at })) });
    return offsets.map(({ offset }) => Number(offset));
  }
}
