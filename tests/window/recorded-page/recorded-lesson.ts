import { caso5 } from '../../../exercises/caso-5/exercise.ts';
import starter from '../../../exercises/caso-5/starter.ipynb?raw';
import { gradedActivities } from '../../../exercises/graded-activities.ts';
import type { ActivitySummary, GradedActivity, Guide, GuideQuestion } from '../../../main/contract/guide-schema.ts';
import type { Handlers } from '../../../main/contract/host-api.ts';
import { starterNotebook } from './starter-notebook.ts';

export const lessonSummary: ActivitySummary = {
  id: caso5.id,
  title: caso5.title,
  summary: caso5.summary,
  minutes: caso5.minutes,
  stepsDone: 0,
  stepsTotal: caso5.steps.length,
  lastOpened: null,
};

export const gradedOnes: GradedActivity[] = gradedActivities.map((activity) => ({
  ...activity,
  missing: activity.units.includes(caso5.id) ? caso5.checks.map(({ title }) => title) : [],
}));

const asked = caso5.questions?.[0];
const question: GuideQuestion = {
  id: asked?.id ?? '',
  text: asked?.text ?? '',
  options: [...(asked?.options ?? [])],
  several: false,
  answer: null,
};

const guide: Guide = {
  id: caso5.id,
  title: caso5.title,
  intro: caso5.intro,
  steps: [...caso5.steps],
  errata: [...caso5.errata],
  charts: [],
  inputs: [],
  dropFolder: caso5.dropFolder,
  questions: [question],
  commands: [...(caso5.commands ?? [])],
  calculator: caso5.calculator ?? null,
  producer: null,
  services: { topics: [], tables: [], collections: [] },
};

const notebook = `${caso5.id}/${caso5.id}.ipynb`;

/** Caso 5, whose guide has a question, the window calculator and a command card; nothing of it can be run. */
export const recordedLesson = {
  opened: async () => ({ guide, folder: caso5.id, notebook, checks: [] }),
  notebook: async () => ({
    notebook: starterNotebook(starter),
    revision: 1,
    recovered: false,
    kernel: 'idle' as const,
  }),
  answers: {
    'activity.answer': async ({ chosen }) => ({
      question: {
        ...question,
        answer: {
          chosen,
          right: [...(asked?.right ?? [])],
          explanation: asked?.explanation ?? '',
          at: '2026-11-25T12:00:00Z',
        },
      },
    }),
  } satisfies Partial<Handlers>,
};
