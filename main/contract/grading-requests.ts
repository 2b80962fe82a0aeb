import * as z from 'zod';
import { gradingRowSchema, packSummarySchema } from './grading-schema.ts';
import { notebookSchema } from './notebook-schema.ts';

const nothing = z.object({});
const rowId = z.string().regex(/^[0-9a-f]{16}$/);
/** What travels in one message: 80 MB, as base64. */
const base64 = z.base64().max(76_000_000);

const gradingTableSchema = z.object({ pack: packSummarySchema.nullable(), rows: z.array(gradingRowSchema) });

const gradingDetailSchema = z.object({
  row: gradingRowSchema,
  /** Those that were handed in. */
  notebooks: z.array(z.object({ unit: z.string(), title: z.string(), hasReference: z.boolean() })),
  pictures: z.array(
    z.object({
      /** `evidencias/caso-5/01-consola-fijas`. */
      path: z.string(),
      title: z.string(),
      unit: z.string(),
      batch: z.number().int().nullable(),
      /** PNG as base64; null where there is none. */
      png: z.string().nullable(),
    }),
  ),
});

/** The teacher's side: the reference pack and the table of hand-ins. */
export const gradingRequests = {
  'grading.read': { input: nothing, output: gradingTableSchema },
  /** A zip, or the files of its unpacked folder. Kept until it is removed. Refused with `failed` and the reason. */
  'grading.loadPack': {
    input: z.union([
      z.strictObject({ base64 }),
      z.strictObject({ files: z.array(z.object({ path: z.string().max(400), base64 })).max(2000) }),
    ]),
    output: gradingTableSchema,
  },
  'grading.removePack': { input: nothing, output: gradingTableSchema },
  /** The sums follow: what is proposed for the criterion keeps its share. */
  'grading.setPoints': {
    input: z.object({
      activity: z.string().max(80),
      criterion: z.string().max(80),
      points: z.number().min(0).max(100),
    }),
    output: gradingTableSchema,
  },
  /** A bundle, or a zip of many. What was open already is not opened twice. */
  'grading.open': {
    input: z.object({ name: z.string().min(1).max(300), base64 }),
    output: z.object({ rows: z.array(gradingRowSchema), opened: z.number().int() }),
  },
  'grading.remove': { input: z.object({ rows: z.array(rowId).max(5000) }), output: gradingTableSchema },
  /** Answers at once; `grading.row` tells how each goes on. */
  'grading.compare': { input: z.object({ rows: z.array(rowId).max(5000) }), output: nothing },
  'grading.detail': { input: z.object({ row: rowId }), output: gradingDetailSchema },
  /** The notebook of a unit as handed in and as the reference has it. Nothing in them is to be shown as markup. */
  'grading.notebooks': {
    input: z.object({ row: rowId, unit: z.string().max(80) }),
    output: z.object({ handedIn: notebookSchema.nullable(), reference: notebookSchema.nullable() }),
  },
  /** Puts the reference's notebook and its files into `referencia/<unit>/`; answers the notebook's path. */
  'grading.openReference': { input: z.object({ unit: z.string().max(80) }), output: z.object({ path: z.string() }) },
  'grading.csv': { input: nothing, output: z.object({ text: z.string() }) },
} as const;

export type GradingTable = z.infer<typeof gradingTableSchema>;
export type GradingDetail = z.infer<typeof gradingDetailSchema>;
