import type { ServicePort } from '../../../main/kernel/command-port.ts';

export type StoredRecord = {
  readonly key: string | null;
  readonly value: string | null;
  readonly timestamp: number;
  readonly headers?: readonly (readonly [string, string])[];
};
type SendInput = {
  readonly sequence: number;
  readonly partitions: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly records: readonly StoredRecord[];
  }[];
};
type Place = { readonly topic: string; readonly partition: number };
type FetchInput = { readonly partitions: readonly (Place & { readonly offset: string })[]; readonly maxWaitMs: number };

/** Answers `kafka.*` from memory, as main/connectors/calls/kafka-calls.ts does from a broker. Topics are made on first use. */
export class MemoryKafka implements ServicePort {
  readonly logs = new Map<string, StoredRecord[][]>();
  readonly committed = new Map<string, string>();
  readonly asked: string[] = [];
  /** Answers instead of the usual answer, once for each entry. */
  readonly answers = new Map<string, unknown[]>();
  readonly #partitions: number;
  #waiting: (() => void) | undefined;

  constructor(partitions = 1) {
    this.#partitions = partitions;
  }

  /** Values of a topic as text, partition after partition. */
  values(topic: string): string[] {
    return (this.logs.get(topic) ?? []).flat().map(({ value }) => Buffer.from(value ?? '', 'base64').toString());
  }

  requests(operation: string): number {
    return this.asked.filter((asked) => asked === operation).length;
  }

  async call(operation: string, input: unknown, signal: AbortSignal): Promise<unknown> {
    this.asked.push(operation);
    const planned = this.answers.get(operation)?.shift();
    if (planned !== undefined) return planned;
    switch (operation) {
      case 'kafka.connect':
        return { connection: 'kafka-1' };
      case 'kafka.close':
        return {};
      case 'kafka.metadata':
        return this.#metadata(input as { topics: string[] | null; create: boolean });
      case 'kafka.send':
        return this.#send(input as SendInput);
      case 'kafka.fetch':
        return this.#fetch(input as FetchInput, signal);
      case 'kafka.offsets':
        return this.#offsets(input as { partitions: (Place & { at: string | number })[] });
      case 'kafka.commit':
        return this.#commit(input as { group: string; offsets: (Place & { offset: string })[] });
      case 'kafka.committed':
        return this.#committed(input as { group: string; partitions: Place[] });
      default:
        throw new Error(`no service answers ${operation}`);
    }
  }

  #log({ topic, partition }: Place): StoredRecord[] {
    const made = Array.from({ length: this.#partitions }, (): StoredRecord[] => []);
    if (!this.logs.has(topic)) this.logs.set(topic, made);
    return this.logs.get(topic)?.[partition] ?? [];
  }

  #metadata({ topics, create }: { topics: string[] | null; create: boolean }): unknown {
    const names = topics ?? [...this.logs.keys()];
    if (create) for (const topic of names) this.#log({ topic, partition: 0 });
    return {
      topics: names.map((topic) => ({
        topic,
        code: this.logs.has(topic) ? 0 : 3,
        partitions: (this.logs.get(topic) ?? []).map((_, partition) => ({ partition })),
      })),
    };
  }

  #send({ partitions }: SendInput): unknown {
    const answers = partitions.map(({ records, ...place }) => {
      const log = this.#log(place);
      const offset = String(log.length);
      log.push(...records);
      return { offset, timestamp: null };
    });
    this.#waiting?.();
    return { partitions: answers };
  }

  async #fetch({ partitions, maxWaitMs }: FetchInput, signal: AbortSignal): Promise<unknown> {
    const isReady = (): boolean => partitions.some((place) => this.#log(place).length > Number(place.offset));
    if (!isReady()) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
        setTimeout(resolve, maxWaitMs);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    return {
      partitions: partitions.map(({ offset, ...place }) => {
        const log = this.#log(place);
        if (Number(offset) > log.length) return { ...place, code: 1 };
        const records = log.slice(Number(offset)).map((record, index) => ({
          offset: String(Number(offset) + index),
          headers: [],
          logAppendTime: false,
          ...record,
        }));
        return { ...place, code: 0, highWater: String(log.length), next: String(log.length), records };
      }),
    };
  }

  #offsets({ partitions }: { partitions: (Place & { at: string | number })[] }): unknown {
    return {
      offsets: partitions.map(({ at, ...place }) => {
        const log = this.#log(place);
        if (at === 'earliest') return { code: 0, offset: '0', timestamp: -1 };
        if (at === 'latest') return { code: 0, offset: String(log.length), timestamp: -1 };
        const found = log.findIndex(({ timestamp }) => timestamp >= Number(at));
        return { code: 0, offset: String(found), timestamp: log[found]?.timestamp ?? -1 };
      }),
    };
  }

  #commit({ group, offsets }: { group: string; offsets: (Place & { offset: string })[] }): unknown {
    for (const { topic, partition, offset } of offsets) this.committed.set(`${group} ${topic}-${partition}`, offset);
    return {};
  }

  #committed({ group, partitions }: { group: string; partitions: Place[] }): unknown {
    return {
      offsets: partitions.map((place) => ({
        ...place,
        offset: this.committed.get(`${group} ${place.topic}-${place.partition}`) ?? '-1',
        metadata: '',
      })),
    };
  }
}
