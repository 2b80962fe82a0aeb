import * as z from 'zod';

/** How a graded activity stands, before anything is written. */
export const handInStateSchema = z.object({
  activity: z.string(),
  title: z.string(),
  /** `hasRun`: some cell of it was run; without a path there is no notebook yet. */
  notebooks: z.array(
    z.object({ unit: z.string(), title: z.string(), path: z.string().nullable(), hasRun: z.boolean() }),
  ),
  evidence: z.array(z.object({ id: z.string(), title: z.string(), isThere: z.boolean(), message: z.string() })),
  checks: z.array(
    z.object({ unit: z.string(), id: z.string(), title: z.string(), passed: z.boolean(), message: z.string() }),
  ),
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

export type HandInState = z.infer<typeof handInStateSchema>;
export type HandInSaved = z.infer<typeof handInSavedSchema>;
