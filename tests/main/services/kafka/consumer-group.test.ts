import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConsumerGroup } from '../../../../main/services/kafka/consumer-group.ts';
import type { JoinRequest } from '../../../../main/services/kafka/consumer-group.ts';

const initialDelayMs = 100;
const illegalGeneration = 22;
const inconsistentProtocol = 23;
const unknownMember = 25;
const rebalanceInProgress = 27;
const memberIdRequired = 79;
const fencedInstance = 82;

const request = (overrides: Partial<JoinRequest> = {}): JoinRequest => ({
  memberId: '',
  instanceId: null,
  clientId: 'prueba',
  clientHost: '/127.0.0.1',
  sessionTimeoutMs: 10_000,
  rebalanceTimeoutMs: 30_000,
  protocolType: 'consumer',
  protocols: [{ name: 'range', metadata: Buffer.from('temas') }],
  mustKnowId: false,
  ...overrides,
});

let group: ConsumerGroup;
beforeEach(() => {
  vi.useFakeTimers();
  group = new ConsumerGroup('grupo', initialDelayMs);
});
afterEach(() => {
  group.close();
  vi.useRealTimers();
});

const sync = (
  memberId: string,
  generationId: number,
  assignments: readonly { memberId: string; assignment: Buffer }[] = [],
) => group.sync({ generationId, memberId, instanceId: null, protocolType: null, protocolName: null, assignments });

/** Two members, stable in their first generation; the first leads. */
async function stablePair(instances: readonly [string | null, string | null] = [null, null]) {
  const joining = instances.map((instanceId) => group.join(request({ instanceId })));
  await vi.advanceTimersByTimeAsync(initialDelayMs);
  const answers = await Promise.all(joining);
  const leader = answers[0]!.leader ?? '';
  const follower = answers.map(({ memberId }) => memberId).find((id) => id !== leader) ?? '';
  const follows = sync(follower, 1);
  await sync(leader, 1, [
    { memberId: leader, assignment: Buffer.from('0') },
    { memberId: follower, assignment: Buffer.from('1') },
  ]);
  expect(String((await follows).assignment)).toBe('1');
  expect(group.state).toBe('Stable');
  return { leader, follower };
}

