import type { HandInSaved, HandInState } from '../../main/contract/hand-in-schema.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { rerunNotebook, type RerunEnd } from '../notebook/rerun-notebook.ts';
import { createStore, type Store } from '../store/external-store.ts';
import type { WindowModel } from '../store/window-model.ts';

export type Preparation = {
  /** Ids of the graded activities that are handed in together. */
  readonly activities: readonly string[];
  /** Files that the student chose, by unit. */
  readonly files: Readonly<Record<string, string>>;
  /** Null until it was looked at. */
  readonly found: HandInState | null;
  readonly saved: HandInSaved | null;
  readonly failure: string | null;
  readonly isSaving: boolean;
  /** The unit whose cells all run again, and how many are left. */
  readonly rerun: { readonly unit: string; readonly left: number } | null;
  /** How the last of these ended. */
  readonly ended: { readonly unit: string; readonly end: RerunEnd } | null;
};

/** One hand-in on its way: what is chosen for it, what the host found, what was saved. */
export class HandInPreparation {
  readonly state: Store<Preparation>;
  readonly #model: WindowModel;
  #looks = 0;

  constructor(model: WindowModel, activity: string) {
    this.#model = model;
    this.state = createStore<Preparation>({
      activities: [activity],
      files: {},
      found: null,
      saved: null,
      failure: null,
      isSaving: false,
      rerun: null,
      ended: null,
    });
  }

  /** What was typed or printed a moment ago counts too. An answer that a later choice overtook is dropped. */
  async look(): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    try {
      await this.#model.saveAll();
      const found = await this.#model.host.request('handIn.look', this.#choice());
      if (look === this.#looks) this.#change({ found, failure: null });
    } catch (error) {
      if (look === this.#looks) this.#change({ failure: messageOfFailure(error) });
    }
  }

  async chooseActivities(activities: readonly string[]): Promise<void> {
    this.#change({ activities, saved: null });
    if (activities.length > 0) await this.look();
  }

  async chooseFile(unit: string, path: string): Promise<void> {
    this.#change({ files: { ...this.state.get().files, [unit]: path }, saved: null });
    await this.look();
  }

  /** Runs the notebook of a unit anew and looks again. */
  async rerun(unit: string): Promise<void> {
    const path = this.#pathOf(unit);
    if (path === null || this.state.get().rerun !== null) return;
    this.#change({ rerun: { unit, left: 0 }, ended: null, saved: null });
    const end = await rerunNotebook(this.#model, this.#model.session(path), (left) =>
      this.#change({ rerun: { unit, left } }),
    );
    this.#change({ rerun: null, ended: { unit, end } });
    await this.look();
  }

  async stopRerun(): Promise<void> {
    const path = this.#pathOf(this.state.get().rerun?.unit ?? '');
    if (path !== null) await this.#model.session(path).running.interrupt();
  }

  async save(): Promise<void> {
    this.#change({ isSaving: true, failure: null });
    try {
      await this.#model.saveAll();
      this.#change({ saved: await this.#model.host.request('handIn.save', this.#choice()) });
    } catch (error) {
      this.#change({ failure: messageOfFailure(error) });
    }
    this.#change({ isSaving: false });
  }

  #choice(): { activities: string[]; notebooks: Record<string, string> } {
    const { activities, files } = this.state.get();
    return { activities: [...activities], notebooks: files };
  }

  #pathOf(unit: string): string | null {
    return this.state.get().found?.notebooks.find((notebook) => notebook.unit === unit)?.path ?? null;
  }

  #change(change: Partial<Preparation>): void {
    this.state.update((state) => ({ ...state, ...change }));
  }
}
