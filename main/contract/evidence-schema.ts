import * as z from 'zod';
import { figureSchema } from './figure-schema.ts';

/** In hex. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const studentSchema = z.object({
  name: z.string().trim().min(1).max(80),
  /** The student's number at the centre: letters and digits. */
  nia: z
    .string()
    .trim()
    .regex(/^[\p{L}\d]{1,20}$/u),
});

/** What a capture shows. `outside`: an image the student brought; `window`: pixels of the screen. */
export const evidenceKindSchema = z.enum([
  'console',
  'output',
  'table',
  'chart',
  'kafka',
  'sql',
  'mongo',
  'outside',
  'window',
]);

/** Whether Marea knows where the content comes from; of images brought from outside it knows the pixels only. */
export const hasProvenance = (kind: EvidenceKind): boolean => kind !== 'outside' && kind !== 'window';

const tableSchema = z.object({
  /** The micro-batch that printed it; null outside a streaming query. */
  batch: z.number().int().nullable(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
});

/** Of an image inside the picture; pixels for `width` and `height`. */
const imageSchema = z.object({ sha256: sha256Schema, width: z.number().int(), height: z.number().int() });

/** The text as it was printed, and the tables found in it, with every row. Of a chart what it was drawn from; of an image its hash as PNG. */
export const evidenceDataSchema = z.object({
  text: z.string(),
  tables: z.array(tableSchema),
  figure: figureSchema.optional(),
  image: imageSchema.optional(),
});

export const evidenceItemSchema = z.object({
  /** Number and name of its files: `01-consola-fijas`. Unique in its unit. */
  id: z.string().regex(/^\d{2,4}-[a-z0-9-]{1,80}$/),
  title: z.string(),
  activity: z.string().nullable(),
  /** The required evidence whose rule the content fits, when it was captured; what is ticked is judged anew from the data. */
  evidence: z.string().nullable(),
  kind: evidenceKindSchema,
  source: z.object({
    notebook: z.string(),
    unit: z.string(),
    cell: z.string().nullable(),
    /** Name of the query; of a service's view, its topic or `database.collection`. */
    query: z.string().nullable(),
    runId: z.string().nullable(),
    batch: z.number().int().nullable(),
    /** Of the batch, as Spark writes it; null without one. */
    watermark: z.string().nullable(),
  }),
  clock: z.object({ at: z.string(), mode: z.enum(['real', 'virtual']) }),
  student: studentSchema,
  /** SHA-256 of the cell's source as it last ran; null when that is not known. */
  codeHash: z.string().nullable(),
  /** SHA-256 of the data as canonical JSON. */
  dataHash: sha256Schema,
  /** Its first eight digits: what the picture shows. */
  shortHash: z.string().regex(/^[0-9a-f]{8}$/),
});

const storedFileSchema = z.object({ path: z.string(), sha256: z.string() });

/** A capture on disk; paths relative to the data folder. */
export const evidenceRecordSchema = evidenceItemSchema.extend({
  files: z.object({ png: storedFileSchema, json: storedFileSchema, txt: storedFileSchema }),
});

/** One required evidence of a graded activity, judged by the content of the captures. */
export const requiredEvidenceSchema = z.object({
  activity: z.string(),
  evidence: z.string(),
  title: z.string(),
  state: z.enum(['ticked', 'missing']),
  /** Spanish: what is missing; empty when ticked. */
  message: z.string(),
  /** Ids of the captures that fit it, with their unit. */
  captures: z.array(z.object({ unit: z.string(), id: z.string() })),
});

export type Student = z.infer<typeof studentSchema>;
export type EvidenceKind = z.infer<typeof evidenceKindSchema>;
export type EvidenceTable = z.infer<typeof tableSchema>;
export type EvidenceData = z.infer<typeof evidenceDataSchema>;
export type EvidenceItem = z.infer<typeof evidenceItemSchema>;
export type EvidenceRecord = z.infer<typeof evidenceRecordSchema>;
export type RequiredEvidence = z.infer<typeof requiredEvidenceSchema>;
