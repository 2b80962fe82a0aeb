import type { QueryIdentity } from './engine-events.ts';
import type { Offset } from './source.ts';

/** A batch that is to be run at this place of a replay. */
export type ScriptedBatch = {
  readonly kind: 'batch';
  /** `current_timestamp()` of the batch. */
  readonly timestampMs: number;
  /** How far each source is read, in the order of the offset log; null: as far as before. */
  readonly ends: readonly (Offset | null)[];
  /** Batches without data that become due are run after it, as in a query that nobody steers. */
  readonly isFollowed: boolean;
};

/** What a query is to do next: run a batch, or say that it has found nothing for a while, which its progress shows. */
export type ScriptedTurn = ScriptedBatch | { readonly kind: 'idle' };

/** Decides when the batches of queries run and how far they read. A query whose script has ended lives on without data. */
export type BatchScript = {
  /** Resolves when it is the query's turn; null: it has no more. The input of a batch is there then. */
  readonly next: (query: QueryIdentity, signal: AbortSignal) => Promise<ScriptedTurn | null>;
  /** The turn given last is over. */
  readonly done: (query: QueryIdentity) => void;
};
