import * as z from 'zod';
import { gradedActivitySchema, type GradedActivity } from '../main/contract/guide-schema.ts';
import activities from './actividades.json' with { type: 'json' };
import { evidenceRuleSchema, type EvidenceRule } from './evidence-rule.ts';

/** One evidence that a graded activity asks for, with what a capture must hold. */
export type EvidenceRequirement = {
  readonly activity: string;
  readonly evidence: string;
  readonly title: string;
  readonly rule: EvidenceRule;
};

const ruledEvidence = z.object({ id: z.string(), title: z.string(), rule: evidenceRuleSchema });
const fileSchema = z.array(gradedActivitySchema.omit({ missing: true }).extend({ evidence: z.array(ruledEvidence) }));
const parsed = fileSchema.parse(activities);

/** The course's graded activities; the text is data, so that a teacher can read and change it. */
export const gradedActivities: readonly Omit<GradedActivity, 'missing'>[] = parsed.map((activity) => ({
  ...activity,
  evidence: activity.evidence.map(({ id, title }) => ({ id, title })),
}));

export const evidenceRequirements: readonly EvidenceRequirement[] = parsed.flatMap((activity) =>
  activity.evidence.map(({ id, title, rule }) => ({ activity: activity.id, evidence: id, title, rule })),
);
