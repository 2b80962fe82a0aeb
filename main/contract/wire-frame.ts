import * as z from 'zod';

/** First frame on every link; a window of another version reloads itself. */
export const protocolVersion = 1;

/** What travels over a WebSocket (as JSON text) or a MessagePort (as it is). */
export const frameSchema = z.discriminatedUnion('k', [
  z.object({ k: z.literal('hello'), version: z.number().int() }),
  z.object({ k: z.literal('request'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ k: z.literal('answer'), id: z.number().int(), output: z.unknown() }),
  z.object({ k: z.literal('failure'), id: z.number().int(), code: z.string(), message: z.string() }),
  z.object({ k: z.literal('event'), name: z.string(), event: z.unknown() }),
]);
export type Frame = z.infer<typeof frameSchema>;
