import * as z from 'zod';
import { gradedActivities } from './graded-activities.ts';
import criteria from './solution-criteria.json' with { type: 'json' };

const fileSchema = z.array(
  z.strictObject({
    activity: z.string(),
    criterion: z.string(),
    evidence: z.array(z.string()),
    queries: z.array(z.strictObject({ unit: z.string(), cell: z.string() })),
    stores: z.array(z.strictObject({ unit: z.string(), name: z.string().regex(/^[\w-]+\.[\w-]+$/) })),
    isManual: z.boolean(),
  }),
);

/** A criterion of a graded activity with what of the solution shows it. */
type SolutionCriterion = Omit<z.infer<typeof fileSchema>[number], 'criterion'> & {
  readonly id: string;
  readonly text: string;
  readonly points: number;
};

/** Text and points are those of the activity: they are written in one place only. */
export const solutionCriteria: readonly SolutionCriterion[] = fileSchema
  .parse(criteria)
  .map(({ criterion: id, ...rest }) => {
    const activity = gradedActivities.find((candidate) => candidate.id === rest.activity);
    const found = activity?.criteria.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`solution-criteria.json: there is no criterion ${rest.activity}/${id}`);
    return { ...rest, id, text: found.text, points: found.points };
  });
