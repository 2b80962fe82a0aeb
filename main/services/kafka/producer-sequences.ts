import { ProtocolError } from './protocol-error.ts';
import type { BatchHeader } from './record-batch.ts';

type SeenBatch = { readonly baseSequence: number; readonly recordCount: number; readonly baseOffset: number };
type Producer = { readonly epoch: number; readonly batches: SeenBatch[] };

/** As many batches as a producer may have in flight: a repeat of any of them is recognised. */
const rememberedBatches = 5;
/** Producers that were not heard of for longest are forgotten; a forgotten one may go on with any sequence. */
const rememberedProducers = 10_000;
const sequenceMask = 0x7fffffff;

/** What makes a producer idempotent: for each producer, the last batches that one partition took. */
export class ProducerSequences {
  readonly #producers = new Map<number, Producer>();

  /** The base offset of the batch when it was taken before, else null; throws the `ProtocolError` for a gap or for an old epoch. */
  duplicateOf(header: BatchHeader): number | null {
    const producer = this.#producers.get(header.producerId);
    if (header.producerId < 0 || producer === undefined) return null;
    if (header.producerEpoch < producer.epoch)
      throw new ProtocolError('INVALID_PRODUCER_EPOCH', `Producer ${header.producerId} has a newer epoch.`);
    if (header.producerEpoch > producer.epoch) {
      if (header.baseSequence !== 0) throw outOfOrder(header, 0);
      return null;
    }
    const seen = producer.batches.find(
      (batch) => batch.baseSequence === header.baseSequence && batch.recordCount === header.recordCount,
    );
    if (seen !== undefined) return seen.baseOffset;
    const last = producer.batches.at(-1);
    if (last === undefined) return null;
    const expected = (last.baseSequence + last.recordCount) & sequenceMask;
    if (header.baseSequence !== expected) throw outOfOrder(header, expected);
    return null;
  }

  /** Remembers a batch that the log has taken. */
  note(header: BatchHeader, baseOffset: number): void {
    if (header.producerId < 0) return;
    const known = this.#producers.get(header.producerId);
    const batches = known?.epoch === header.producerEpoch ? known.batches : [];
    batches.push({ baseSequence: header.baseSequence, recordCount: header.recordCount, baseOffset });
    if (batches.length > rememberedBatches) batches.shift();
    // Set anew, so that the map's order is the order of last use.
    this.#producers.delete(header.producerId);
    this.#producers.set(header.producerId, { epoch: header.producerEpoch, batches });
    const [oldest] = this.#producers.keys();
    if (this.#producers.size > rememberedProducers && oldest !== undefined) this.#producers.delete(oldest);
  }
}

const outOfOrder = (header: BatchHeader, expected: number): ProtocolError =>
  new ProtocolError(
    'OUT_OF_ORDER_SEQUENCE_NUMBER',
    `Out of order sequence number for producer ${header.producerId}: ${header.baseSequence} (incoming seq. number), ${expected} (expected).`,
  );
