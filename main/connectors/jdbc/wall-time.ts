import { wallClockText } from '../../../engine/core/civil-date.ts';
import { zoneOffset } from '../../../engine/core/zone-offset.ts';

/** MySQL's times are wall clocks: Connector/J reads and writes them in the zone of the Java process, never in the session's. */

const dayMs = 86_400_000;
const dayUs = 86_400_000_000n;

/** Days since 1970 of `2022-05-13`; null for what is no date (`0000-00-00`). */
export function daysOf(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month === 0 || day === 0) return null;
  // Date.UTC takes years below 100 for those of the last century.
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return Math.floor(at.getTime() / dayMs);
}

/** Microseconds of the instant at which the zone's clocks show `2022-05-13 13:36:58.123456`; null for what is no date. */
export function instantOf(text: string, zone: string): bigint | null {
  const days = daysOf(text);
  const clock = /[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?/.exec(text);
  if (days === null) return null;
  const wall = BigInt(days) * dayUs + (clock ? clockUs(clock) : 0n);
  const offset = zoneOffset(zone);
  const before = offset(wall - dayUs);
  const after = offset(wall + dayUs);
  if (before === after) return wall - before;
  // Of two instants the earlier one counts; in a gap, where neither holds, time moves forward by it, as in Java.
  const candidates = [wall - before, wall - after].filter((us) => us + offset(us) === wall);
  return candidates.length === 2 ? min(candidates) : (candidates[0] ?? wall - before);
}

/** `HH:mm:ss[.ffffff]` on the first day of 1970. */
export const timeOfDay = (text: string, zone: string): bigint | null => instantOf(`1970-01-01 ${text}`, zone);

/** What the zone's clocks show at the instant. */
export const wallText = (us: bigint, zone: string): string => wallClockText(us + zoneOffset(zone)(us));

const min = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));

function clockUs(match: RegExpExecArray): bigint {
  const seconds = (Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3]);
  return BigInt(seconds) * 1_000_000n + BigInt((match[4] ?? '').padEnd(6, '0'));
}
