import type { EventName, Events } from '../../main/contract/events.ts';
import { HostFailure, type Emit, type Handlers, type Host } from '../../main/contract/host-api.ts';

export type RecordedHost = Host & {
  /** Tells the window something, as the host would. */
  readonly emit: Emit;
  readonly setLink: (state: 'open' | 'closed') => void;
};

/** Some answers; they may use `emit`. What has no answer is refused as an unknown request. */
export type RecordedAnswers = (emit: Emit) => Partial<Handlers>;

type Listener = (event: never) => void;

/** A host without a backend: the window can be developed, tested and photographed on it. */
export function recordedHost(answersWith: RecordedAnswers): RecordedHost {
  const listeners = new Map<EventName, Set<Listener>>();
  const linkListeners = new Set<(state: 'open' | 'closed') => void>();
  let link: 'open' | 'closed' = 'open';
  const emit: Emit = (name, event) => {
    for (const listener of listeners.get(name) ?? []) (listener as (heard: Events[typeof name]) => void)(event);
  };
  const answers = answersWith(emit);
  return {
    emit,
    setLink: (state) => {
      link = state;
      linkListeners.forEach((listener) => listener(state));
    },
    request: async (name, input) => {
      if (link === 'closed') throw new HostFailure('closed', 'closed');
      const answer = answers[name] as ((given: typeof input) => Promise<never>) | undefined;
      if (answer === undefined) throw new HostFailure('unknown_request', `unknown request ${name}`);
      return answer(input);
    },
    on: (name, listener) => {
      const heard = listeners.get(name) ?? new Set<Listener>();
      listeners.set(name, heard.add(listener));
      return () => heard.delete(listener);
    },
    onLink: (listener) => {
      linkListeners.add(listener);
      return () => linkListeners.delete(listener);
    },
  };
}
