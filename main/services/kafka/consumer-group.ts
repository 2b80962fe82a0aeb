import { randomUUID } from 'node:crypto';
import { electProtocol } from './elect-protocol.ts';
import { GroupMember } from './group-member.ts';
import type { JoinAnswer, MemberFacts, SyncAnswer } from './group-member.ts';
import { errorCodes } from './protocol-error.ts';
import type { ErrorCode } from './protocol-error.ts';

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

export type JoinRequest = MemberFacts & {
  readonly memberId: string;
  readonly protocolType: string;
  /** Newer clients are first told their id and join again with it, so that a lost answer leaves no ghost behind. */
  readonly mustKnowId: boolean;
};

export type SyncRequest = {
  readonly generationId: number;
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Uint8Array }[];
};

/** One consumer group, by Kafka's classic protocol: members join, the leader assigns, all sync; whoever comes, changes or goes starts a new generation. */
export class ConsumerGroup {
  readonly id: string;
  readonly #initialDelayMs: number;
  readonly #members = new Map<string, GroupMember>();
  /** Ids that were given away and have not joined yet. */
  readonly #pendingIds = new Map<string, NodeJS.Timeout>();
  #state: GroupState = 'Empty';
  #generation = 0;
  #protocolType = '';
  #protocol = '';
  #leader = '';
  #rebalanceTimer: NodeJS.Timeout | null = null;
  /** A group that was empty waits a moment for more members, even when all it knows have joined. */
  #isInitialDelay = false;

  constructor(id: string, initialDelayMs: number) {
    this.id = id;
    this.#initialDelayMs = initialDelayMs;
  }

  get state(): GroupState {
    return this.#state;
  }

  get protocolType(): string {
    return this.#protocolType;
  }

  /** The assignment strategy the members agreed on; empty before. */
  get protocol(): string {
    return this.#protocol;
  }

