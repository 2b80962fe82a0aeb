import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckContext, CheckedCell } from '../../exercises/check-context.ts';
import { syllabus } from '../../exercises/catalog.ts';
import { gradedActivities } from '../../exercises/graded-activities.ts';
import type { Exercise, ExerciseServices, Question } from '../../exercises/define-exercise.ts';
import { HostFailure, type Emit } from '../contract/host-api.ts';
import type { ActivitySummary, CheckResult, GradedActivity, Guide, GuideQuestion } from '../contract/guide-schema.ts';
import type { FileEntry } from '../contract/requests.ts';
import type { Notebook } from '../contract/notebook-schema.ts';
import type { Answers } from '../grading/bundle-schema.ts';
import { offeredInputs, placeInputs, prepareActivity } from '../workspace/activity-folder.ts';
import { removeLearnerFile, resettableFiles } from '../workspace/learner-files.ts';
import { readNotebookFile } from '../workspace/unit-notebooks.ts';
import type { Answer, ProgressStore } from '../workspace/progress-store.ts';
import type { NotebookRuntime } from './notebook-runtime.ts';
import type { ServiceLooks } from './service-looks.ts';

export type ActivityServices = {
  readonly dataFolder: string;
  /** The exercises' own folders, read only. */
  readonly materialFolder: string;
  readonly progress: ProgressStore;
  readonly emit: Emit;
  /** Writes into an activity's notebook which activity it is of. */
  readonly mark: (path: string, id: string) => Promise<void>;
  /** The activity's notebook as last saved. */
  readonly notebook: (path: string) => Promise<Notebook>;
  /** The kernel of a notebook, if one was started. */
  readonly runtime: (path: string) => NotebookRuntime | undefined;
  readonly looks: Pick<ServiceLooks, 'prepare' | 'take' | 'clear'>;
};

/** Activities of the syllabus: their folders, their guide, and whether their checks pass. */
export class ActivityService {
  readonly #services: ActivityServices;
  /** The file that each activity was last opened with. */
  readonly #notebooks = new Map<string, string>();

  constructor(services: ActivityServices) {
    this.#services = services;
  }

