import { gradedActivities } from '../../../exercises/graded-activities.ts';
import { solutionCriteria } from '../../../exercises/solution-criteria.ts';
import { writePack } from '../../../main/grading/write-pack.ts';
import { serialiseNotebook } from '../../../main/workspace/notebook-file.ts';
import { solutionOf, type GradedUnit } from './record-session.ts';

const units: readonly GradedUnit[] = ['caso-5', 'bizum', 'caso-8', 'limpieza-join'];

/** The teacher's pack of the graded activities without running anything: comparing reads the solutions' code, not their outputs. */
export const solutionPack = (): Uint8Array =>
  writePack({
    marea: '0.1.0',
    createdAt: '2026-03-02T08:00:00.000Z',
    activities: gradedActivities.map(({ id, title, points, units: of }) => ({ id, title, points, units: [...of] })),
    criteria: [...solutionCriteria],
    units: units.map((id) => ({ id, title: id, notebook: serialiseNotebook(solutionOf(id)), files: new Map() })),
  });
