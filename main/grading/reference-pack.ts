import * as z from 'zod';
import { packCriterionSchema } from '../contract/grading-schema.ts';

/** `referencia.json`: the head of a teacher's pack. Paths are those inside the pack. */
export const referenceSchema = z.object({
  v: z.literal(1),
  /** Version of Marea that wrote it. */
  marea: z.string(),
  createdAt: z.iso.datetime(),
  activities: z.array(z.object({ id: z.string(), title: z.string(), points: z.number(), units: z.array(z.string()) })),
  criteria: z.array(packCriterionSchema),
  units: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** The solution with the outputs it gave: what is expected. */
      notebook: z.string(),
      /** Files that lie in the unit's folder when it is opened, by their path in it. */
      files: z.array(z.object({ path: z.string(), inPack: z.string() })),
    }),
  ),
});
export type Reference = z.infer<typeof referenceSchema>;

export const referenceFile = 'referencia.json';

/** A pack read into memory: nothing of it was run. */
export type ReferencePack = {
  readonly name: string;
  readonly reference: Reference;
  readonly files: ReadonlyMap<string, Uint8Array>;
};
