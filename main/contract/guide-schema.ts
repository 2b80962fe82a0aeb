import * as z from 'zod';

/** Markdown in Spanish, rendered without scripts or remote loads. */
const text = z.string();

/** One numbered instruction of the guide, ticked when all its checks pass. */
export const stepSchema = z.object({
  id: z.string(),
  title: z.string(),
  body: text,
  hint: text.optional(),
  checks: z.array(z.string()),
});

/** What the page prints, what Spark does, and the fix. */
export const errataSchema = z.object({ id: z.string(), title: z.string(), printed: text, happens: text, fix: text });

/**
 * A figure of the activity, fed only by rows that the learner's code produced: the last result of the streaming query or batch action whose columns
 * include all of `needs` (names compared without case; `window.start` is an end of a window column). `series` are columns drawn over `x`; `derived`
 * columns are `left - right` of two others; a `time` has an axis of its own.
 */
export const chartSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** `band`: the room between the first series and the last, with the series between them as lines. */
  kind: z.enum(['bars', 'lines', 'band']),
  needs: z.array(z.string()),
  /**
   * `progress`: a row for each executed batch of the last query that has the columns: `batchId`, `numInputRows`, `numOutputRows` (not where the sink
   * does not count), `stateRows`, `stateUpdated`, `stateRemoved`, `stateDropped` (with state), `watermark`.
   */
  from: z.enum(['query', 'batch', 'any', 'progress']),
  x: z.object({ column: z.string(), label: z.string(), end: z.string().optional(), endLabel: z.string().optional() }),
  series: z.array(
    z.object({
      column: z.string(),
      label: z.string(),
      derived: z.object({ left: z.string(), right: z.string() }).optional(),
      time: z.boolean().optional(),
    }),
  ),
  /** Several rows for one x: the first series is drawn once for each of the `most` greatest values of `column`, and once for all others together. */
  split: z.object({ column: z.string(), most: z.number().int(), rest: z.string() }).optional(),
  empty: z.string(),
});

/** A question of the guide; whether it was right comes with the answer to `activity.answer`. */
export const questionSchema = z.object({
  id: z.string(),
  text,
  options: z.array(z.object({ id: z.string(), text: z.string() })),
  /** More than one option may be chosen. */
  several: z.boolean(),
  /** Null until it was answered. */
  answer: z
    .object({ chosen: z.array(z.string()), right: z.array(z.string()), explanation: text, at: z.string() })
    .nullable(),
});

/** A shell command of the course and what does the same here; `panel` is the tab to open. */
export const commandSchema = z.object({
  command: z.string(),
  body: text,
  panel: z.enum(['lines', 'kafka', 'relational', 'mongodb', 'producer', 'none']),
});

export const checkResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  passed: z.boolean(),
  /** Spanish; says what is missing, never the expected answer. */
  message: z.string(),
});

/** A file the activity offers to drop into a folder. */
export const inputFileSchema = z.object({
  name: z.string(),
  folder: z.string(),
  description: z.string(),
  text: z.string(),
});

export const activitySummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  minutes: z.number().int(),
  /** Two or three words of the field that the card shows: `ficheros`, `complete`. */
  tags: z.array(z.string()).optional(),
  /** Title of the first step that is not done. */
  nextStep: z.string().optional(),
  stepsDone: z.number().int(),
  stepsTotal: z.number().int(),
  lastOpened: z.string().nullable(),
});

export const guideSchema = z.object({
  id: z.string(),
  title: z.string(),
  intro: text,
  steps: z.array(stepSchema),
  errata: z.array(errataSchema),
  charts: z.array(chartSchema),
  inputs: z.array(inputFileSchema),
  /** Folder into which new data is dropped, relative to the activity's folder. */
  dropFolder: z.string(),
  questions: z.array(questionSchema),
  commands: z.array(commandSchema),
  calculator: z.object({ size: z.string(), slide: z.string(), instant: z.string() }).nullable(),
  /** Path of the producer's script in the data folder. */
  producer: z.string().nullable(),
  services: z.object({
    topics: z.array(z.string()),
    tables: z.array(z.string()),
    collections: z.array(z.string()),
  }),
});

/** A graded activity of the course: the units it takes, its points, and what is still missing. */
export const gradedActivitySchema = z.object({
  id: z.string(),
  title: z.string(),
  statement: text,
  outcome: z.string(),
  criterion: z.string(),
  points: z.number(),
  units: z.array(z.string()),
  criteria: z.array(z.object({ id: z.string(), text: z.string(), points: z.number() })),
  evidence: z.array(z.object({ id: z.string(), title: z.string() })),
  /** Titles of the checks of its units that do not pass yet. */
  missing: z.array(z.string()),
});

export type GuideStep = z.infer<typeof stepSchema>;
export type Errata = z.infer<typeof errataSchema>;
export type ChartSpec = z.infer<typeof chartSchema>;
export type CheckResult = z.infer<typeof checkResultSchema>;
export type InputFile = z.infer<typeof inputFileSchema>;
export type ActivitySummary = z.infer<typeof activitySummarySchema>;
export type CommandCard = z.infer<typeof commandSchema>;
export type GuideQuestion = z.infer<typeof questionSchema>;
export type GradedActivity = z.infer<typeof gradedActivitySchema>;
export type Guide = z.infer<typeof guideSchema>;
