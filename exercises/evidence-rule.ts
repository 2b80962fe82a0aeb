import * as z from 'zod';

/**
 * What a capture must hold to count as one required evidence. Columns are known by their values, never by their names: a window is `{start, end}`
 * or two columns of times that lie one window apart.
 */
export const evidenceRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('console'),
    unit: z.string(),
    window: z.strictObject({ minutes: z.number().int().min(1), slideMinutes: z.number().int().min(1) }).optional(),
    /** At least so many columns of numbers and of times besides the window, and so many more of any type. */
    columns: z.strictObject({ numbers: z.number().int(), times: z.number().int(), others: z.number().int() }),
    /** Some three columns of numbers are least, mean and greatest. */
    spread: z.literal(true).optional(),
    /** Over all captures of one run of a query. */
    minBatches: z.number().int().min(1),
    minWindows: z.number().int().min(1).optional(),
  }),
  z.strictObject({
    kind: z.literal('output'),
    unit: z.string(),
    /** Names that the text must hold at least so many times each: one for each batch. */
    mentions: z.array(z.string()).min(1),
    minTimes: z.number().int().min(1),
    /** The number after this name is above zero somewhere and zero elsewhere. */
    risesFromZero: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('kafka'),
    units: z.array(z.string()).min(1),
    topics: z.array(z.string()).min(1),
    minMessages: z.number().int().min(1),
  }),
  z.strictObject({
    kind: z.literal('mongo'),
    unit: z.string(),
    collection: z.string(),
    minDocuments: z.number().int().min(1),
  }),
  /** Not a capture: a check of the unit, on the notebook itself. */
  z.strictObject({ kind: z.literal('check'), unit: z.string(), check: z.string() }),
]);
export type EvidenceRule = z.infer<typeof evidenceRuleSchema>;
export type ConsoleRule = Extract<EvidenceRule, { readonly kind: 'console' }>;
export type OutputRule = Extract<EvidenceRule, { readonly kind: 'output' }>;
