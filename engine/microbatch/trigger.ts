/** When the next micro-batch may start. Interval 0: as soon as the previous one ended. */
export type Trigger =
  | { readonly kind: 'processing_time'; readonly intervalMs: number }
  | { readonly kind: 'once' }
  | { readonly kind: 'available_now' };

/** The next tick after a trigger that started at `startMs`: multiples of the interval since 1970. */
export const nextTick = (startMs: number, intervalMs: number): number =>
  Math.floor(startMs / intervalMs) * intervalMs + intervalMs;
