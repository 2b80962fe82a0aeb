import * as z from 'zod';
import { evidenceRecordSchema, sha256Schema, studentSchema } from '../contract/evidence-schema.ts';
import { checkResultSchema } from '../contract/guide-schema.ts';
import { changedCellSchema } from '../contract/hand-in-schema.ts';

/** What a student wrote of a unit in words. */
const answersSchema = z.object({
  unit: z.string(),
  /** Text cells that are not as they were given, in their order; Markdown. */
  texts: z.array(z.object({ cell: z.string(), text: z.string() })),
  /** First answers to the questions of the guide; `chosen` and `right` are the options' texts. */
  predictions: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      chosen: z.array(z.string()),
      right: z.array(z.string()),
      at: z.string(),
    }),
  ),
});

/** `entrega.json`: what a bundle says of itself. Paths are those inside the bundle. What is optional is missing in the bundles of the first version. */
export const handInSchema = z.object({
  v: z.literal(1),
  marea: z.string(),
  createdAt: z.iso.datetime(),
  student: studentSchema,
  activities: z.array(z.object({ id: z.string(), title: z.string(), units: z.array(z.string()).optional() })).min(1),
  clock: z.enum(['real', 'virtual']),
  notebooks: z.array(
    z.object({
      unit: z.string(),
      title: z.string(),
      path: z.string(),
      sha256: sha256Schema,
      /** Where it lay in the student's data folder: the log and the captures name it so. */
      from: z.string().optional(),
    }),
  ),
  evidence: z.array(
    evidenceRecordSchema.omit({ files: true }).extend({
      /** Without extension: `.png`, `.json` and `.txt` follow. */
      path: z.string(),
      sha256: z.object({ png: sha256Schema, json: sha256Schema, txt: sha256Schema }),
    }),
  ),
  required: z.array(z.object({ activity: z.string(), evidence: z.string(), title: z.string(), isThere: z.boolean() })),
  checks: z.array(checkResultSchema.extend({ unit: z.string() })),
  answers: z.array(answersSchema).optional(),
  changes: z.array(changedCellSchema).optional(),
  /** Hash of the log's last line; null for an empty log. */
  logHead: sha256Schema.nullable(),
});
export type HandIn = z.infer<typeof handInSchema>;
export type Answers = z.infer<typeof answersSchema>;

export const handInFile = 'entrega.json';
export const manifestFile = 'manifest-sha256.txt';
export const reportFile = 'informe.html';
export const logFile = 'registro/eventos.jsonl';
export const inputsFile = 'datos/entradas.jsonl';
