import type { CommittedOffset, CommittedOffsets } from './committed-offsets.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { JoinRequest, SyncRequest } from './consumer-group.ts';
import type { GroupMember, JoinAnswer, SyncAnswer } from './group-member.ts';
import { errorCodes } from './protocol-error.ts';
import type { ErrorCode } from './protocol-error.ts';

/** Kafka waits three seconds for more members of a new group; here a consumer is ready at once, and two that start together still share. */
const initialDelayMs = 100;
/** Kafka's limits. */
const minSessionTimeoutMs = 6000;
const maxSessionTimeoutMs = 1_800_000;

export type GroupView = {
  readonly id: string;
  readonly state: ConsumerGroup['state'] | 'Dead';
  readonly protocolType: string;
  readonly protocol: string;
  readonly members: readonly GroupMember[];
};

/** The consumer groups of the broker: those with members, and those that only have offsets. */
export class GroupCoordinator {
  readonly offsets: CommittedOffsets;
  readonly #groups = new Map<string, ConsumerGroup>();

  constructor(offsets: CommittedOffsets) {
    this.offsets = offsets;
  }

  async join(groupId: string, request: JoinRequest): Promise<JoinAnswer> {
    const { memberId, sessionTimeoutMs } = request;
    if (groupId === '') return { errorCode: errorCodes.INVALID_GROUP_ID, memberId };
    if (sessionTimeoutMs < minSessionTimeoutMs || sessionTimeoutMs > maxSessionTimeoutMs)
      return { errorCode: errorCodes.INVALID_SESSION_TIMEOUT, memberId };
    const known = this.#groups.get(groupId);
    if (known === undefined && memberId !== '') return { errorCode: errorCodes.UNKNOWN_MEMBER_ID, memberId };
    const group = known ?? new ConsumerGroup(groupId, initialDelayMs);
    this.#groups.set(groupId, group);
    return group.join(request);
  }

  async sync(groupId: string, request: SyncRequest): Promise<SyncAnswer> {
    return this.#groups.get(groupId)?.sync(request) ?? { errorCode: errorCodes.UNKNOWN_MEMBER_ID };
  }

  heartbeat(groupId: string, memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    return this.#groups.get(groupId)?.heartbeat(memberId, instanceId, generationId) ?? errorCodes.UNKNOWN_MEMBER_ID;
  }

  leave(groupId: string, memberId: string, instanceId: string | null): ErrorCode {
    return this.#groups.get(groupId)?.leave(memberId, instanceId) ?? errorCodes.UNKNOWN_MEMBER_ID;
  }

  /** Whether this member may commit. A consumer that assigns itself (generation -1) may as long as the group has no members. */
  checkCommit(groupId: string, memberId: string, instanceId: string | null, generationId: number): ErrorCode {
    const group = this.#groups.get(groupId);
    if (generationId < 0) return (group?.members.length ?? 0) === 0 ? errorCodes.NONE : errorCodes.UNKNOWN_MEMBER_ID;
    if (group === undefined) return errorCodes.ILLEGAL_GENERATION;
    const errorCode = group.check(memberId, instanceId, generationId);
    return errorCode === errorCodes.NONE && group.state === 'CompletingRebalance'
      ? errorCodes.REBALANCE_IN_PROGRESS
      : errorCode;
  }

  list(): readonly GroupView[] {
    return [...new Set([...this.#groups.keys(), ...this.offsets.groups()])].map((id) => this.describe(id));
  }

  /** A group nobody has heard of is described as dead, as in Kafka. */
  describe(groupId: string): GroupView {
    const group = this.#groups.get(groupId);
    if (group !== undefined)
      return {
        id: groupId,
        state: group.state,
        protocolType: group.protocolType,
        protocol: group.protocol,
        members: group.members,
      };
    const hasOffsets = this.offsets.of(groupId).length > 0;
    const protocolType = hasOffsets ? 'consumer' : '';
    return { id: groupId, state: hasOffsets ? 'Empty' : 'Dead', protocolType, protocol: '', members: [] };
  }

  /** Deletes a group without members, its offsets with it. */
  delete(groupId: string): ErrorCode {
    const view = this.describe(groupId);
    if (view.state === 'Dead') return errorCodes.GROUP_ID_NOT_FOUND;
    if (view.members.length > 0) return errorCodes.NON_EMPTY_GROUP;
    this.offsets.deleteGroup(groupId);
    this.#groups.get(groupId)?.close();
    this.#groups.delete(groupId);
    return errorCodes.NONE;
  }

  /** Deletes offsets of a group that has no members. */
  deleteOffsets(groupId: string, places: readonly Pick<CommittedOffset, 'topic' | 'partition'>[]): ErrorCode {
    const view = this.describe(groupId);
    if (view.state === 'Dead') return errorCodes.GROUP_ID_NOT_FOUND;
    if (view.members.length > 0) return errorCodes.NON_EMPTY_GROUP;
    this.offsets.delete(groupId, places);
    return errorCodes.NONE;
  }

  /** Forgets the groups' members; those that wait are told to join again. The offsets stay. */
  close(): void {
    for (const group of this.#groups.values()) group.close();
    this.#groups.clear();
  }
}
