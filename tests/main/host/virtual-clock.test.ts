import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout', 'setImmediate', 'performance'] });
  vi.setSystemTime(start);
});
afterEach(() => vi.useRealTimers());

/** Notes when each sleep ended, in virtual milliseconds after the start. */
function sleeps(clock: VirtualClock, ...lengths: readonly number[]): number[] {
  const ended: number[] = [];
  for (const ms of lengths) void clock.sleep(ms).then(() => ended.push(clock.now() - start));
  return ended;
}

describe('pace', () => {
  test('an untouched clock tells the machine’s time and sleeps as long as the machine', async () => {
    const clock = new VirtualClock();
    const ended = sleeps(clock, 250);
    await vi.advanceTimersByTimeAsync(249);
    expect(clock.now()).toBe(Date.now());
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toEqual([250]);
    expect(clock.state()).toEqual({ mode: 'real', rate: 1, nowMs: Date.now(), aheadMs: 0, nextMs: null });
  });

  test('at 60 a minute takes a second, for a sleep that had already begun too', async () => {
    const clock = new VirtualClock();
    const ended = sleeps(clock, 2 * minute);
    clock.setRate(60);
    await vi.advanceTimersByTimeAsync(1000);
    expect(clock.now() - start).toBe(minute);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toEqual([2 * minute]);
  });

  test('back at the machine’s pace it stays ahead: time never goes back', async () => {
    const clock = new VirtualClock();
    clock.setRate(60);
    await vi.advanceTimersByTimeAsync(1000);
    clock.setRate(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(clock.state()).toMatchObject({ mode: 'real', nowMs: start + minute + 1000, aheadMs: minute - 1000 });
  });

  test('in a pause nobody wakes; afterwards the rest of the sleep is slept at the pace of before', async () => {
    const clock = new VirtualClock();
    clock.setRate(60);
    const ended = sleeps(clock, minute);
    await vi.advanceTimersByTimeAsync(500);
    clock.pause();
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(ended).toEqual([]);
    expect(clock.state()).toMatchObject({ mode: 'paused', rate: 60, nowMs: start + minute / 2 });
    clock.resume();
    await vi.advanceTimersByTimeAsync(500);
    expect(ended).toEqual([minute]);
  });

  test('a sleep ends at once when its signal aborts, paused or not', async () => {
    const clock = new VirtualClock();
    clock.pause();
    const stop = new AbortController();
    const sleep = clock.sleep(minute, stop.signal);
    stop.abort();
    await sleep;
    await clock.sleep(minute, stop.signal);
    expect(clock.state().nextMs).toBeNull();
  });
});

describe('a paused clock that is moved', () => {
  test('+1 min passes through every trigger on its way, each at its own time', async () => {
    const clock = new VirtualClock();
    clock.pause();
    const ticks: number[] = [];
    void (async () => {
      for (;;) {
        await clock.sleep(20_000);
        ticks.push(clock.now() - start);
      }
    })();
    const moved = clock.advance(minute);
    await vi.advanceTimersByTimeAsync(100);
    await moved;
    expect(ticks).toEqual([20_000, 40_000, minute]);
    expect(clock.now() - start).toBe(minute);
  });

  test('work that a trigger starts is waited for before time goes on', async () => {
    const clock = new VirtualClock();
    clock.pause();
    const release = clock.hold();
    const seen: number[] = [];
    void clock.forHolders.sleep(10_000).then(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      seen.push(clock.now() - start);
      release();
    });
    const moved = clock.advance(minute);
    await vi.advanceTimersByTimeAsync(400);
    await moved;
    expect(seen).toEqual([10_000]);
    expect(clock.now() - start).toBe(minute);
  });

  test('work that does not end holds it up for two seconds, no longer', async () => {
    const clock = new VirtualClock();
    clock.pause();
    clock.hold();
    const moved = clock.advance(minute);
    await vi.advanceTimersByTimeAsync(1999);
    expect(clock.now()).toBe(start);
    await vi.advanceTimersByTimeAsync(1);
    await moved;
    expect(clock.now() - start).toBe(minute);
  });

  test('pressed three times it moves three minutes', async () => {
    const clock = new VirtualClock();
    clock.pause();
    const moved = Promise.all([clock.advance(minute), clock.advance(minute), clock.advance(minute)]);
    await vi.advanceTimersByTimeAsync(100);
    await moved;
    expect(clock.now() - start).toBe(3 * minute);
  });

  test('a pause ends a move that is under way', async () => {
    const clock = new VirtualClock();
    clock.hold();
    const moved = clock.advance(minute);
    clock.pause();
    await moved;
    await vi.advanceTimersByTimeAsync(5000);
    expect(clock.now()).toBe(start);
  });

  test('to the next trigger leaves out the looks for data of an idle query', async () => {
    const clock = new VirtualClock();
    clock.pause();
    const ended = sleeps(clock, 10, 30_000, 50_000);
    const moved = clock.advanceToNext();
    await vi.advanceTimersByTimeAsync(100);
    await moved;
    expect(clock.now() - start).toBe(30_000);
    expect(ended).toEqual([10, 30_000]);
    expect(clock.state().nextMs).toBe(start + 50_000);
  });

  test('with nothing but looks for data, to the next trigger makes one', async () => {
    const clock = new VirtualClock();
    clock.pause();
    const ended = sleeps(clock, 10);
    const moved = clock.advanceToNext();
    await vi.advanceTimersByTimeAsync(100);
    await moved;
    expect(ended).toEqual([10]);
    await clock.advanceToNext();
    expect(clock.now() - start).toBe(10);
  });

  test('whoever listens hears of every change of pace and of every arrival', async () => {
    const clock = new VirtualClock();
    const heard: string[] = [];
    const stop = clock.onChange(() => heard.push(`${clock.state().mode} ${clock.now() - start}`));
    clock.pause();
    const moved = clock.advance(minute);
    await vi.advanceTimersByTimeAsync(100);
    await moved;
    stop();
    clock.resume();
    expect(heard).toEqual(['paused 0', `paused ${minute}`]);
  });
});

describe('a clock that skips idle time', () => {
  test('jumps from sleeper to sleeper, and goes at the machine’s pace while somebody works', async () => {
    const clock = new VirtualClock({ startMs: 0, skipsIdleTime: true });
    const release = clock.hold();
    const ended: number[] = [];
    const work = (async () => {
      for (let n = 0; n < 3; n += 1) {
        await clock.forHolders.sleep(minute);
        ended.push(clock.now());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      release();
    })();
    await vi.advanceTimersByTimeAsync(500);
    await work;
    expect(ended).toEqual([minute, 2 * minute + 100, 3 * minute + 200]);
  });

  test('waits for a holder even while others sleep', async () => {
    const clock = new VirtualClock({ skipsIdleTime: true });
    const release = clock.hold();
    const ended = sleeps(clock, minute);
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toEqual([]);
    release();
    release();
    await vi.advanceTimersByTimeAsync(10);
    expect(ended).toEqual([minute]);
  });

  test('whoever only waits for another lets go meanwhile', async () => {
    const clock = new VirtualClock({ skipsIdleTime: true });
    clock.hold();
    const query = clock.sleep(minute);
    const waited = clock.lettingGo(() => query);
    await vi.advanceTimersByTimeAsync(10);
    await waited;
    expect(clock.now() - start).toBeGreaterThanOrEqual(minute);
    const later = sleeps(clock, minute);
    await vi.advanceTimersByTimeAsync(1000);
    expect(later).toEqual([]);
  });
});
