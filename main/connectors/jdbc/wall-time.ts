import { wallClockText } from '../../../engine/core/civil-date.ts';
import { zoneOffset } from '../../../engine/core/zone-offset.ts';

/** MySQL's times are wall clocks: Connector/J reads and writes them in the zone of the Java process, never in the session's. */

const dayMs = 86_400_000;
const dayUs = 86_400_000_000n;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})/;
const clockPattern = /[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?/;

/** Days since 1970 of `2022-05-13`; null for what is no date (`0000-00-00`). */
export function daysOf(text: string): number | null {
  const match = datePattern.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month === 0 || day === 0) return null;
  if (year >= 100) return Date.UTC(year, month - 1, day) / dayMs;
  // Date.UTC takes years below 100 for those of the last century.
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return Math.floor(at.getTime() / dayMs);
}

/**
 * Microseconds of the instant at which the zone's clocks show `2022-05-13 13:36:58.123456`; null for what is no date. Of two instants the later one
 * counts, as in Java's `GregorianCalendar`. In a gap, where there is none, time moves forward by it unless `inGap` throws.
 */
export function instantOf(text: string, zone: string, inGap?: (gapUs: bigint) => never): bigint | null {
  const days = daysOf(text);
  if (days === null) return null;
  const clock = clockPattern.exec(text);
  const wall = BigInt(days) * dayUs + (clock ? clockUs(clock) : 0n);
  const offset = zoneOffset(zone);
  const before = offset(wall - dayUs);
  const after = offset(wall + dayUs);
  if (before === after) return wall - before;
  const later = before < after ? wall - before : wall - after;
  const earlier = before < after ? wall - after : wall - before;
  if (later + offset(later) === wall) return later;
  if (earlier + offset(earlier) === wall) return earlier;
  inGap?.(after - before);
  return wall - before;
}

/** What the zone's clocks show at the instant. */
export const wallText = (us: bigint, zone: string): string => wallClockText(us + zoneOffset(zone)(us));

function clockUs(match: RegExpExecArray): bigint {
  const seconds = (Number(match[1]) * 60 + Number(match[2])) * 60 + Number(match[3]);
  return BigInt(seconds) * 1_000_000n + BigInt((match[4] ?? '').padEnd(6, '0'));
}
