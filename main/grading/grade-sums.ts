import type { Comparison, PackCriterion } from '../contract/grading-schema.ts';

/** What the teacher gave other points than the pack has, by `activity/criterion`. */
export type ChangedPoints = ReadonlyMap<string, number>;

export const criterionKey = (activity: string, criterion: string): string => `${activity}/${criterion}`;

/** The criteria with the teacher's points. */
export const repointed = (criteria: readonly PackCriterion[], changed: ChangedPoints): PackCriterion[] =>
  criteria.map((criterion) => ({
    ...criterion,
    points: changed.get(criterionKey(criterion.activity, criterion.id)) ?? criterion.points,
  }));

/** What was proposed out of the pack's points, with the same share of the teacher's. */
export function rescaled(comparison: Comparison, changed: ChangedPoints): Comparison {
  const proposal = comparison.proposal.map((line) => {
    const points = changed.get(criterionKey(line.activity, line.criterion)) ?? line.points;
    const share = line.points === 0 ? 0 : line.proposed / line.points;
    return { ...line, points, proposed: hundredths(points * share) };
  });
  return { ...comparison, proposal };
}

/** Null without a proposal. */
export function sumsOf(comparison: Comparison | null): {
  readonly proposed: number | null;
  readonly points: number | null;
} {
  const proposal = comparison?.proposal ?? [];
  if (proposal.length === 0) return { proposed: null, points: null };
  const sum = (values: readonly number[]): number => hundredths(values.reduce((total, value) => total + value, 0));
  return {
    proposed: sum(proposal.map(({ proposed }) => proposed)),
    points: sum(proposal.map(({ points }) => points)),
  };
}

/** Points are told to the hundredth; sums of binary fractions are not. */
const hundredths = (value: number): number => Math.round(value * 100) / 100;
