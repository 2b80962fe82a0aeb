import { errorCode } from '../kafka/kafka-error.ts';
import type { KafkaClient } from '../kafka/kafka-client.ts';
import { partitionName } from '../kafka/kafka-record.ts';
import type { SendInput } from './kafka-schemas.ts';
import type { SentRecord } from './sent-record.ts';

/** For each partition of a batch, in the order asked. `timestamp`: the broker's, null where the producer's own counts. */
export type SendAnswer = {
  readonly partitions: readonly (
    | { readonly offset: string; readonly timestamp: null }
    | { readonly error: { readonly code: number; readonly name: null; readonly message: string } }
  )[];
};

/** A batch may be asked for again after Stop; older ones have been answered for good. */
const rememberedAnswers = 64;

/** The batches of one producer, sent one after another, each once: a batch that is asked for again gets the answer of the first time. */
export class SendQueue {
  readonly #client: KafkaClient;
  readonly #onSent: (records: readonly SentRecord[]) => void;
  readonly #answers = new Map<number, Promise<SendAnswer>>();
  #tail: Promise<unknown> = Promise.resolve();

  constructor(client: KafkaClient, onSent: (records: readonly SentRecord[]) => void) {
    this.#client = client;
    this.#onSent = onSent;
  }

  send(input: SendInput): Promise<SendAnswer> {
    const known = this.#answers.get(input.sequence);
    if (known) return known;
    const answer = this.#tail.then(() => this.#produce(input));
    this.#tail = answer.catch(() => undefined);
    this.#answers.set(input.sequence, answer);
    for (const old of this.#answers.keys()) {
      if (this.#answers.size <= rememberedAnswers) break;
      this.#answers.delete(old);
    }
    return answer;
  }

  /** Resolves when everything asked for has been sent or refused. */
  async settled(): Promise<void> {
    await this.#tail;
  }

  async #produce({ partitions, acks, timeoutMs }: SendInput): Promise<SendAnswer> {
    const batches = partitions.map(({ topic, partition, records }) => ({
      topic,
      partition,
      records: records.map(({ key, value, timestamp, headers }) => ({
        key,
        value,
        timestampMs: timestamp,
        headers: headers.map(([name, data]) => ({ key: name, value: data })),
      })),
    }));
    const produced = new Map(
      (await this.#client.produce(batches, acks, timeoutMs)).map((answer) => [partitionName(answer), answer]),
    );
    return {
      partitions: partitions.map((asked) => {
        const answer = produced.get(partitionName(asked)) ?? { errorCode: errorCode.none, baseOffset: -1 };
        if (answer.errorCode !== errorCode.none) {
          const { message } = this.#client.refusal(answer.errorCode);
          return { error: { code: answer.errorCode, name: null, message } };
        }
        this.#onSent(sentRecords(asked, answer.baseOffset));
        return { offset: String(answer.baseOffset), timestamp: null };
      }),
    };
  }
}

const sentRecords = (
  { topic, partition, records }: SendInput['partitions'][number],
  baseOffset: number,
): readonly SentRecord[] =>
  records.map(({ key, value, timestamp }, index) => ({
    topic,
    partition,
    offset: String(baseOffset < 0 ? baseOffset : baseOffset + index),
    timestamp,
    key: key?.toString('utf8') ?? null,
    value: value?.toString('utf8') ?? null,
  }));
