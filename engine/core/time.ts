import type { Brand } from './brand.ts';

/** Whole milliseconds since 1970, as in Spark's logs; it only ever moves forward and starts at 0. */
export type Watermark = Brand<number, 'Watermark'>;

export const watermark = (ms: number): Watermark => ms as Watermark;

/** `2024-01-10T12:00:00.000Z`, the form of every time in a progress record. */
export const isoMillis = (ms: number): string => new Date(ms).toISOString();
