import type { QueryPlace } from './replay-plan.ts';

/** What one replayed query showed. */
export type ReplayedQuery = QueryPlace & {
  readonly name: string | null;
  /** As the console printed it, batch by batch. */
  readonly console: string;
  readonly error: string | null;
};

export type ReplayedCell = {
  readonly cell: string;
  /** What it printed and what its last line gave. */
  readonly text: string;
  readonly error: { readonly name: string; readonly message: string } | null;
};

/** A table or a collection: its rows at the end, null when there is none, and every row that it had after some batch. */
export type ReplayedStore = {
  readonly name: string;
  readonly rows: StoreRows | null;
  readonly seen: StoreRows;
};
export type StoreRows = readonly (readonly string[])[];

/** What a notebook gave when it was run again on its record. `reason`: Spanish, why it could not be. */
export type ReplayOutcome =
  | {
      readonly state: 'ran';
      readonly queries: readonly ReplayedQuery[];
      readonly cells: readonly ReplayedCell[];
      readonly stores: readonly ReplayedStore[];
    }
  | { readonly state: 'impossible'; readonly reason: string };
