import * as z from 'zod';
import { sha256Schema, studentSchema } from './evidence-schema.ts';

/** One criterion of a graded activity with what its proposal of points is drawn from. */
export const packCriterionSchema = z.object({
  activity: z.string(),
  id: z.string(),
  text: z.string(),
  points: z.number().min(0).max(100),
  /** Required evidence that shows it. */
  evidence: z.array(z.string()),
  /** Cells of the reference whose queries must give the same results on the student's input. */
  queries: z.array(z.object({ unit: z.string(), cell: z.string() })),
  /** `database.collection` or `database.table` whose final rows must be the same after the replay. */
  stores: z.array(z.object({ unit: z.string(), name: z.string() })),
  /** Nothing of it can be proposed by a machine: the teacher reads it. */
  isManual: z.boolean(),
});

export const packSummarySchema = z.object({
  /** `marea-referencia-0.1.0`. */
  name: z.string(),
  createdAt: z.string(),
  sha256: sha256Schema,
  activities: z.array(z.object({ id: z.string(), title: z.string(), points: z.number(), units: z.array(z.string()) })),
  criteria: z.array(packCriterionSchema),
});

/** Where a replay and what was handed in part. Rows as text, cell by cell. */
export const differenceSchema = z.object({
  kind: z.enum(['batch', 'evidence', 'cell', 'record', 'store']),
  unit: z.string(),
  cell: z.string().nullable(),
  query: z.string().nullable(),
  batch: z.number().int().nullable(),
  /** Id of the capture that shows something else. */
  evidence: z.string().nullable(),
  /** Spanish. */
  message: z.string(),
  columns: z.array(z.string()),
  /** Rows of the hand-in that the replay does not give. */
  onlyHandedIn: z.array(z.array(z.string())),
  /** Rows of the replay that the hand-in does not have. */
  onlyReplayed: z.array(z.array(z.string())),
});

export const replayVerdictSchema = z.enum(['reproduces', 'differs', 'cannot_run']);

export const unitReplaySchema = z.object({
  unit: z.string(),
  title: z.string(),
  verdict: replayVerdictSchema,
  /** Spanish: why it cannot run, or what was compared. */
  message: z.string(),
  /** Batches and captures that were compared. */
  compared: z.number().int(),
  differences: z.array(differenceSchema),
});

export const proposalSchema = z.object({
  activity: z.string(),
  criterion: z.string(),
  text: z.string(),
  points: z.number(),
  proposed: z.number(),
  /** Spanish, one sentence: what is there and what is not. */
  reason: z.string(),
  isManual: z.boolean(),
});

/** What the replay of one hand-in, beside the reference on the same input, came to. */
export const comparisonSchema = z.object({
  verdict: replayVerdictSchema,
  units: z.array(unitReplaySchema),
  /** Empty without a reference. */
  proposal: z.array(proposalSchema),
});

export const bundleCheckSchema = z.object({
  /** Name of the file, or of the file inside a zip of many. */
  file: z.string(),
  verdict: z.enum(['whole', 'altered', 'unreadable']),
  problems: z.array(z.string()),
  /** What is in it that Marea does not run, draw or read; it changes no verdict. */
  notes: z.array(z.string()),
  student: studentSchema.nullable(),
  activities: z.array(z.object({ id: z.string(), title: z.string() })),
  createdAt: z.string().nullable(),
  /** Titles of required evidence that is not there. */
  missing: z.array(z.string()),
});

/** A row of the teacher's table. */
export const gradingRowSchema = z.object({
  id: z.string(),
  check: bundleCheckSchema,
  state: z.enum(['opened', 'waiting', 'replaying', 'compared', 'failed']),
  /** Null until it was compared. */
  comparison: comparisonSchema.nullable(),
  /** Sums of the proposal; null without one. */
  proposed: z.number().nullable(),
  points: z.number().nullable(),
});

export type PackCriterion = z.infer<typeof packCriterionSchema>;
export type PackSummary = z.infer<typeof packSummarySchema>;
export type Difference = z.infer<typeof differenceSchema>;
export type ReplayVerdict = z.infer<typeof replayVerdictSchema>;
export type UnitReplay = z.infer<typeof unitReplaySchema>;
export type Proposal = z.infer<typeof proposalSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type BundleCheck = z.infer<typeof bundleCheckSchema>;
export type GradingRow = z.infer<typeof gradingRowSchema>;
