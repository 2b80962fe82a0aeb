import { expect, test } from 'vitest';
import { gradedActivities } from '../../exercises/graded-activities.ts';
import { solutionCriteria } from '../../exercises/solution-criteria.ts';
import { parseNotebook } from '../../main/workspace/notebook-file.ts';
import { readSource } from '../support/source-files.ts';

const named = gradedActivities.flatMap(({ id, criteria }) => criteria.map((criterion) => `${id}/${criterion.id}`));

test('every criterion of the graded activities has its line, once and in order', () => {
  expect(solutionCriteria.map(({ activity, id }) => `${activity}/${id}`)).toEqual(named);
});

test('the evidence of a criterion is one that its activity asks for, and each is used', () => {
  for (const { id, evidence } of gradedActivities) {
    const used = solutionCriteria.filter(({ activity }) => activity === id).flatMap((criterion) => criterion.evidence);
    expect(used.toSorted()).toEqual(evidence.map((each) => each.id).toSorted());
  }
});

test.each(solutionCriteria.map((criterion) => [`${criterion.activity}/${criterion.id}`, criterion] as const))(
  '%s names cells and stores of its units’ solutions, or is left to the teacher',
  (_, { activity, queries, stores, evidence, isManual }) => {
    const units = gradedActivities.find(({ id }) => id === activity)?.units ?? [];
    for (const { unit, cell } of queries) {
      const { cells } = parseNotebook(readSource(`exercises/${unit}/solution.ipynb`));
      expect(units).toContain(unit);
      expect(cells.find(({ id }) => id === cell)?.source).toContain('.writeStream');
    }
    for (const { unit, name } of stores) {
      const [database = '', collection = ''] = name.split('.');
      const text = readSource(`exercises/${unit}/solution.ipynb`);
      expect(units).toContain(unit);
      expect(text).toContain(database);
      expect(text).toContain(collection);
    }
    const compared = queries.length + stores.length;
    expect(isManual ? compared === 0 : compared + evidence.length > 0).toBe(true);
  },
);
