import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { AtomicWrite } from './notebook-store.ts';

const progressSchema = z.object({
  v: z.literal(1),
  lastNotebook: z.string().nullable(),
  /** By activity: when it was last opened, and the checks that have passed at least once. */
  activities: z.record(
    z.string(),
    z.object({
      lastOpened: z.string().nullable(),
      passed: z.array(z.string()),
      /** First answers to the questions of the guide, by question. */
      answers: z.record(z.string(), z.object({ chosen: z.array(z.string()), at: z.string() })).default({}),
    }),
  ),
});
type Progress = z.infer<typeof progressSchema>;
type ActivityProgress = Progress['activities'][string];
export type Answer = ActivityProgress['answers'][string];

const empty: Progress = { v: 1, lastNotebook: null, activities: {} };

/** What the start page remembers. A damaged file is set aside in memory and written anew at the next change. */
export class ProgressStore {
  readonly #path: string;
  readonly #write: AtomicWrite;
  #progress: Progress = empty;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataFolder: string, write: AtomicWrite) {
    this.#path = join(dataFolder, '.marea-progress.json');
    this.#write = write;
  }

  async load(): Promise<void> {
    try {
      const parsed = progressSchema.safeParse(JSON.parse(await readFile(this.#path, 'utf8')));
      if (parsed.success) this.#progress = parsed.data;
    } catch {
      this.#progress = empty;
    }
  }

  get lastNotebook(): string | null {
    return this.#progress.lastNotebook;
  }

  lastOpened(activity: string): string | null {
    return this.#progress.activities[activity]?.lastOpened ?? null;
  }

  passed(activity: string): readonly string[] {
    return this.#progress.activities[activity]?.passed ?? [];
  }

  opened(activity: string | null, notebook: string, at: string): Promise<void> {
    const activities =
      activity === null
        ? this.#progress.activities
        : { ...this.#progress.activities, [activity]: { ...this.#of(activity), lastOpened: at } };
    return this.#change({ ...this.#progress, lastNotebook: notebook, activities });
  }

  /** Checks that passed stay passed, a step once done keeps its tick when the learner goes on; those that are told to have failed do not. */
  recordChecks(activity: string, passed: readonly string[], failed: readonly string[]): Promise<void> {
    const before = this.passed(activity);
    const all = [...new Set([...before, ...passed])].filter((check) => !failed.includes(check));
    if (all.join('\n') === before.join('\n')) return Promise.resolve();
    return this.#set(activity, { ...this.#of(activity), passed: all });
  }

  answers(activity: string): Readonly<Record<string, Answer>> {
    return this.#of(activity).answers;
  }

  /** The first answer stays. */
  recordAnswer(activity: string, question: string, answer: Answer): Promise<void> {
    const { answers } = this.#of(activity);
    if (answers[question]) return Promise.resolve();
    return this.#set(activity, { ...this.#of(activity), answers: { ...answers, [question]: answer } });
  }

  forget(activity: string): Promise<void> {
    return this.#set(activity, { ...this.#of(activity), passed: [] });
  }

  #of(activity: string): ActivityProgress {
    return this.#progress.activities[activity] ?? { lastOpened: null, passed: [], answers: {} };
  }

  #set(activity: string, entry: ActivityProgress): Promise<void> {
    return this.#change({ ...this.#progress, activities: { ...this.#progress.activities, [activity]: entry } });
  }

  #change(progress: Progress): Promise<void> {
    this.#progress = progress;
    this.#writing = this.#writing
      .then(() => this.#write(this.#path, JSON.stringify(this.#progress, null, 1)))
      .catch(() => undefined);
    return this.#writing;
  }
}
