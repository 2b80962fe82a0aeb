import { VirtualClock } from './virtual-clock.ts';

/**
 * The clock that `--clock TEXT` names: `virtual`, from now on, or `virtual=2026-03-02T09:00:00`, from that moment of the machine's zone. It skips the time in which
 * a program only waits. Undefined for anything else.
 */
export function clockOfOption(text: string): VirtualClock | undefined {
  const [kind, start] = text.split('=', 2);
  if (kind !== 'virtual') return undefined;
  if (start === undefined) return new VirtualClock({ skipsIdleTime: true });
  const startMs = new Date(start).getTime();
  return Number.isNaN(startMs) ? undefined : new VirtualClock({ startMs, skipsIdleTime: true });
}
