import { createStore, type Store } from './external-store.ts';

export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'ok' | 'bad';
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[];
};

export type Problem = {
  readonly id: number;
  readonly at: string;
  readonly title: string;
  readonly detail: string;
  readonly blame: 'learner' | 'environment' | 'marea';
};

export type Notices = {
  readonly toasts: Store<readonly Toast[]>;
  readonly problems: Store<readonly Problem[]>;
  /** The last sentence for screen readers; each announcement replaces the one before. */
  readonly spoken: Store<string>;
  readonly toast: (toast: Omit<Toast, 'id'>) => void;
  readonly dismiss: (id: number) => void;
  readonly addProblem: (problem: Omit<Problem, 'id' | 'at'>) => void;
  /** Polite; what comes faster than every three seconds is thinned to the latest. */
  readonly announce: (sentence: string) => void;
};

/** Long enough to reach for the undo; what only confirms goes sooner. */
const toastMs = 8_000;
const confirmationMs = 3_500;
const announceEveryMs = 3_000;
const mostProblems = 100;

export function createNotices(): Notices {
  const toasts = createStore<readonly Toast[]>([]);
  const problems = createStore<readonly Problem[]>([]);
  const spoken = createStore('');
  let nextId = 1;
  let pending: string | null = null;
  let resting = false;
  const dismiss = (id: number) => toasts.update((all) => all.filter((toast) => toast.id !== id));
  const speak = (sentence: string) => {
    spoken.set(sentence);
    resting = true;
    setTimeout(() => {
      resting = false;
      const next = pending;
      pending = null;
      if (next !== null) speak(next);
    }, announceEveryMs);
  };
  return {
    toasts,
    problems,
    spoken,
    dismiss,
    toast: (toast) => {
      const id = nextId++;
      toasts.update((all) => [...all.slice(-2), { ...toast, id }]);
      setTimeout(() => dismiss(id), toast.tone === 'ok' ? confirmationMs : toastMs);
    },
    addProblem: (problem) => {
      const entry = { ...problem, id: nextId++, at: new Date().toISOString() };
      problems.update((all) => [...all, entry].slice(-mostProblems));
    },
    announce: (sentence) => {
      if (resting) pending = sentence;
      else speak(sentence);
    },
  };
}
