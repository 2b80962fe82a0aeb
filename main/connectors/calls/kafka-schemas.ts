import * as z from 'zod';

// What the stand-in `kafka` sends: engine/python/kafka writes it. Offsets are decimal text, keys and values base64.

const connection = z.object({ connection: z.string() });
const place = z.object({ topic: z.string(), partition: z.number().int().min(0) });
const offset = z.string().regex(/^\d+$/).transform(Number);
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));

export const connectSchema = z.object({ servers: z.string().min(1) });
export const handleSchema = connection;
export const metadataSchema = connection.extend({ topics: z.array(z.string()).nullable(), create: z.boolean() });
export const clusterSchema = connection.extend({ topics: z.array(z.string()).nullable() });

const record = z.object({
  key: bytes.nullable(),
  value: bytes.nullable(),
  timestamp: z.number().int(),
  headers: z.array(z.tuple([z.string(), bytes])).default([]),
});
export const sendSchema = connection.extend({
  /** Counts the batches of one producer: the same number is the same batch, asked for again. */
  sequence: z.number().int().min(0),
  acks: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  timeoutMs: z.number().int().positive(),
  partitions: z.array(place.extend({ records: z.array(record).min(1) })),
});
export type SendInput = z.output<typeof sendSchema>;

export const fetchSchema = connection.extend({
  partitions: z.array(place.extend({ offset })),
  maxWaitMs: z.number().int().min(0),
  minBytes: z.number().int().min(0),
  maxBytes: z.number().int().positive(),
  maxPartitionBytes: z.number().int().positive(),
});
export const offsetsSchema = connection.extend({
  partitions: z.array(
    place.extend({ at: z.union([z.literal('earliest'), z.literal('latest'), z.number().int().min(0)]) }),
  ),
});
export const commitSchema = connection.extend({
  group: z.string(),
  offsets: z.array(place.extend({ offset: z.string().regex(/^\d+$/), metadata: z.string().nullable() })),
});
export const committedSchema = connection.extend({ group: z.string(), partitions: z.array(place).nullable() });

export const createTopicsSchema = connection.extend({
  topics: z.array(
    z.object({
      topic: z.string(),
      partitions: z.number().int(),
      replicationFactor: z.number().int(),
      settings: z.record(z.string(), z.string()),
    }),
  ),
});
export const deleteTopicsSchema = connection.extend({ topics: z.array(z.string()) });
export const createPartitionsSchema = connection.extend({
  topics: z.array(z.object({ topic: z.string(), count: z.number().int() })),
});
/** `offset` -1: all records. */
export const deleteRecordsSchema = connection.extend({
  partitions: z.array(place.extend({ offset: z.string().regex(/^(-1|\d+)$/) })),
});
export const deleteGroupsSchema = connection.extend({ groups: z.array(z.string()) });