  get members(): readonly GroupMember[] {
    return [...this.#members.values()];
  }

  async join(request: JoinRequest): Promise<JoinAnswer> {
    const refuse = (errorCode: ErrorCode, memberId = request.memberId): JoinAnswer => ({ errorCode, memberId });
    if (!this.#supports(request)) return refuse(errorCodes.INCONSISTENT_GROUP_PROTOCOL);
    const known = this.#members.get(request.memberId);
    if (known !== undefined) {
      if (known.facts.instanceId !== request.instanceId) return refuse(errorCodes.FENCED_INSTANCE_ID);
      return this.#rejoin(known, request);
    }
    if (request.memberId !== '') {
      if (!this.#forgetPending(request.memberId)) return refuse(this.#refusalOf(request.memberId, request.instanceId));
      return this.#admit(request.memberId, request);
    }
    if (request.instanceId !== null) return this.#joinStatic(request, request.instanceId);
    const id = `${request.clientId === '' ? 'consumer' : request.clientId}-${randomUUID()}`;
    if (!request.mustKnowId) return this.#admit(id, request);
    this.#expect(id, request.sessionTimeoutMs);
    return refuse(errorCodes.MEMBER_ID_REQUIRED, id);
  }

  async sync(request: SyncRequest): Promise<SyncAnswer> {
    const errorCode = this.check(request.memberId, request.instanceId, request.generationId);
    const member = this.#members.get(request.memberId);
    if (errorCode !== errorCodes.NONE || member === undefined) return { errorCode };
    if (
      (request.protocolType ?? this.#protocolType) !== this.#protocolType ||
      (request.protocolName ?? this.#protocol) !== this.#protocol
    )
      return { errorCode: errorCodes.INCONSISTENT_GROUP_PROTOCOL };
    if (this.#state === 'PreparingRebalance') return { errorCode: errorCodes.REBALANCE_IN_PROGRESS };
    if (this.#state === 'Stable') return this.#assignmentOf(member);
    const answer = member.awaitSync();
    if (member.id === this.#leader) this.#assign(request.assignments);
    return answer;
  }

  heartbeat(memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    const errorCode = this.check(memberId, instanceId, generationId);
    if (errorCode !== errorCodes.NONE) return errorCode;
    return this.#state === 'PreparingRebalance' ? errorCodes.REBALANCE_IN_PROGRESS : errorCodes.NONE;
  }

  leave(memberId: string, instanceId: string | null): ErrorCode {
    if (this.#forgetPending(memberId)) {
      this.#completeWhenAllJoined();
      return errorCodes.NONE;
    }
    const byInstance = memberId === '' && instanceId !== null ? this.#memberOf(instanceId) : undefined;
    const member = byInstance ?? this.#members.get(memberId);
    if (member === undefined) return this.#refusalOf(memberId, instanceId);
    this.#remove(member, errorCodes.UNKNOWN_MEMBER_ID);
    return errorCodes.NONE;
  }

  /** Whether this member may speak for this generation; if so it counts as heard of. */
  check(memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    const member = this.#members.get(memberId);
    if (member === undefined) return this.#refusalOf(memberId, instanceId);
    if (generationId !== this.#generation) return errorCodes.ILLEGAL_GENERATION;
    member.touch();
    return errorCodes.NONE;
  }

  /** Ends every timer; members that wait are told to join again. */
  close(): void {
    if (this.#rebalanceTimer !== null) clearTimeout(this.#rebalanceTimer);
    for (const timer of this.#pendingIds.values()) clearTimeout(timer);
    for (const member of this.#members.values()) this.#dismiss(member, errorCodes.REBALANCE_IN_PROGRESS);
  }

  #supports(request: JoinRequest): boolean {
    if (request.protocolType === '' || request.protocols.length === 0) return false;
    const others = this.members.filter(({ id }) => id !== request.memberId);
    if (others.length === 0) return true;
    return (
      request.protocolType === this.#protocolType &&
      request.protocols.some(({ name }) => others.every((member) => member.supports(name)))
    );
  }

  #rejoin(member: GroupMember, request: JoinRequest): Promise<JoinAnswer> | JoinAnswer {
    const isUnchanged = member.hasSameProtocols(request.protocols);
    const mayChangeAssignment = !isUnchanged || (this.#state === 'Stable' && member.id === this.#leader);
    member.update(request);
    member.touch();
    if (this.#state !== 'PreparingRebalance' && !mayChangeAssignment) return this.#joinAnswer(member);
    const answer = member.awaitJoin();
    this.#rebalance();
    return answer;
  }

  #admit(id: string, request: JoinRequest): Promise<JoinAnswer> {
    const member = new GroupMember(id, request, (expired) => this.#remove(expired, errorCodes.UNKNOWN_MEMBER_ID));
    this.#protocolType = request.protocolType;
    // Told before it is counted, so that an empty group is seen as such.
    const answer = member.awaitJoin();
    this.#members.set(id, member);
    this.#rebalance();
    return answer;
  }

  /** A static member that comes back under its instance's name takes over the old one's place; nothing is reassigned unless it now asks for something else. */
  #joinStatic(request: JoinRequest, instanceId: string): Promise<JoinAnswer> | JoinAnswer {
    const id = `${instanceId}-${randomUUID()}`;
    const old = this.#memberOf(instanceId);
    if (old === undefined) return this.#admit(id, request);
    const member = new GroupMember(id, request, (expired) => this.#remove(expired, errorCodes.UNKNOWN_MEMBER_ID));
    member.assignment = old.assignment;
    this.#members.delete(old.id);
    this.#members.set(id, member);
    this.#dismiss(old, errorCodes.FENCED_INSTANCE_ID);
    const leaderBefore = this.#leader;
    if (this.#leader === old.id) this.#leader = id;
    // Named with the old leader, the client follows: the assignment it would make is in force.
    if (this.#state === 'Stable' && old.hasSameProtocols(request.protocols))
      return { ...this.#joinAnswer(member), leader: leaderBefore, members: [] };
    const answer = member.awaitJoin();
    this.#rebalance();
    return answer;
  }

  #rebalance(): void {
    if (this.#state !== 'PreparingRebalance') {
      for (const member of this.#members.values()) member.answerSync({ errorCode: errorCodes.REBALANCE_IN_PROGRESS });
      this.#isInitialDelay = this.#state === 'Empty';
      this.#state = 'PreparingRebalance';
      const longestMs = Math.max(...this.members.map((member) => member.facts.rebalanceTimeoutMs));
      const waitMs = this.#isInitialDelay ? this.#initialDelayMs : longestMs;
      this.#rebalanceTimer = setTimeout(() => this.#complete(), waitMs);
    }
    this.#completeWhenAllJoined();
  }

  #completeWhenAllJoined(): void {
    if (this.#state !== 'PreparingRebalance' || this.#isInitialDelay || this.#pendingIds.size > 0) return;
    if (this.members.every((member) => member.isAwaitingJoin)) this.#complete();
  }

  /** Ends the wait for members: those that joined form the next generation. Static members may still be away. */
  #complete(): void {
    if (this.#rebalanceTimer !== null) clearTimeout(this.#rebalanceTimer);
    this.#isInitialDelay = false;
    for (const member of this.members)
      if (!member.isAwaitingJoin && member.facts.instanceId === null) {
        member.stop();
        this.#members.delete(member.id);
      }
    this.#generation += 1;
    const joined = this.members.filter((member) => member.isAwaitingJoin);
    if (this.#members.size === 0) return this.#becomeEmpty();
    this.#state = 'CompletingRebalance';
    this.#protocol = electProtocol(this.members);
    if (!joined.some((member) => member.id === this.#leader)) this.#leader = joined[0]?.id ?? this.#leader;
    for (const member of joined) {
      member.touch();
      member.answerJoin(this.#joinAnswer(member));
    }
  }

  #becomeEmpty(): void {
    this.#state = 'Empty';
    this.#leader = '';
    this.#protocol = '';
  }

  #joinAnswer(member: GroupMember): JoinAnswer {
    const forLeader = this.members.map(({ id, facts }) => ({
      memberId: id,
      groupInstanceId: facts.instanceId,
      metadata: this.#members.get(id)?.metadataFor(this.#protocol) ?? Buffer.alloc(0),
    }));
    return {
      generationId: this.#generation,
      protocolType: this.#protocolType,
      protocolName: this.#protocol,
      leader: this.#leader,
      memberId: member.id,
      members: member.id === this.#leader ? forLeader : [],
    };
  }

  #assign(assignments: SyncRequest['assignments']): void {
    const byMember = new Map(assignments.map(({ memberId, assignment }) => [memberId, Buffer.from(assignment)]));
    this.#state = 'Stable';
    for (const member of this.#members.values()) {
      member.assignment = byMember.get(member.id) ?? Buffer.alloc(0);
      member.answerSync(this.#assignmentOf(member));
    }
  }

  #assignmentOf(member: GroupMember): SyncAnswer {
    return { protocolType: this.#protocolType, protocolName: this.#protocol, assignment: member.assignment };
  }

  #remove(member: GroupMember, errorCode: ErrorCode): void {
    this.#members.delete(member.id);
    this.#dismiss(member, errorCode);
    if (this.#members.size > 0) this.#rebalance();
    else if (!this.#isInitialDelay) this.#complete();
  }

  #dismiss(member: GroupMember, errorCode: ErrorCode): void {
    member.stop();
    member.answerJoin({ errorCode, memberId: member.id });
    member.answerSync({ errorCode });
  }

  #expect(id: string, timeoutMs: number): void {
    const timer = setTimeout(() => this.leave(id, null), timeoutMs);
    timer.unref();
    this.#pendingIds.set(id, timer);
  }

  #forgetPending(id: string): boolean {
    clearTimeout(this.#pendingIds.get(id));
    return this.#pendingIds.delete(id);
  }

  #memberOf(instanceId: string): GroupMember | undefined {
    return this.members.find((member) => member.facts.instanceId === instanceId);
  }

  #refusalOf(memberId: string, instanceId: string | null): ErrorCode {
    const holder = instanceId === null ? undefined : this.#memberOf(instanceId);
    return holder !== undefined && holder.id !== memberId
      ? errorCodes.FENCED_INSTANCE_ID
      : errorCodes.UNKNOWN_MEMBER_ID;
  }
}
