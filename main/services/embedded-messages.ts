/** Services that run in the child process. */
export type EmbeddedKind = 'kafka' | 'mongodb';

/** What the host asks of the child; `id` names the answer. */
export type EmbeddedRequest = {
  readonly id: number;
} & (
  | { readonly ask: 'start'; readonly kind: EmbeddedKind; readonly folder: string; readonly ports: readonly number[] }
  | { readonly ask: 'stop'; readonly kind: EmbeddedKind }
  | { readonly ask: 'figures'; readonly kind: EmbeddedKind }
  | { readonly ask: 'drop'; readonly kind: EmbeddedKind; readonly names: readonly string[] }
);

export type EmbeddedFigures = { readonly bytes: number; readonly connections: number };

export type EmbeddedReply = {
  readonly id: number;
} & ({ readonly result: unknown } | { readonly failure: { readonly message: string; readonly code?: string } });