describe('a consumer group', () => {
  test('waits a moment for more members, then the leader alone sees all of them', async () => {
    const joining = [group.join(request()), group.join(request())];
    await vi.advanceTimersByTimeAsync(initialDelayMs - 1);
    expect(group.state).toBe('PreparingRebalance');
    await vi.advanceTimersByTimeAsync(1);
    const [first, second] = await Promise.all(joining);
    expect([first?.leader, first?.generationId, first?.members?.length]).toEqual([first?.memberId, 1, 2]);
    expect([second?.leader, second?.members]).toEqual([first?.memberId, []]);
  });

  test('tells a newer client its id first; the id is forgotten when it does not come back', async () => {
    const told = await group.join(request({ mustKnowId: true }));
    expect(told.errorCode).toBe(memberIdRequired);
    expect(told.memberId).toMatch(/^prueba-/);
    const joined = group.join(request({ mustKnowId: true, memberId: told.memberId }));
    await vi.advanceTimersByTimeAsync(initialDelayMs);
    expect((await joined).errorCode).toBeUndefined();
    const late = await group.join(request({ mustKnowId: true }));
    await vi.advanceTimersByTimeAsync(10_001);
    expect((await group.join(request({ memberId: late.memberId }))).errorCode).toBe(unknownMember);
  });

  test('starts a new generation when a member joins, and tells the others with their heartbeat', async () => {
    const { leader, follower } = await stablePair();
    const third = group.join(request());
    expect(group.heartbeat(leader, null, 1)).toBe(rebalanceInProgress);
    const again = [leader, follower].map((memberId) => group.join(request({ memberId })));
    const answers = await Promise.all([third, ...again]);
    expect(answers.map(({ generationId }) => generationId)).toEqual([2, 2, 2]);
    expect(group.heartbeat(leader, null, 1)).toBe(illegalGeneration);
    expect(group.heartbeat(leader, null, 2)).toBe(0);
  });

  test('gives up on a member that does not rejoin within its rebalance timeout', async () => {
    const { leader, follower } = await stablePair();
    const third = group.join(request());
    void group.join(request({ memberId: leader }));
    for (let second = 0; second < 30; second += 5) {
      group.heartbeat(follower, null, 1);
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect((await third).generationId).toBe(2);
    expect(group.members.map(({ id }) => id)).not.toContain(follower);
  });

  test('drops a member that is not heard of within its session, and is empty when the last is gone', async () => {
    const { leader, follower } = await stablePair();
    await vi.advanceTimersByTimeAsync(9000);
    expect(group.heartbeat(leader, null, 1)).toBe(0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(group.heartbeat(follower, null, 1)).toBe(unknownMember);
    expect(group.heartbeat(leader, null, 1)).toBe(rebalanceInProgress);
    await vi.advanceTimersByTimeAsync(11_000);
    expect([group.state, group.members.length]).toEqual(['Empty', 0]);
  });

  test('rebalances at once when a member leaves', async () => {
    const { leader, follower } = await stablePair();
    expect(group.leave(follower, null)).toBe(0);
    expect(group.leave(follower, null)).toBe(unknownMember);
    expect((await group.join(request({ memberId: leader }))).members?.length).toBe(1);
  });

  test('lets a follower rejoin unchanged without disturbing anyone; the leader may ask for a new assignment', async () => {
    const { leader, follower } = await stablePair();
    expect((await group.join(request({ memberId: follower }))).generationId).toBe(1);
    expect(group.state).toBe('Stable');
    void group.join(request({ memberId: leader }));
    expect(group.state).toBe('PreparingRebalance');
  });

  test('agrees on the strategy most members prefer of those all have, and refuses who has none of them', async () => {
    const named = (...names: readonly string[]) => names.map((name) => ({ name, metadata: Buffer.from(name) }));
    const joining = [named('a', 'b'), named('b', 'a', 'c'), named('b', 'a')].map((protocols) =>
      group.join(request({ protocols })),
    );
    await vi.advanceTimersByTimeAsync(initialDelayMs);
    const answers = await Promise.all(joining);
    expect(answers.map(({ protocolName }) => protocolName)).toEqual(['b', 'b', 'b']);
    expect((await group.join(request({ protocols: named('c') }))).errorCode).toBe(inconsistentProtocol);
    expect((await group.join(request({ protocolType: 'connect' }))).errorCode).toBe(inconsistentProtocol);
  });

  test('tells members that wait for an assignment when it became void', async () => {
    const joining = [group.join(request()), group.join(request())];
    await vi.advanceTimersByTimeAsync(initialDelayMs);
    const [first, second] = await Promise.all(joining);
    const waiting = sync(second?.memberId ?? '', 1);
    group.leave(first?.memberId ?? '', null);
    expect((await waiting).errorCode).toBe(rebalanceInProgress);
  });
});

describe('a static member', () => {
  test('comes back under its name without a rebalance, and the one it replaces is fenced', async () => {
    const { follower } = await stablePair(['uno', 'dos']);
    const back = await group.join(request({ instanceId: 'dos' }));
    expect([back.errorCode, back.generationId, group.state]).toEqual([undefined, 1, 'Stable']);
    expect(back.memberId).not.toBe(follower);
    const assigned = await group.sync({
      generationId: 1,
      memberId: back.memberId,
      instanceId: 'dos',
      protocolType: null,
      protocolName: null,
      assignments: [],
    });
    expect(String(assigned.assignment)).toBe('1');
    expect(group.heartbeat(follower, 'dos', 1)).toBe(fencedInstance);
  });

  test('leaves by its name', async () => {
    await stablePair(['uno', 'dos']);
    expect(group.leave('', 'dos')).toBe(0);
    expect(group.members.map(({ facts }) => facts.instanceId)).toEqual(['uno']);
  });
});
