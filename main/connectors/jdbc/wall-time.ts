import { wallClockText } from '../../../engine/core/civil-date.ts';
import { zoneOffset } from '../../../engine/core/zone-offset.ts';

/** MySQL's times are wall clocks: Connector/J reads and writes them in the zone of the Java process, never in the session's. */

const dayMs = 86_400_000;
const dayUs = 86_400_000_000n;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})/;
const clockPattern = /^.{10}[ T]\d{2}:\d{2}:\d{2}/;
const zero = 48;

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
  const steady = steadyOffset(days, zone);
  const wall = BigInt(days * dayMs + clockMs(text)) * 1000n + clockUs(text);
  if (steady !== null) return wall - steady;
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

const steadyOffsets = new Map<string, Map<number, bigint | null>>();

/** The zone's offset when it is the same from the day before to the day after, else null; looked up once a day: tables hold many times of few days. */
function steadyOffset(days: number, zone: string): bigint | null {
  const known = steadyOffsets.get(zone) ?? new Map<number, bigint | null>();
  steadyOffsets.set(zone, known);
  const found = known.get(days);
  if (found !== undefined) return found;
  const offset = zoneOffset(zone);
  const [first = 0n, ...others] = [-1, 0, 1, 2].map((away) => offset(BigInt(days + away) * dayUs));
  const steady = others.every((other) => other === first) ? first : null;
  known.set(days, steady);
  return steady;
}

/** What the zone's clocks show at the instant. */
export const wallText = (us: bigint, zone: string): string => wallClockText(us + zoneOffset(zone)(us));

/** Whole seconds of the clock behind the date, as milliseconds; 0 without one. */
function clockMs(text: string): number {
  if (!clockPattern.test(text)) return 0;
  const at = (index: number): number => (text.charCodeAt(index) - zero) * 10 + text.charCodeAt(index + 1) - zero;
  return ((at(11) * 60 + at(14)) * 60 + at(17)) * 1000;
}

/** Microseconds behind the seconds. */
function clockUs(text: string): bigint {
  return text.charAt(19) === '.' ? BigInt(text.slice(20, 26).padEnd(6, '0')) : 0n;
}
