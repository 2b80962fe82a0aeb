import type { ServiceKind } from './endpoint.ts';

/** Which server the learner's code gets: the real one where it answers, only ours, or only the real one. */
export type ServiceMode = 'automatic' | 'embedded' | 'real';

/** What a person chose for a service. The password lives in memory only: it never reaches a file, a notebook or a bundle. */
export type ServiceChoice = {
  readonly mode: ServiceMode;
  /** `host:port` of the real server; absent: the address in the learner's code. */
  readonly address?: string;
  readonly user?: string;
  readonly password?: string;
};

export type ServiceStatus = {
  readonly kind: ServiceKind;
  readonly mode: ServiceMode;
  /** `real`: the learner's own server answered and is used. `stopped`: nobody asked for it yet. */
  readonly state: 'stopped' | 'starting' | 'running' | 'real' | 'failed';
  /** `127.0.0.1:9092`; null while nothing listens, and for the relational store, which has no port. */
  readonly address: string | null;
  /** The port in the course's code was taken by another program, so ours listens elsewhere. */
  readonly isOtherPort: boolean;
  /** Bytes on the disk. */
  readonly bytes: number;
  readonly connections: number;
  /** Why it is `failed`. */
  readonly error: string | null;
};
