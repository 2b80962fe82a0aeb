import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClockAction, ClockState } from '../../../main/contract/clock-state.ts';
import { ClockBar } from '../../../renderer/clock/clock-bar.tsx';
import { nowOf } from '../../../renderer/clock/clock-store.ts';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { ModelContext } from '../../../renderer/store/use-model.ts';
import { WindowModel } from '../../../renderer/store/window-model.ts';
import { languages } from '../../../renderer/text/texts.ts';

const noon = new Date('2026-11-25T12:00:00').getTime();
const real: ClockState = { mode: 'real', rate: 1, nowMs: noon, aheadMs: 0, nextMs: noon + 2_000 };

beforeEach(() => {
  vi.useFakeTimers({ now: noon });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function shown(first: ClockState = real, after: (action: ClockAction) => ClockState = () => first) {
  const asked: ClockAction[] = [];
  const host = recordedHost(() => ({
    'clock.get': async () => first,
    'clock.set': async ({ action }) => {
      asked.push(action);
      return after(action);
    },
  }));
  const model = new WindowModel(host, languages.es);
  await act(async () => {
    render(
      <ModelContext value={model}>
        <ClockBar />
      </ModelContext>,
    );
    await vi.advanceTimersByTimeAsync(0);
  });
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  return { model, host, asked, pass };
}

describe('the clock between two messages', () => {
  test('goes on at its rate, and stands while paused', () => {
    expect(nowOf({ state: real, heardMs: 1_000 }, 3_000)).toBe(noon + 2_000);
    expect(nowOf({ state: { ...real, mode: 'fast', rate: 60 }, heardMs: 1_000 }, 3_000)).toBe(noon + 120_000);
    expect(nowOf({ state: { ...real, mode: 'paused', rate: 60 }, heardMs: 1_000 }, 3_000)).toBe(noon);
  });

  test('ticks on the screen by itself', async () => {
    const { pass } = await shown();
    expect(screen.getByRole('group', { name: 'Reloj virtual' }).textContent).toContain('12:00:00');
    await pass(2_000);
    expect(screen.getByRole('group').textContent).toContain('12:00:02');
  });
});

describe('the buttons of the clock', () => {
  test('the chosen pace is pressed, and pausing says so in words', async () => {
    const { host } = await shown();
    expect(screen.getByRole('button', { name: 'Real' }).getAttribute('aria-pressed')).toBe('true');
    act(() => host.emit('clock', { ...real, mode: 'paused' }));
    expect(screen.getByRole('button', { name: 'Real' }).getAttribute('aria-pressed')).toBe('false');
    expect(screen.getByText('En pausa')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Reanudar el reloj' })).toBeDefined();
  });

  test('Alt+→ advances a minute and Alt+Shift+→ to the next trigger; where it arrived is spoken', async () => {
    const { model, asked, pass } = await shown(real, () => ({ ...real, nowMs: noon + 60_000, aheadMs: 60_000 }));
    fireEvent.keyDown(window, { key: 'ArrowRight', altKey: true });
    await pass(0);
    expect(model.notices.spoken.get()).toBe('Reloj virtual adelantado: 12:01:00.');
    fireEvent.keyDown(window, { key: 'ArrowRight', altKey: true, shiftKey: true });
    await pass(0);
    expect(asked).toEqual([{ kind: 'advance', ms: 60_000 }, { kind: 'next' }]);
    expect(screen.getByText('12:01:00').title).toBe('Va 1 min por delante de tu reloj.');
  });

  test('there is no next trigger to go to while nothing waits', async () => {
    await shown({ ...real, nextMs: null });
    const next = screen.getByRole<HTMLButtonElement>('button', { name: /siguiente trigger/ });
    expect(next.disabled).toBe(true);
  });
});
