import type { Host } from '../../main/contract/host-api.ts';

type Refusal = { readonly error?: { readonly name: string | null; readonly message: string | null } };
type Place = { readonly topic: string; readonly partition: number };
/** Keys and values in base64, offsets as decimal text. */
export type FetchedPartition = Place & {
  readonly code: number;
  readonly next: string | null;
  readonly records: readonly {
    readonly offset: string;
    readonly timestamp: number;
    readonly key: string | null;
    readonly value: string | null;
  }[];
};

/** What the operations of `kafka.*` answer. */
type Answers = {
  readonly metadata: {
    readonly topics: readonly {
      readonly topic: string;
      readonly partitions: readonly { readonly partition: number }[];
    }[];
  };
  readonly offsets: { readonly offsets: readonly { readonly code: number; readonly offset: string }[] };
  readonly fetch: { readonly partitions: readonly FetchedPartition[] };
  readonly create_topics: { readonly topics: readonly { readonly code: number; readonly message: string | null }[] };
};

/** Where the course's code finds Kafka; which server answers there is chosen in the panel. */
const servers = 'localhost:9092';

/** A client of the host's Kafka calls that connects when first asked, and anew after a failure. Calls reject with the server's own words. */
export class KafkaLink {
  readonly #host: Host;
  #connection: Promise<string> | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  async ask<Operation extends keyof Answers>(operation: Operation, input: object): Promise<Answers[Operation]> {
    const opening = (this.#connection ??= this.#connect());
    try {
      return await this.#call<Answers[Operation]>(`kafka.${operation}`, { connection: await opening, ...input });
    } catch (error) {
      // Another server may have been chosen: its client is another.
      if (this.#connection === opening) this.#connection = undefined;
      throw error;
    }
  }

  async #connect(): Promise<string> {
    return (await this.#call<{ connection: string }>('kafka.connect', { servers })).connection;
  }

  async #call<Answer>(operation: string, input: object): Promise<Answer> {
    const { output } = await this.#host.request('services.call', { operation, input });
    const { error } = output as Refusal;
    if (error) throw new Error(error.message ?? error.name ?? operation);
    return output as Answer;
  }
}
