import * as z from 'zod';
import { clockActionSchema, clockStateSchema } from './clock-state.ts';
import {
  evidenceDataSchema,
  evidenceItemSchema,
  evidenceKindSchema,
  evidenceRecordSchema,
  requiredEvidenceSchema,
  studentSchema,
} from './evidence-schema.ts';
import { gradingRequests } from './grading-requests.ts';
import {
  activitySummarySchema,
  checkResultSchema,
  gradedActivitySchema,
  guideSchema,
  questionSchema,
} from './guide-schema.ts';
import { figureSchema } from './figure-schema.ts';
import { handInChoiceSchema, handInSavedSchema, handInStateSchema } from './hand-in-schema.ts';
import { cellSchema, notebookSchema } from './notebook-schema.ts';
import {
  lineServerSchema,
  mongoQuerySchema,
  mongoResultSchema,
  panelRecordSchema,
  producerStateSchema,
  serviceChoiceSchema,
  serviceKindSchema,
  serviceStatusSchema,
  sqlResultSchema,
} from './service-schema.ts';

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

/** A capture by its unit's folder and its own name in it. */
const evidenceName = z.object({
  unit: z
    .string()
    .max(200)
    .regex(/^(?!\.)[^/\\\0]*$/),
  id: evidenceItemSchema.shape.id,
});

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
      graded: z.array(gradedActivitySchema),
      notebooks: z.array(z.object({ path: z.string(), modifiedMs: z.number() })),
      lastNotebook: z.string().nullable(),
    }),
  ),
  'activity.open': request(
    z.object({ id: z.string().max(80) }),
    z.object({ guide: guideSchema, folder: z.string(), notebook: relativePath, checks: z.array(checkResultSchema) }),
  ),
  /** The cells of its notebook as they were handed out. */
  'activity.starter': request(z.object({ id: z.string().max(80) }), z.object({ cells: z.array(cellSchema) })),
  'activity.check': request(z.object({ id: z.string().max(80) }), z.object({ checks: z.array(checkResultSchema) })),
  /** The first answer stays; nothing is shown of the right one before. */
  'activity.answer': request(
    z.object({ id: z.string().max(80), question: z.string().max(80), chosen: z.array(z.string().max(80)).max(20) }),
    z.object({ question: questionSchema }),
  ),
  /** Lists (dryRun) or clears inputs, outputs and checkpoints; the notebook stays. Queries of the activity are stopped first. */
  'activity.reset': request(
    z.object({ id: z.string().max(80), dryRun: z.boolean(), paths: z.array(relativePath).max(1000).optional() }),
    z.object({ removed: z.array(fileEntry) }),
  ),

  'handIn.look': request(handInChoiceSchema, handInStateSchema),
  /** Writes the bundle and its receipt, opens it again and verifies it. Refused with `conflict` while name and NIA are not known. */
  'handIn.save': request(handInChoiceSchema, handInSavedSchema),
  'handIn.read': request(
    z.object({ name: z.string().regex(/^[\p{L}\d_.-]{1,200}\.zip$/u) }),
    z.object({ base64: z.string() }),
  ),

  ...gradingRequests,

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

  /** The captures of one graded activity's units, or of all units, and what they tick. */
  'evidence.list': request(
    z.object({ activity: z.string().max(80).optional() }),
    z.object({ items: z.array(evidenceRecordSchema), required: z.array(requiredEvidenceSchema) }),
  ),
  /** Settles what a capture says, so that its picture can show it. Refused with `conflict` until a student is known. */
  'evidence.draft': request(
    z.object({
      kind: evidenceKindSchema,
      path: relativePath,
      cell: z.string().max(64).nullable(),
      query: z.string().max(400).nullable(),
      runId: z.string().max(64).nullable(),
      text: z.string().max(2_000_000),
      /** What its title says besides the kind: the chart, the file. */
      name: z.string().max(200).optional(),
      /** Of a text that does not tell its batch. */
      batch: z.number().int().min(0).optional(),
      figure: figureSchema.optional(),
      /** A PNG as base64. */
      image: z.base64().max(13_400_000).optional(),
    }),
    z.object({ item: evidenceItemSchema }),
  ),
  /** Keeps a draft with its picture, a PNG as base64; `required` is what it counts for, or comes near to. */
  'evidence.capture': request(
    evidenceName.extend({ png: z.base64().max(13_400_000) }),
    z.object({ item: evidenceRecordSchema, required: requiredEvidenceSchema.nullable() }),
  ),
  /** All of a capture, to draw or save it again: `png` as base64, `alternative` its text file. */
  'evidence.read': request(
    evidenceName,
    z.object({ item: evidenceRecordSchema, data: evidenceDataSchema, png: z.string(), alternative: z.string() }),
  ),
  'evidence.remove': request(evidenceName, nothing),

  'student.read': request(nothing, z.object({ student: studentSchema.nullable() })),
  'student.write': request(studentSchema, nothing),

  'query.stop': request(z.object({ path: relativePath, queryId: z.string() }), nothing),
  /** Queries alive or ended since the kernel started, for a window that opens later. */
  'query.list': request(z.object({ path: relativePath }), z.object({ events: z.array(z.unknown()) })),

  'clock.get': request(nothing, clockStateSchema),
  /** Answers when the clock is where it was asked to go. */
  'clock.set': request(z.object({ action: clockActionSchema }), clockStateSchema),

  'services.list': request(nothing, z.object({ services: z.array(serviceStatusSchema) })),
  /** Queries that run keep the server they have; the next connection gets the new one. */
  'services.configure': request(
    z.object({ kind: serviceKindSchema, choice: serviceChoiceSchema }),
    z.object({ services: z.array(serviceStatusSchema) }),
  ),
  /** Starts what the course's address would find: a panel that opens wants its server to be there. */
  'services.start': request(
    z.object({ kind: serviceKindSchema }),
    z.object({ services: z.array(serviceStatusSchema) }),
  ),
  /** Relational: the course's tables again. Kafka and MongoDB: the named topics, collections (`database.collection`) or databases go. */
  'services.reset': request(
    z.object({ kind: serviceKindSchema, names: z.array(z.string().max(260)).max(200) }),
    nothing,
  ),
  /** An operation of `ServiceCalls` for a panel, on the address of the course: `kafka.fetch`, `mongodb.command` and the like. */
  'services.call': request(
    z.object({ operation: z.string().max(60), input: z.unknown() }),
    z.object({ output: z.unknown() }),
  ),

  /** Runs a script statement by statement, in one connection that lives as long as the window's host. */
  'sql.run': request(z.object({ script: z.string().max(1_000_000) }), z.object({ results: z.array(sqlResultSchema) })),

  'mongo.query': request(mongoQuerySchema, mongoResultSchema),

  /** Sent at the virtual clock's time; a topic that does not exist is made where the server does that. */
  'kafka.produce': request(
    z.object({ topic: z.string().min(1).max(249), records: z.array(panelRecordSchema).min(1).max(1000) }),
    nothing,
  ),

  'lines.list': request(nothing, z.object({ servers: z.array(lineServerSchema) })),
  /** `nc -lk PORT`. Refused with `conflict` when another program has the port. */
  'lines.open': request(z.object({ port: z.number().int().min(1).max(65_535) }), nothing),
  'lines.close': request(z.object({ port: z.number().int() }), nothing),
  /** One or more lines; each ends with a line feed when it is sent. */
  'lines.send': request(z.object({ port: z.number().int(), text: z.string().max(1_000_000) }), nothing),

  'producer.get': request(nothing, producerStateSchema),
  'producer.start': request(z.object({ path: relativePath }), producerStateSchema),
  'producer.stop': request(nothing, producerStateSchema),

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
