import * as z from 'zod';
import { evidenceRecordSchema, sha256Schema, studentSchema } from '../contract/evidence-schema.ts';
import { checkResultSchema } from '../contract/guide-schema.ts';

/** `entrega.json`: what a bundle says of itself. Paths are those inside the bundle. */
export const handInSchema = z.object({
  v: z.literal(1),
  marea: z.string(),
  createdAt: z.iso.datetime(),
  student: studentSchema,
  activities: z.array(z.object({ id: z.string(), title: z.string() })).min(1),
  clock: z.enum(['real', 'virtual']),
  notebooks: z.array(z.object({ unit: z.string(), title: z.string(), path: z.string(), sha256: sha256Schema })),
  evidence: z.array(
    evidenceRecordSchema.omit({ files: true }).extend({
      /** Without extension: `.png`, `.json` and `.txt` follow. */
      path: z.string(),
      sha256: z.object({ png: sha256Schema, json: sha256Schema, txt: sha256Schema }),
    }),
  ),
  required: z.array(z.object({ activity: z.string(), evidence: z.string(), title: z.string(), isThere: z.boolean() })),
  checks: z.array(checkResultSchema.extend({ unit: z.string() })),
  /** Hash of the log's last line; null for an empty log. */
  logHead: sha256Schema.nullable(),
});
export type HandIn = z.infer<typeof handInSchema>;

export const handInFile = 'entrega.json';
export const manifestFile = 'manifest-sha256.txt';
export const logFile = 'registro/eventos.jsonl';
