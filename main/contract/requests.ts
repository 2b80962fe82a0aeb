import * as z from 'zod';
import { clockActionSchema, clockStateSchema } from './clock-state.ts';
import { activitySummarySchema, checkResultSchema, guideSchema } from './guide-schema.ts';
import { notebookSchema } from './notebook-schema.ts';

const request = <In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out) => ({ input, output });
const nothing = z.object({});

/** Relative to the data folder, `/` as separator, never `..`: `caso-6/caso-6.ipynb`. Also names the notebook's kernel. */
const relativePath = z
  .string()
  .min(1)
  .max(400)
  .refine(
    (path) => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..') && !path.includes('\0'),
    'a relative path without ..',
  );

const fileEntry = z.object({
  path: z.string(),
  name: z.string(),
  isFolder: z.boolean(),
  size: z.number(),
  modifiedMs: z.number(),
  /** What the file is to the learner: data of a source, output of a sink, a checkpoint, a notebook. */
  role: z.enum(['input', 'output', 'checkpoint', 'notebook', 'other']),
});

const tablePreview = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.string())),
  total: z.number(),
});

/** Everything the window can ask. One line here, one handler in the host. */
export const requests = {
  'app.info': request(
    nothing,
    z.object({
      version: z.string(),
      mode: z.enum(['browser', 'desktop']),
      dataFolder: z.string(),
      language: z.enum(['es']),
    }),
  ),

  /** What the window remembers between starts (panel sizes, theme, shortcuts); the port of browser mode changes, so the browser's own storage would forget. */
  'settings.read': request(nothing, z.object({ settings: z.record(z.string(), z.unknown()) })),
  /** Merged over what is there, key by key. */
  'settings.write': request(z.object({ settings: z.record(z.string().max(80), z.unknown()) }), nothing),

  'activity.list': request(
    nothing,
    z.object({
      activities: z.array(activitySummarySchema),
      notebooks: z.array(z.object({ path: z.string(), modifiedMs: z.number() })),
      lastNotebook: z.string().nullable(),
    }),
  ),
  'activity.open': request(
    z.object({ id: z.string().max(80) }),
    z.object({ guide: guideSchema, folder: z.string(), notebook: relativePath, checks: z.array(checkResultSchema) }),
  ),
  'activity.check': request(z.object({ id: z.string().max(80) }), z.object({ checks: z.array(checkResultSchema) })),
  /** Lists (dryRun) or clears inputs, outputs and checkpoints; the notebook stays. Queries of the activity are stopped first. */
  'activity.reset': request(
    z.object({ id: z.string().max(80), dryRun: z.boolean(), paths: z.array(relativePath).max(1000).optional() }),
    z.object({ removed: z.array(fileEntry) }),
  ),

  'notebook.open': request(
    z.object({ path: relativePath }),
    z.object({
      notebook: notebookSchema,
      revision: z.number().int(),
      recovered: z.boolean(),
      kernel: z.enum(['none', 'starting', 'idle', 'busy']),
    }),
  ),
  /** `revision` is the one last seen; an older one is refused with `conflict` and nothing is lost. */
  'notebook.save': request(
    z.object({ path: relativePath, revision: z.number().int(), notebook: notebookSchema }),
    z.object({ revision: z.number().int(), savedAt: z.string() }),
  ),
  /** `source` is a path to duplicate, `text` the content of an imported file; neither: an empty notebook. Answers the new path. */
  'notebook.create': request(
    z.object({
      folder: z.string().max(200),
      name: z.string().max(120),
      source: relativePath.optional(),
      text: z.string().max(20_000_000).optional(),
    }),
    z.object({ path: z.string() }),
  ),

  'kernel.execute': request(
    z.object({ path: relativePath, cell: z.string().max(64), source: z.string().max(1_000_000) }),
    z.object({ run: z.number().int() }),
  ),
  'kernel.interrupt': request(z.object({ path: relativePath }), nothing),
  'kernel.restart': request(z.object({ path: relativePath }), nothing),
  'kernel.complete': request(
    z.object({ path: relativePath, source: z.string().max(1_000_000), position: z.number().int() }),
    z.object({
      from: z.number().int(),
      items: z.array(z.object({ label: z.string(), detail: z.string().optional() })),
    }),
  ),

  'query.stop': request(z.object({ path: relativePath, queryId: z.string() }), nothing),
  /** Queries alive or ended since the kernel started, for a window that opens later. */
  'query.list': request(z.object({ path: relativePath }), z.object({ events: z.array(z.unknown()) })),

  'clock.get': request(nothing, clockStateSchema),
  /** Answers when the clock is where it was asked to go. */
  'clock.set': request(z.object({ action: clockActionSchema }), clockStateSchema),

  'files.list': request(
    z.object({ folder: relativePath }),
    z.object({ absolute: z.string(), entries: z.array(fileEntry) }),
  ),
  'files.preview': request(
    z.object({ path: relativePath }),
    z.object({
      kind: z.enum(['text', 'table', 'binary']),
      text: z.string().optional(),
      table: tablePreview.optional(),
      truncated: z.boolean(),
    }),
  ),
  'files.write': request(
    z.object({
      path: relativePath,
      text: z.string().max(50_000_000).optional(),
      base64: z.string().max(70_000_000).optional(),
      overwrite: z.boolean(),
    }),
    z.object({ entry: fileEntry }),
  ),
  'files.remove': request(z.object({ path: relativePath }), nothing),
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestInput<Name extends RequestName> = z.input<Requests[Name]['input']>;
export type ParsedInput<Name extends RequestName> = z.output<Requests[Name]['input']>;
export type RequestOutput<Name extends RequestName> = z.output<Requests[Name]['output']>;
export type FileEntry = z.infer<typeof fileEntry>;
export type TablePreview = z.infer<typeof tablePreview>;
