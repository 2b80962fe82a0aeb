import type { EventName, Events } from './events.ts';
import type { ParsedInput, RequestInput, RequestName, RequestOutput } from './requests.ts';

/** `bad_request` and `unknown_request` are ours, `conflict` a stale revision, `not_found` and `denied` speak of files, `failed` of everything else. */
export type FailureCode = 'bad_request' | 'unknown_request' | 'not_found' | 'conflict' | 'denied' | 'failed' | 'closed';

/** A refused request. `message` is Spanish where a learner can act on it. */
export class HostFailure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'HostFailure';
    this.code = code;
  }
}

/** What the window talks to, whatever carries it. `request` rejects with `HostFailure`. */
export interface Host {
  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>>;
  /** Answers the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void;
  /** `closed` while the link is down; calls in flight have failed with `closed`. It heals by itself. */
  onLink(listener: (state: 'open' | 'closed') => void): () => void;
}

/** What the host must implement: a missing or mistyped handler is a compile error. */
export type Handlers = { readonly [Name in RequestName]: (input: ParsedInput<Name>) => Promise<RequestOutput<Name>> };

/** The handlers of the requests that begin with one of the words. */
export type HandlersOf<Prefix extends string> = {
  readonly [Name in Extract<RequestName, `${Prefix}.${string}`>]: Handlers[Name];
};

/** How the host tells every window. */
export type Emit = <Name extends EventName>(name: Name, event: Events[Name]) => void;
