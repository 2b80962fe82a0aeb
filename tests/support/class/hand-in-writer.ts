import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Student } from '../../../main/contract/evidence-schema.ts';
import type { Notebook } from '../../../main/contract/notebook-schema.ts';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';
import { TestWindow } from '../../main/host/test-window.ts';
import { greyPng } from '../../main/workspace/evidence-fixture.ts';
import type { Draft } from './capture-drafts.ts';
import type { GradedUnit, Session } from './record-session.ts';

export type Activity = 'actividad-1' | 'actividad-2' | 'actividad-3';

export const unitsOf: Readonly<Record<Activity, readonly GradedUnit[]>> = {
  'actividad-1': ['caso-5'],
  'actividad-2': ['bizum'],
  'actividad-3': ['caso-8', 'limpieza-join'],
};

export type HandInOrder = {
  readonly student: Student;
  readonly activities: readonly Activity[];
  /** The captures that are made, of those that could be. */
  readonly captures?: (draft: Draft) => boolean;
  /** Changes made after everything was run and captured. */
  readonly lastly?: { readonly unit: GradedUnit; readonly change: (notebook: Notebook) => Notebook };
};

const picture = greyPng(8, 4).toString('base64');
/** A day after everything was run. */
const startMs = Date.parse('2026-03-03T09:00:10Z');

/** Hands in what was done in one data folder, as one student after the other: each captures anew, under their own name. */
export class HandInWriter {
  readonly #window: TestWindow;
  readonly #session: Session;

  private constructor(window: TestWindow, session: Session) {
    this.#window = window;
    this.#session = session;
  }

  static async open(session: Session): Promise<HandInWriter> {
    const { dataFolder } = session;
    return new HandInWriter(await TestWindow.start({ dataFolder, clock: new VirtualClock({ startMs }) }), session);
  }

  async close(): Promise<void> {
    await this.#window.close();
    rmSync(this.#session.dataFolder, { recursive: true, force: true });
  }

  async write({ student, activities, captures = () => true, lastly }: HandInOrder): Promise<Buffer> {
    const window = this.#window;
    await window.request('student.write', student);
    const { items } = await window.request('evidence.list', {});
    for (const { source, id } of items) await window.request('evidence.remove', { unit: source.unit, id });
    const units: readonly string[] = activities.flatMap((activity) => unitsOf[activity]);
    for (const draft of this.#session.drafts)
      if (units.includes(draft.path.split('/')[0] ?? '') && captures(draft)) await this.#capture(draft);
    const restore = lastly === undefined ? undefined : await this.#change(lastly.unit, lastly.change);
    const { folder, name, problems } = await window.request('handIn.save', { activities: [...activities] });
    await restore?.();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return readFileSync(join(folder, name));
  }

  async #capture(draft: Draft): Promise<void> {
    const { item } = await this.#window.request('evidence.draft', draft);
    await this.#window.request('evidence.capture', { unit: item.source.unit, id: item.id, png: picture });
  }

  /** Answers what puts the notebook back. */
  async #change(unit: GradedUnit, change: (notebook: Notebook) => Notebook): Promise<() => Promise<void>> {
    const { notebook } = await this.#window.open(`${unit}/${unit}.ipynb`);
    await this.#window.write(change(notebook).cells);
    return () => this.#window.write(notebook.cells);
  }
}
