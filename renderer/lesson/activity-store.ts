import type { CheckResult, Guide, GuideQuestion } from '../../main/contract/guide-schema.ts';
import type { Host } from '../../main/contract/host-api.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { createStore, type Store } from '../store/external-store.ts';

export type ActivityState = {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: string | null;
  readonly guide: Guide | null;
  /** Relative to the data folder. */
  readonly folder: string;
  readonly checks: readonly CheckResult[];
  readonly isChecking: boolean;
};

/** One activity: its guide, and how far the learner is. */
export class ActivityStore {
  readonly id: string;
  readonly state: Store<ActivityState>;
  readonly #host: Host;
  readonly #endChecks: () => void;

  constructor(host: Host, id: string) {
    this.id = id;
    this.#host = host;
    this.state = createStore<ActivityState>({
      status: 'loading',
      failure: null,
      guide: null,
      folder: '',
      checks: [],
      isChecking: false,
    });
    this.#endChecks = host.on('activity.checks', (event) => {
      if (event.id === id) this.state.update((state) => ({ ...state, checks: event.checks }));
    });
  }

  async open(): Promise<void> {
    try {
      const { guide, folder, checks } = await this.#host.request('activity.open', { id: this.id });
      this.state.update((state) => ({ ...state, status: 'ready', guide, folder, checks }));
    } catch (error) {
      this.state.update((state) => ({ ...state, status: 'failed', failure: messageOfFailure(error) }));
    }
  }

  /** Judges now; answers false when the host could not. */
  async check(): Promise<boolean> {
    this.state.update((state) => ({ ...state, isChecking: true }));
    const answer = await this.#host.request('activity.check', { id: this.id }).catch(() => null);
    this.state.update((state) => ({ ...state, isChecking: false, checks: answer?.checks ?? state.checks }));
    return answer !== null;
  }

  /** Answers the question with its explanation, or null when the host could not keep the answer. */
  async answer(question: string, chosen: readonly string[]): Promise<GuideQuestion | null> {
    const answer = await this.#host
      .request('activity.answer', { id: this.id, question, chosen: [...chosen] })
      .catch(() => null);
    if (answer === null) return null;
    this.state.update((state) => ({ ...state, guide: state.guide && withQuestion(state.guide, answer.question) }));
    // Some step may ask for no more than an answer.
    void this.check();
    return answer.question;
  }

  close(): void {
    this.#endChecks();
  }
}

/** A step is done when it has checks and all of them pass. */
export function isStepDone(step: Guide['steps'][number], checks: readonly CheckResult[]): boolean {
  const passed = new Set(checks.filter((check) => check.passed).map((check) => check.id));
  return step.checks.length > 0 && step.checks.every((id) => passed.has(id));
}

const withQuestion = (guide: Guide, answered: GuideQuestion): Guide => ({
  ...guide,
  questions: guide.questions.map((question) => (question.id === answered.id ? answered : question)),
});
