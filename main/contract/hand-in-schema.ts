import * as z from 'zod';

/** What a student wants to hand in: one graded activity or several, and where several files are of one unit, which. */
export const handInChoiceSchema = z.object({
  activities: z.array(z.string().max(80)).min(1).max(20),
  /** Path by unit; a unit without one, or with one that is none of its `files`, goes with the first of them. */
  notebooks: z.record(z.string().max(80), z.string().max(400)).default({}),
});

/** Code that is not what gave the results shown. */
export const changedCellSchema = z.object({
  unit: z.string(),
  cell: z.string(),
  /** Id of the capture that shows them; null: the outputs of the cell itself. */
  evidence: z.string().nullable(),
  /** Spanish. */
  message: z.string(),
});

/** How the graded activities stand, before anything is written. */
export const handInStateSchema = z.object({
  activities: z.array(z.object({ id: z.string(), title: z.string() })),
  /** Each unit once, whatever activities it is of. */
  notebooks: z.array(
    z.object({
      unit: z.string(),
      title: z.string(),
      /** The file that is handed in; null: there is none yet. */
      path: z.string().nullable(),
      /** Some cell of it was run. */
      hasRun: z.boolean(),
      /** Every file that could be meant, the likeliest first. */
      files: z.array(z.object({ path: z.string(), savedAt: z.string() })),
    }),
  ),
  evidence: z.array(
    z.object({ activity: z.string(), id: z.string(), title: z.string(), isThere: z.boolean(), message: z.string() }),
  ),
  checks: z.array(
    z.object({ unit: z.string(), id: z.string(), title: z.string(), passed: z.boolean(), message: z.string() }),
  ),
  changes: z.array(changedCellSchema),
});

/** A bundle that was written, opened again and verified. */
export const handInSavedSchema = z.object({
  name: z.string(),
  /** Absolute. */
  folder: z.string(),
  bytes: z.number().int(),
  /** SHA-256 in eight groups of eight digits. */
  sha256: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number().int() })),
  /** Spanish: what the check of the written file found; empty when it is whole. */
  problems: z.array(z.string()),
});

export type HandInChoice = z.infer<typeof handInChoiceSchema>;
export type ChangedCell = z.infer<typeof changedCellSchema>;
export type HandInState = z.infer<typeof handInStateSchema>;
export type HandInSaved = z.infer<typeof handInSavedSchema>;
