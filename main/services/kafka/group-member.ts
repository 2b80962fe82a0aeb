import type { Encodable } from './schema.ts';
import type { joinGroup, syncGroup } from './group-messages.ts';
import { errorCodes } from './protocol-error.ts';

export type JoinAnswer = Encodable<typeof joinGroup.response>;
export type SyncAnswer = Encodable<typeof syncGroup.response>;

export type MemberProtocol = { readonly name: string; readonly metadata: Buffer };

/** What a client says of itself when it joins. Timeouts are real time. */
export type MemberFacts = {
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** In the order of its preference. */
  readonly protocols: readonly MemberProtocol[];
};

/** One consumer of a group. It lives while it is heard of within its session timeout, or while the group owes it an answer. */
export class GroupMember {
  readonly id: string;
  assignment: Buffer = Buffer.alloc(0);
  #facts: MemberFacts;
  readonly #onExpired: (member: GroupMember) => void;
  #sessionTimer: NodeJS.Timeout | null = null;
  #answerJoin: ((answer: JoinAnswer) => void) | null = null;
  #answerSync: ((answer: SyncAnswer) => void) | null = null;

  constructor(id: string, facts: MemberFacts, onExpired: (member: GroupMember) => void) {
    this.id = id;
    this.#facts = facts;
    this.#onExpired = onExpired;
    this.touch();
  }

  get facts(): MemberFacts {
    return this.#facts;
  }

  get isAwaitingJoin(): boolean {
    return this.#answerJoin !== null;
  }

  supports(protocol: string): boolean {
    return this.#facts.protocols.some(({ name }) => name === protocol);
  }

  metadataFor(protocol: string): Buffer {
    return this.#facts.protocols.find(({ name }) => name === protocol)?.metadata ?? Buffer.alloc(0);
  }

  hasSameProtocols(protocols: readonly MemberProtocol[]): boolean {
    return (
      protocols.length === this.#facts.protocols.length &&
      protocols.every(({ name, metadata }) => this.supports(name) && this.metadataFor(name).equals(metadata))
    );
  }

  update(facts: MemberFacts): void {
    this.#facts = facts;
  }

  /** It was heard of: its session starts anew. */
  touch(): void {
    this.stop();
    this.#sessionTimer = setTimeout(() => {
      if (this.#answerJoin !== null || this.#answerSync !== null) this.touch();
      else this.#onExpired(this);
    }, this.#facts.sessionTimeoutMs);
    this.#sessionTimer.unref();
  }

  /** Ends its session timer. */
  stop(): void {
    if (this.#sessionTimer !== null) clearTimeout(this.#sessionTimer);
  }

  /** Resolves when the rebalance is over; a join that already waits is told that another took its place. */
  awaitJoin(): Promise<JoinAnswer> {
    this.answerJoin({ errorCode: errorCodes.UNKNOWN_MEMBER_ID, memberId: this.id });
    return new Promise((resolve) => (this.#answerJoin = resolve));
  }

  answerJoin(answer: JoinAnswer): void {
    this.#answerJoin?.(answer);
    this.#answerJoin = null;
  }

  awaitSync(): Promise<SyncAnswer> {
    return new Promise((resolve) => (this.#answerSync = resolve));
  }

  answerSync(answer: SyncAnswer): void {
    this.#answerSync?.(answer);
    this.#answerSync = null;
  }
}
