import * as z from 'zod';

/** The virtual clock, as it was when this was sent: a window lets it run on by itself at `rate` (not while `paused`). */
export const clockStateSchema = z.object({
  /** `real`: as fast as the machine's, though perhaps ahead of it. */
  mode: z.enum(['real', 'fast', 'paused']),
  /** Virtual seconds for each second of the machine; while paused, what it goes back to. */
  rate: z.number(),
  /** Milliseconds since 1970. */
  nowMs: z.number(),
  /** How far virtual time has run ahead of the machine's, in milliseconds; negative: behind. */
  aheadMs: z.number(),
  /** The next trigger or end of a sleep, milliseconds since 1970; null: nothing waits. */
  nextMs: z.number().nullable(),
});
export type ClockState = z.infer<typeof clockStateSchema>;

/** What the bar's buttons ask. */
export const clockActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pace'), rate: z.number().min(1).max(3600) }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('advance'), ms: z.number().int().min(1).max(86_400_000) }),
  z.object({ kind: z.literal('next') }),
]);
export type ClockAction = z.infer<typeof clockActionSchema>;
