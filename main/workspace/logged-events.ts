import { posix } from 'node:path';
import * as z from 'zod';
import { sha256Schema } from '../contract/evidence-schema.ts';
import type { ChainedEvent } from './event-chain.ts';

const common = { path: z.string(), clock: z.string() };
const names = z.array(sha256Schema);
/** A position in a source, as progress has it. */
const offset = z.unknown();

/** What the log of a notebook's programs says, by kind; other events are told elsewhere. `n`: line of the log. */
const schemas = {
  cell_started: z.object({ ...common, cell: z.string(), run: z.number().int(), code: sha256Schema }),
  cell_finished: z.object({
    ...common,
    cell: z.string(),
    run: z.number().int(),
    status: z.enum(['ok', 'error', 'interrupted']),
    count: z.number().int().nullable(),
  }),
  query_started: z.object({
    ...common,
    queryId: z.string(),
    runId: z.string(),
    name: z.string().nullable(),
    cell: z.string().nullable(),
    sink: z.string(),
    outputMode: z.string(),
    resumedFromBatch: z.number().int().nullable(),
  }),
  query_progress: z.object({
    ...common,
    runId: z.string(),
    batchId: z.number().int(),
    timestamp: z.string(),
    sources: z.array(z.object({ description: z.string(), startOffset: offset, endOffset: offset })),
    batchTimeMs: z.number().int().nullable(),
    /** `items` null: what was read could not be kept. */
    reads: z.array(z.object({ source: z.number().int().min(0), items: names.nullable() })),
  }),
  /** What a query printed with one batch, cut off where it was very long. */
  console: z.object({ ...common, runId: z.string(), text: z.string(), isCut: z.boolean() }),
  /** Its progress said that there was nothing to do. */
  query_idle: z.object({ ...common, runId: z.string() }),
  query_terminated: z.object({ ...common, runId: z.string(), error: z.string().nullable() }),
  /** Files that lay ready when a cell began, where they were new, and the folders of the notebook's folder. */
  files: z.object({ ...common, items: names.nullable(), folders: z.array(z.string()) }),
  /** A version of a table that is about to be read. */
  table: z.object({ ...common, name: z.string(), item: sha256Schema }),
  /** What a consumer in Python got. */
  records: z.object({ ...common, items: names }),
} as const;

type Schemas = typeof schemas;
export type LoggedKind = keyof Schemas;
export type Logged = {
  readonly [Kind in LoggedKind]: { readonly n: number; readonly kind: Kind } & z.infer<Schemas[Kind]>;
}[LoggedKind];
export type LoggedOf<Kind extends LoggedKind> = Extract<Logged, { readonly kind: Kind }>;

/** The events of the notebooks' programs, in order. Those of another kind, or not as this version writes them, are left out. */
export const loggedEvents = (events: readonly ChainedEvent[]): readonly Logged[] =>
  events.flatMap(({ n, kind, data }) => {
    if (!Object.hasOwn(schemas, kind)) return [];
    const parsed = schemas[kind as LoggedKind].safeParse(data);
    return parsed.success ? [{ n, kind, ...parsed.data } as Logged] : [];
  });

/** The events of one notebook. A file that was renamed or copied has not run under its name: then those of its whole folder. */
export function notebookEvents(events: readonly Logged[], path: string): readonly Logged[] {
  const own = events.filter((event) => event.path === path);
  if (own.some(({ kind }) => kind === 'cell_started')) return own;
  return events.filter((event) => posix.dirname(event.path) === posix.dirname(path));
}

/** The zone of the machine in the last session of a log, an IANA name; undefined where the log does not say. */
export const recordedZone = (events: readonly ChainedEvent[]): string | undefined =>
  events
    .filter(({ kind }) => kind === 'session')
    .flatMap(({ data }) => z.object({ zone: z.string() }).safeParse(data).data?.zone ?? [])
    .at(-1);

/** Names of the input items that an event tells of. */
export function itemsOfEvent(event: Logged): readonly string[] {
  switch (event.kind) {
    case 'query_progress':
      return event.reads.flatMap(({ items }) => items ?? []);
    case 'files':
    case 'records':
      return event.items ?? [];
    case 'table':
      return [event.item];
    default:
      return [];
  }
}
