import { useEffect, useState } from 'react';
import type { ClockAction } from '../../main/contract/clock-state.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { useModel } from '../store/use-model.ts';

export type ClockActions = {
  /** The clock is on its way: queries work through what it skips. */
  readonly isMoving: boolean;
  readonly pace: (rate: number) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly minute: () => void;
  /** To the next trigger or end of a sleep. */
  readonly next: () => void;
};

const minuteMs = 60_000;

/** Moves the clock; where it arrived, or how it goes now, is said to screen readers. */
export function useClockActions(): ClockActions {
  const { clock, notices, texts } = useModel();
  const { clock: words, format } = texts;
  const [isMoving, setMoving] = useState(false);
  const move = async (action: ClockAction) => {
    setMoving(true);
    try {
      const { mode, rate, nowMs } = await clock.move(action);
      const names = { real: words.real, fast: words.fast(rate), paused: words.paused };
      const time = format.clock(nowMs);
      const isJump = action.kind === 'advance' || action.kind === 'next';
      notices.announce(isJump ? words.spokenMoved(time) : words.spokenMode(names[mode], time));
    } catch (error) {
      notices.toast({ text: words.failed(messageOfFailure(error)), tone: 'bad' });
    } finally {
      setMoving(false);
    }
  };
  return {
    isMoving,
    pace: (rate) => void move({ kind: 'pace', rate }),
    pause: () => void move({ kind: 'pause' }),
    resume: () => void move({ kind: 'resume' }),
    minute: () => void move({ kind: 'advance', ms: minuteMs }),
    next: () => void move({ kind: 'next' }),
  };
}

/** Alt+→ a minute, Alt+Shift+→ to the next trigger, wherever one is; the browser would go forward in its history. */
export function useClockKeys({ isMoving, minute, next }: ClockActions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'ArrowRight' || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (isMoving) return;
      if (event.shiftKey) next();
      else minute();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isMoving, minute, next]);
}
