import type { ChartSpec, CommandCard, Errata, GuideStep } from '../main/contract/guide-schema.ts';
import type { CheckContext } from './check-context.ts';

/** Judges behaviour. Answers null when it passes, else one Spanish sentence that says what is missing, never the expected answer. */
export type Check = {
  readonly id: string;
  readonly title: string;
  /** Judges what is written in the notebook: judged anew each time, for what was written can be taken away. Other checks that have passed stay passed. */
  readonly isOfText?: true;
  readonly judge: (context: CheckContext) => string | null;
};

/** A file of the exercise's `input/` folder. `atStart` ones lie in their folder when the activity is opened; the others are offered. */
export type ExerciseInput = {
  readonly name: string;
  readonly folder: string;
  readonly description: string;
  readonly atStart: boolean;
};

/** A question to answer before the answer is shown. It never counts against anybody. */
export type Question = {
  readonly id: string;
  readonly text: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly right: readonly string[];
  /** Markdown, shown once it was answered. */
  readonly explanation: string;
};

/** What of the services belongs to an exercise: its checks may look at it, and "Empezar de cero" clears it. */
export type ExerciseServices = {
  readonly topics: readonly string[];
  /** `database.table`. The course's own (`spark.usuarios`) is filled again, others go. */
  readonly tables: readonly string[];
  /** `database.collection`. */
  readonly collections: readonly string[];
};

/** An activity is data: this description, a starter notebook and input files in the same folder. */
export type Exercise = {
  /** Name of the folder. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  /** Two or three words of the field for the card. */
  readonly tags: readonly string[];
  /** Markdown. */
  readonly intro: string;
  readonly steps: readonly GuideStep[];
  readonly errata: readonly Errata[];
  readonly charts: readonly ChartSpec[];
  readonly inputs: readonly ExerciseInput[];
  readonly dropFolder: string;
  /** Folders of the activity by what they hold, so that "Empezar de cero" can name them. */
  readonly folders: {
    readonly input: readonly string[];
    readonly output: readonly string[];
    readonly checkpoint: readonly string[];
  };
  readonly checks: readonly Check[];
  readonly services?: ExerciseServices;
  readonly questions?: readonly Question[];
  /** The course's shell commands that this exercise would need, and what does the same here. */
  readonly commands?: readonly CommandCard[];
  /** The guide offers the window calculator with these values first. */
  readonly calculator?: { readonly size: string; readonly slide: string; readonly instant: string };
  /** A script of `inputs` that the Productor tab runs. */
  readonly producer?: string;
};

export const defineExercise = (exercise: Exercise): Exercise => exercise;
