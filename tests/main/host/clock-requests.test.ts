import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../../main/host/virtual-clock.ts';
import { TestWindow } from './test-window.ts';

const start = Date.parse('2026-03-02T08:00:00Z');

let window: TestWindow;
beforeEach(async () => void (window = await TestWindow.start({ clock: new VirtualClock({ startMs: start }) })));
afterEach(() => window.close());

/** What windows were told of the clock. */
const told = () => window.heard.flatMap((one) => (one.name === 'clock' ? [one.event.mode] : []));

test('the bar’s buttons move the clock, and every window hears of it', async () => {
  expect(await window.request('clock.get', {})).toMatchObject({ mode: 'real', rate: 1, nextMs: null });
  expect(await window.request('clock.set', { action: { kind: 'pace', rate: 60 } })).toMatchObject({
    mode: 'fast',
    rate: 60,
  });
  const paused = await window.request('clock.set', { action: { kind: 'pause' } });
  expect(paused).toMatchObject({ mode: 'paused', rate: 60 });
  const moved = await window.request('clock.set', { action: { kind: 'advance', ms: 60_000 } });
  expect(moved.nowMs).toBe(paused.nowMs + 60_000);
  // Nothing waits: there is no next trigger to go to.
  expect((await window.request('clock.set', { action: { kind: 'next' } })).nowMs).toBe(moved.nowMs);
  expect(await window.request('clock.set', { action: { kind: 'resume' } })).toMatchObject({ mode: 'fast', rate: 60 });
  expect(told()).toEqual(['fast', 'paused', 'paused', 'fast']);
});

test.each([
  [{ kind: 'pace', rate: 0 }, 'too_small'],
  [{ kind: 'advance', ms: -1 }, 'too_small'],
  [{ kind: 'rewind' }, 'invalid_union'],
])('%j is no action of the clock', async (action, reason) => {
  expect(() => window.request('clock.set', { action: action as never })).toThrow(reason);
  expect((await window.request('clock.get', {})).mode).toBe('real');
});

test('the notebook’s Python tells the time of the window’s clock', async () => {
  await window.request('clock.set', { action: { kind: 'pause' } });
  const { nowMs } = await window.request('clock.get', {});
  const { path } = await window.request('notebook.create', { folder: '', name: 'hora' });
  await window.open(path);
  await window.run('hora', 'import time\nprint(time.time_ns() // 10**6)');
  expect(window.printed('hora')).toBe(`${nowMs}\n`);
});
