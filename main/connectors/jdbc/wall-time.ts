import { wallClockText } from '../../../engine/core/civil-date.ts';
import { zoneOffset } from '../../../engine/core/zone-offset.ts';

/** MySQL's times are wall clocks: Connector/J reads and writes them in the zone of the Java process, never in the session's. */

const dayMs = 86_400_000;
const dayUs = 86_400_000_000n;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})/;
const clockPattern = /^.{10}[ T]\d{2}:\d{2}:\d{2}/;
const dayLength = '2022-05-13'.length;
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
  const day = dayOf(text.slice(0, dayLength), zone);
  if (day === null) return null;
  const wall = BigInt(day.startMs + clockMs(text)) * 1000n + fractionUs(text);
  if (day.offset !== null) return wall - day.offset;
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

/** `offset`: the zone's, where it is the same from the day before to the day after. */
type Day = { readonly startMs: number; readonly offset: bigint | null };

/** Tables hold many times of few days. */
const mostDays = 10_000;
const daysOfZones = new Map<string, Map<string, Day | null>>();

function dayOf(text: string, zone: string): Day | null {
  let known = daysOfZones.get(zone);
  if (known === undefined || known.size > mostDays) daysOfZones.set(zone, (known = new Map()));
  let day = known.get(text);
  if (day === undefined) known.set(text, (day = newDay(text, zone)));
  return day;
}

function newDay(text: string, zone: string): Day | null {
  const days = daysOf(text);
  if (days === null) return null;
  const offset = zoneOffset(zone);
  const [first = 0n, ...others] = [-1, 0, 1, 2].map((away) => offset(BigInt(days + away) * dayUs));
  return { startMs: days * dayMs, offset: others.every((other) => other === first) ? first : null };
}

/** What the zone's clocks show at the instant. */
export const wallText = (us: bigint, zone: string): string => wallClockText(us + zoneOffset(zone)(us));

/** Whole seconds of the clock behind the date, as milliseconds; 0 without one. */
const clockMs = (text: string): number =>
  clockPattern.test(text) ? ((digitsAt(text, 11) * 60 + digitsAt(text, 14)) * 60 + digitsAt(text, 17)) * 1000 : 0;

const digitsAt = (text: string, at: number): number =>
  (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero;

/** Microseconds behind the seconds. */
const fractionUs = (text: string): bigint => (text.charAt(19) === '.' ? BigInt(text.slice(20, 26).padEnd(6, '0')) : 0n);