  summaries(): readonly ActivitySummary[] {
    return syllabus.map((exercise) => this.#summary(exercise));
  }

  #summary(exercise: Exercise): ActivitySummary {
    const next = exercise.steps.find((step) => !this.#isDone(exercise, step.checks));
    return {
      id: exercise.id,
      title: exercise.title,
      summary: exercise.summary,
      minutes: exercise.minutes,
      tags: [...exercise.tags],
      ...(next ? { nextStep: next.title } : {}),
      stepsDone: exercise.steps.filter((step) => this.#isDone(exercise, step.checks)).length,
      stepsTotal: exercise.steps.length,
      lastOpened: this.#services.progress.lastOpened(exercise.id),
    };
  }

  /** The course's graded activities, with the checks of their units that do not pass yet. */
  graded(): readonly GradedActivity[] {
    return gradedActivities.map((activity) => ({
      ...activity,
      missing: activity.units.flatMap((unit) => {
        const passed = this.#services.progress.passed(unit);
        const checks = syllabus.find(({ id }) => id === unit)?.checks ?? [];
        return checks.filter((check) => !passed.includes(check.id)).map((check) => check.title);
      }),
    }));
  }

  /** Keeps the first answer; from then on the guide shows the right one. */
  async answer(id: string, question: string, chosen: readonly string[]): Promise<GuideQuestion> {
    const asked = exerciseOf(id).questions?.find((candidate) => candidate.id === question);
    if (!asked) throw new HostFailure('not_found', `La actividad «${id}» no tiene la pregunta «${question}».`);
    const { progress } = this.#services;
    await progress.recordAnswer(id, question, { chosen: [...chosen], at: new Date().toISOString() });
    return guideQuestion(asked, progress.answers(id)[question]);
  }

  /** The notebook that an activity begins with; null where the program has none that can be read. */
  async starter(id: string): Promise<Notebook | null> {
    const { id: unit } = exerciseOf(id);
    return (await readNotebookFile(this.#services.materialFolder, `${unit}/starter.ipynb`))?.notebook ?? null;
  }

  /** The questions of an activity's guide that were answered, with what was chosen. */
  predictions(id: string): Answers['predictions'] {
    const answers = this.#services.progress.answers(id);
    return (exerciseOf(id).questions ?? []).flatMap(({ id: question, text, options, right }) => {
      const answer = answers[question];
      if (answer === undefined) return [];
      const texts = (ids: readonly string[]) =>
        options.filter((option) => ids.includes(option.id)).map((it) => it.text);
      return [{ id: question, question: text, chosen: texts(answer.chosen), right: texts(right), at: answer.at }];
    });
  }

  async open(id: string): Promise<{
    readonly guide: Guide;
    readonly folder: string;
    readonly notebook: string;
    readonly checks: CheckResult[];
  }> {
    const exercise = exerciseOf(id);
    const material = join(this.#services.materialFolder, id);
    const [{ folder, notebook }] = await Promise.all([
      prepareActivity(this.#services.dataFolder, material, exercise),
      this.#prepare(exercise.services ?? noServices),
    ]);
    this.#notebooks.set(id, notebook);
    await this.#services.mark(notebook, id);
    await this.#services.progress.opened(id, notebook, new Date().toISOString());
    const answers = this.#services.progress.answers(id);
    return {
      guide: await guideOf(exercise, material, answers),
      folder,
      notebook,
      checks: await this.check(id, notebook),
    };
  }

  /** Judges the activity by the notebook it was opened with, or by another file of it. A check that has passed once stays passed, but one of written text. */
  async check(id: string, path = this.#notebooks.get(id) ?? `${id}/${id}.ipynb`): Promise<CheckResult[]> {
    const exercise = exerciseOf(id);
    const context = await this.#context(exercise, path);
    const passedBefore = new Set(this.#services.progress.passed(id));
    const results = exercise.checks.map((check): CheckResult => {
      const isDone = passedBefore.has(check.id) && check.isOfText !== true;
      const missing = isDone ? null : check.judge(context);
      return { id: check.id, title: check.title, passed: missing === null, message: missing ?? 'Hecho.' };
    });
    const idsOf = (passed: boolean) => results.filter((result) => result.passed === passed).map((result) => result.id);
    await this.#services.progress.recordChecks(id, idsOf(true), idsOf(false));
    return results;
  }

  /** What a reset would take away, or takes away. Queries of the activity must be stopped before. */
  async reset(id: string, dryRun: boolean, paths: readonly string[] | undefined): Promise<FileEntry[]> {
    const exercise = exerciseOf(id);
    const { dataFolder, materialFolder } = this.#services;
    const all = await resettableFiles(dataFolder, id, exercise.folders);
    const chosen = paths ? all.filter((entry) => paths.includes(entry.path)) : all;
    if (dryRun) return chosen;
    for (const entry of chosen) await removeLearnerFile(dataFolder, entry.path);
    if (exercise.services) {
      await this.#services.looks.clear(exercise.services);
      await this.#prepare(exercise.services);
    }
    await placeInputs(join(dataFolder, id), join(materialFolder, id), exercise);
    return chosen;
  }

  /** The activity a path of the data folder belongs to. */
  activityOf(path: string): Exercise | undefined {
    const [first] = path.split('/');
    return syllabus.find((exercise) => exercise.id === first);
  }

  /** A service that does not start is told where it is used; the activity opens all the same. */
  async #prepare(services: ExerciseServices): Promise<void> {
    await this.#services.looks.prepare(services).catch(() => undefined);
  }

  #isDone(exercise: Exercise, checks: readonly string[]): boolean {
    const passed = this.#services.progress.passed(exercise.id);
    return checks.length > 0 && checks.every((check) => passed.includes(check));
  }

  async #context(exercise: Exercise, path: string): Promise<CheckContext> {
    const notebook = await this.#services.notebook(path).catch(() => undefined);
    const history = this.#services.runtime(path)?.history;
    return {
      cells: notebook?.cells.map(checkedCell) ?? [],
      queries: history?.checkedQueries() ?? [],
      batchResults: history?.results() ?? [],
      filesIn: (folder) => visibleFiles(join(this.#services.dataFolder, exercise.id, folder)),
      ...(await this.#services.looks.take(exercise.services ?? noServices)),
      hasAnswered: (question) => question in this.#services.progress.answers(exercise.id),
    };
  }
}

function exerciseOf(id: string): Exercise {
  const exercise = syllabus.find((candidate) => candidate.id === id);
  if (!exercise) throw new HostFailure('not_found', `No hay ninguna actividad «${id}».`);
  return exercise;
}

const noServices: ExerciseServices = { topics: [], tables: [], collections: [] };

async function guideOf(
  exercise: Exercise,
  material: string,
  answers: Readonly<Record<string, Answer>>,
): Promise<Guide> {
  const { id, title, intro, steps, errata, charts, dropFolder, producer } = exercise;
  const { topics, tables, collections } = exercise.services ?? noServices;
  return {
    id,
    title,
    intro,
    steps: [...steps],
    errata: [...errata],
    charts: [...charts],
    inputs: await offeredInputs(material, exercise),
    dropFolder,
    questions: (exercise.questions ?? []).map((question) => guideQuestion(question, answers[question.id])),
    commands: [...(exercise.commands ?? [])],
    calculator: exercise.calculator ?? null,
    producer: producer === undefined ? null : `${id}/${producer}`,
    services: { topics: [...topics], tables: [...tables], collections: [...collections] },
  };
}

/** The right answer leaves the host only after the learner's own. */
const guideQuestion = (
  { id, text, options, right, explanation }: Question,
  answer: Answer | undefined,
): GuideQuestion => ({
  id,
  text,
  options: [...options],
  several: right.length > 1,
  answer: answer === undefined ? null : { chosen: answer.chosen, right: [...right], explanation, at: answer.at },
});

function visibleFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

function checkedCell(cell: Notebook['cells'][number]): CheckedCell {
  const base = { id: cell.id, source: cell.source };
  if (cell.cell_type !== 'code') return { ...base, kind: cell.cell_type, printed: '', hasRun: false, failed: false };
  const printed = cell.outputs
    .map((output) => ('text' in output ? output.text : 'data' in output ? plainText(output.data) : output.evalue))
    .join('');
  return {
    ...base,
    kind: 'code',
    printed,
    hasRun: cell.execution_count !== null,
    failed: cell.outputs.some((output) => output.output_type === 'error'),
  };
}

function plainText(data: Readonly<Record<string, unknown>>): string {
  const text = data['text/plain'];
  return typeof text === 'string' ? text : '';
}
