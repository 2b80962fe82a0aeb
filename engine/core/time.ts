import type { Brand } from './brand.ts';

/** Microseconds since 1970-01-01T00:00:00Z as the row claims them, not as our clock reads them. */
export type EventTime = Brand<bigint, 'EventTime'>;
/** Whole milliseconds since 1970, as in Spark's logs; it only ever moves forward and starts at 0. */
export type Watermark = Brand<number, 'Watermark'>;

export const watermark = (ms: number): Watermark => ms as Watermark;
export const eventTime = (us: bigint): EventTime => us as EventTime;

/** Spark compares with `<=`: an event time that equals the watermark is already late. */
export const isLate = (at: EventTime, mark: Watermark): boolean => at <= BigInt(mark) * 1000n;

/** `2024-01-10T12:00:00.000Z`, the form of every time in a progress record. */
export const isoMillis = (ms: number): string => new Date(ms).toISOString();
