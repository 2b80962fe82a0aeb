import * as z from 'zod';
import type { ServiceStatus } from '../../engine/api/service-status.ts';

export const serviceKindSchema = z.enum(['lines', 'kafka', 'relational', 'mongodb']);

export const serviceStatusSchema: z.ZodType<ServiceStatus> = z.object({
  kind: serviceKindSchema,
  mode: z.enum(['automatic', 'embedded', 'real']),
  state: z.enum(['stopped', 'starting', 'running', 'real', 'failed']),
  address: z.string().nullable(),
  isOtherPort: z.boolean(),
  bytes: z.number(),
  connections: z.number(),
  error: z.string().nullable(),
});

/** The password is kept in memory only. */
export const serviceChoiceSchema = z.object({
  mode: z.enum(['automatic', 'embedded', 'real']),
  address: z.string().max(260).optional(),
  user: z.string().max(80).optional(),
  password: z.string().max(200).optional(),
});

/** A value of a table as text a person reads; null is NULL. */
const sqlCell = z.string().nullable();

/** What one statement of a script gave; the first that fails ends the script. */
export const sqlResultSchema = z.object({
  statement: z.string(),
  /** Line of the script where it begins, from 1. */
  line: z.number().int(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(sqlCell)),
  /** Rows the server gave, of which at most a thousand are shown. */
  total: z.number().int(),
  /** `Rows matched: 1  Changed: 1  Warnings: 0`, or how many rows were touched. */
  note: z.string(),
  /** `1146 (42S02): Table 'spark.x' doesn't exist`. */
  error: z.string().nullable(),
  durationMs: z.number(),
});
export type SqlResult = z.infer<typeof sqlResultSchema>;

/** The line server of one port, as the netcat panel shows it. */
export const lineServerSchema = z.object({
  port: z.number().int(),
  clients: z.number().int(),
  /** Lines typed while nobody listens, which the first client gets. */
  waiting: z.number().int(),
});
export type LineServerState = z.infer<typeof lineServerSchema>;

/** A script that runs in a kernel of its own beside the notebook's. */
export const producerStateSchema = z.object({
  state: z.enum(['stopped', 'starting', 'running', 'stopping']),
  /** Path of the script in the data folder; null: none was started yet. */
  script: z.string().nullable(),
  /** As a shell sees it, null until the first end: 0, 1 after an uncaught exception, 130 after Stop. */
  exitCode: z.number().int().nullable(),
  /** Records that the broker has confirmed since the start. */
  sent: z.number().int(),
  perSecond: z.number(),
  /** The newest ones, newest last. */
  last: z.array(
    z.object({
      topic: z.string(),
      partition: z.number().int(),
      offset: z.string(),
      timestamp: z.number(),
      key: z.string().nullable(),
      value: z.string().nullable(),
    }),
  ),
  /** The end of what it printed. */
  output: z.string(),
});
export type ProducerState = z.infer<typeof producerStateSchema>;

const namespace = { database: z.string().min(1).max(64), collection: z.string().min(1).max(255) };
const shellText = z.string().max(1_000_000);

/** What the Mongo panel asks of one collection, each part as `mongosh` writes it; blank: everything. */
export const mongoQuerySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('find'),
    ...namespace,
    filter: shellText,
    sort: shellText,
    limit: z.number().int().min(1).max(1000),
  }),
  z.object({ kind: z.literal('aggregate'), ...namespace, pipeline: shellText }),
]);
export type MongoQuery = z.infer<typeof mongoQuerySchema>;

export const mongoResultSchema = z.object({
  /** In the shape of canonical extended JSON. */
  documents: z.array(z.record(z.string(), z.unknown())),
  /** There are more than these. */
  hasMore: z.boolean(),
  /** `BadValue (2): unknown operator: $foo`. */
  error: z.string().nullable(),
  durationMs: z.number(),
});
export type MongoResult = z.infer<typeof mongoResultSchema>;

/** A record to send from the Kafka panel, key and value as text; `partition` absent: as its key says. */
export const panelRecordSchema = z.object({
  key: z.string().nullable(),
  value: z.string().nullable(),
  partition: z.number().int().min(0).optional(),
});
export type PanelRecord = z.infer<typeof panelRecordSchema>;
