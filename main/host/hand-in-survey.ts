import type { EvidenceRecord } from '../contract/evidence-schema.ts';
import type { GradedActivity } from '../contract/guide-schema.ts';
import type { HandInChoice, HandInState } from '../contract/hand-in-schema.ts';
import { HostFailure } from '../contract/host-api.ts';
import type { Notebook } from '../contract/notebook-schema.ts';
import { changedCells, ranWith } from '../workspace/changed-cells.ts';
import { hasRun, notebooksOf, readNotebookFile, type NotebookFile } from '../workspace/unit-notebooks.ts';
import type { ActivityService } from './activity-service.ts';
import type { EvidenceDesk } from './evidence-desk.ts';

export type SurveyPorts = {
  readonly dataFolder: string;
  readonly activities: Pick<ActivityService, 'graded' | 'summaries' | 'check' | 'predictions' | 'starter'>;
  readonly evidence: Pick<EvidenceDesk, 'list'>;
  /** Every notebook of the data folder. */
  readonly notebooks: () => Promise<readonly { readonly path: string }[]>;
  /** The event log, every line ended. */
  readonly log: () => Promise<string>;
};

/** One unit's notebook, among the files that could be it, the likeliest first. */
export type SurveyedUnit = {
  readonly unit: string;
  readonly title: string;
  readonly starter: Notebook | null;
  readonly chosen: NotebookFile | null;
  readonly files: readonly NotebookFile[];
};

export type Survey = {
  readonly activities: readonly GradedActivity[];
  readonly units: readonly SurveyedUnit[];
  readonly captures: readonly EvidenceRecord[];
  readonly state: HandInState;
};

/** What the chosen activities have and lack. A unit of two of them is looked at once. */
export async function surveyHandIn(ports: SurveyPorts, choice: HandInChoice): Promise<Survey> {
  const activities = gradedOf(ports, choice.activities);
  const units = await surveyUnits(ports, activities, choice);
  const checks = await Promise.all(
    units.map(async ({ unit, chosen }) =>
      (await ports.activities.check(unit, chosen?.path)).map((check) => ({ unit, ...check })),
    ),
  );
  // After the checks: some evidence is that one of them passes.
  const lists = await Promise.all(activities.map(({ id }) => ports.evidence.list(id)));
  const captures = [...new Map(lists.flatMap(({ items }) => items).map((it) => [`${it.source.unit}/${it.id}`, it]))];
  const records = captures.map(([, record]) => record);
  const ran = ranWith(await ports.log());
  const state: HandInState = {
    activities: activities.map(({ id, title }) => ({ id, title })),
    notebooks: units.map(notebookState),
    evidence: lists.flatMap(({ required }) =>
      required.map(({ activity, evidence, title, state: found, message }) => ({
        activity,
        id: evidence,
        title,
        isThere: found === 'ticked',
        message,
      })),
    ),
    checks: checks.flat(),
    changes: units.flatMap(({ unit, chosen }) =>
      chosen === null ? [] : [...changedCells({ unit, ...chosen }, records, ran)],
    ),
  };
  return { activities, units, captures: records, state };
}

/** In the order of the course. */
function gradedOf({ activities }: SurveyPorts, chosen: readonly string[]): readonly GradedActivity[] {
  const graded = activities.graded();
  const unknown = chosen.find((id) => !graded.some((activity) => activity.id === id));
  if (unknown !== undefined) throw new HostFailure('not_found', `No hay ninguna actividad evaluable «${unknown}».`);
  return graded.filter(({ id }) => chosen.includes(id));
}

async function surveyUnits(
  { dataFolder, activities, notebooks }: SurveyPorts,
  graded: readonly GradedActivity[],
  choice: HandInChoice,
): Promise<readonly SurveyedUnit[]> {
  const read = await Promise.all((await notebooks()).map(({ path }) => readNotebookFile(dataFolder, path)));
  const all = read.filter((file) => file !== null);
  const titles = new Map(activities.summaries().map(({ id, title }) => [id, title]));
  const units = [...new Set(graded.flatMap((activity) => activity.units))];
  return Promise.all(
    units.map(async (unit) => {
      const starter = await activities.starter(unit);
      const files = notebooksOf(unit, starter, all);
      const chosen = files.find(({ path }) => path === choice.notebooks[unit]) ?? files[0] ?? null;
      return { unit, title: titles.get(unit) ?? unit, starter, chosen, files };
    }),
  );
}

const notebookState = ({ unit, title, chosen, files }: SurveyedUnit): HandInState['notebooks'][number] => ({
  unit,
  title,
  path: chosen?.path ?? null,
  hasRun: chosen !== null && hasRun(chosen.notebook),
  files: files.map(({ path, modifiedMs }) => ({ path, savedAt: new Date(modifiedMs).toISOString() })),
});
