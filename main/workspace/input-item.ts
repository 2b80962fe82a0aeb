import * as z from 'zod';

/** Bytes that are text as text, other bytes as base64. */
export const contentSchema = z.union([z.string(), z.strictObject({ base64: z.base64() })]);
export type Content = z.infer<typeof contentSchema>;

/** One thing that a learner's programs read from outside, as it was. */
export const inputItemSchema = z.discriminatedUnion('kind', [
  /** A record of a Kafka topic. */
  z.strictObject({
    kind: z.literal('record'),
    topic: z.string().max(249),
    partition: z.number().int().min(0),
    offset: z.number().int().min(0),
    timestampMs: z.number().int(),
    key: contentSchema.nullable(),
    value: contentSchema.nullable(),
    headers: z.array(z.tuple([z.string(), contentSchema.nullable()])),
  }),
  /** A line of a socket; `atMs` where the query asked for the time of arrival. */
  z.strictObject({ kind: z.literal('line'), text: z.string(), atMs: z.number().int().nullable() }),
  /** A file by its path in the notebook's folder. */
  z.strictObject({ kind: z.literal('file'), path: z.string(), modifiedMs: z.number().int(), content: contentSchema }),
  /** One version of a relational table: what makes it, and its rows as text. */
  z.strictObject({
    kind: z.literal('table'),
    database: z.string(),
    name: z.string(),
    create: z.string(),
    rows: z.array(z.array(contentSchema.nullable())),
  }),
]);
export type InputItem = z.infer<typeof inputItemSchema>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function contentOf(bytes: Uint8Array): Content {
  try {
    return utf8.decode(bytes);
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

export const bytesOf = (content: Content): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64');
