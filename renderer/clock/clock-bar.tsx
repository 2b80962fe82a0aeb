import { Pause, Play, SkipForward } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { ClockState } from '../../main/contract/clock-state.ts';
import { useStore } from '../store/external-store.ts';
import { useModel } from '../store/use-model.ts';
import { nowOf, type HeardClock } from './clock-store.ts';
import { useClockActions, useClockKeys } from './use-clock-actions.ts';
import './clock-bar.css';

/** Virtual seconds for each second of the machine: an hour in a minute. */
const fastRate = 60;

/** The virtual clock, always in the same place: its time, how it goes, and the buttons that move it. */
export function ClockBar() {
  const model = useModel();
  const { clock: texts } = model.texts;
  const heard = useStore(model.clock.state);
  const actions = useClockActions();
  useClockKeys(actions);
  if (heard === null) return null;
  const { mode, nextMs } = heard.state;
  const isPaused = mode === 'paused';
  return (
    <div className="clock" role="group" aria-label={texts.label} data-mode={mode}>
      <ClockTime heard={heard} />
      {actions.isMoving ? <b>{texts.moving}</b> : isPaused ? <b>{texts.paused}</b> : null}
      <PaceButton name={texts.real} isChosen={mode === 'real'} hint={texts.realHint} onClick={() => actions.pace(1)} />
      <PaceButton
        name={texts.fast(fastRate)}
        isChosen={mode === 'fast'}
        hint={texts.fastHint}
        onClick={() => actions.pace(fastRate)}
      />
      <ClockButton
        hint={isPaused ? texts.resume : texts.pause}
        onClick={isPaused ? actions.resume : actions.pause}
        icon={isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
      />
      <button
        type="button"
        className="clock-button"
        title={texts.minuteHint}
        disabled={actions.isMoving}
        onClick={actions.minute}
      >
        {texts.minute}
      </button>
      <ClockButton
        hint={texts.nextHint}
        isDisabled={actions.isMoving || nextMs === null}
        onClick={actions.next}
        icon={<SkipForward size={14} aria-hidden />}
      />
    </div>
  );
}

type PaceButtonProps = {
  readonly name: string;
  readonly isChosen: boolean;
  readonly hint: string;
  readonly onClick: () => void;
};

function PaceButton({ name, isChosen, hint, onClick }: PaceButtonProps) {
  return (
    <button type="button" className="clock-button" aria-pressed={isChosen} title={hint} onClick={onClick}>
      {name}
    </button>
  );
}

type ClockButtonProps = {
  readonly hint: string;
  readonly icon: ReactNode;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
};

function ClockButton({ hint, icon, isDisabled = false, onClick }: ClockButtonProps) {
  return (
    <button
      type="button"
      className="clock-button"
      aria-label={hint}
      title={hint}
      disabled={isDisabled}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}

/** Ticks by itself: nothing else of the window is drawn again for it. */
function ClockTime({ heard }: { readonly heard: HeardClock }) {
  const { clock: texts, format } = useModel().texts;
  const [, tick] = useState(0);
  const { mode, aheadMs } = heard.state;
  useEffect(() => {
    if (mode === 'paused') return;
    const timer = setInterval(() => tick((count) => count + 1), tickMs[mode]);
    return () => clearInterval(timer);
  }, [mode]);
  const isOnTime = Math.abs(aheadMs) < 1000;
  return (
    <time className="clock-time" title={isOnTime ? texts.onTime : texts.ahead(format.duration(aheadMs))}>
      {format.clock(nowOf(heard))}
    </time>
  );
}

/** Fast time shows four steps a second: each is a quarter of a minute. */
const tickMs: Readonly<Record<Exclude<ClockState['mode'], 'paused'>, number>> = { real: 1000, fast: 250 };
