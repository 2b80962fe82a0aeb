import type { GradedActivity } from '../main/contract/guide-schema.ts';
import activities from './actividades.json' with { type: 'json' };

/** The course's graded activities; the text is data, so that a teacher can read and change it. */
export const gradedActivities: readonly Omit<GradedActivity, 'missing'>[] = activities;
