import * as z from 'zod';

/** A chart as it stood on the screen: enough to draw it again. */
export const figureSchema = z.object({
  kind: z.enum(['bars', 'lines', 'band']),
  /** What it shows, in words. */
  sentence: z.string().max(4000),
  xLabel: z.string().max(200),
  series: z
    .array(
      z.object({
        label: z.string().max(200),
        /** Values are milliseconds since 1970, on an axis of their own. */
        isTime: z.boolean(),
        /** Drawn as marks over the bars. */
        isDerived: z.boolean(),
      }),
    )
    .min(1)
    .max(50),
  /** `values` in the order of the series; null is a gap. */
  points: z.array(z.object({ label: z.string().max(200), values: z.array(z.number().nullable()).max(50) })).max(1000),
});

export type Figure = z.infer<typeof figureSchema>;
