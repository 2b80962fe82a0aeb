import { daysOfDate, joinMicros, microsOfTime, splitMicros } from './date-calendar.ts';
import { findZone, localToUtcMs, offsetSeconds, type Zone } from './time-zone.ts';

/** Java's `trimAll`: white space and control characters. */
export function trimAll(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isTrimmed(text, start)) start += 1;
  while (end > start && isTrimmed(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

function isTrimmed(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code <= 0x20 || (code >= 0x7f && code <= 0x9f) || /\s/.test(text.charAt(at));
}

/** What `parseTimestampText` read: local fields, a zone if the text names one, and whether the date was left out. */
export type TimestampParts = {
  readonly segments: readonly number[];
  readonly zone: Zone | undefined;
  readonly onlyTime: boolean;
};

const year = 0;
const day = 2;
const hour = 3;
const second = 5;
const fraction = 6;
const afterFraction = 7;

function validDigits(segment: number, digits: number): boolean {
  if (segment === fraction) return true;
  if (segment === year) return digits >= 4 && digits <= 6;
  if (segment === afterFraction) return digits <= 2;
  return digits > 0 && digits <= 2;
}

/**
 * Spark's `parseTimestampString`: `yyyy[-[m]m[-[d]d]]`, then `T` or a blank and `[h]h[:[m]m[:[s]s[.f…]]]` with a zone behind the seconds; or a time alone.
 * `undefined` for anything else. The segments are year, month, day, hour, minute, second, microseconds.
 */
export function parseTimestampText(text: string): TimestampParts | undefined {
  const source = trimAll(text);
  if (source === '') return undefined;
  const segments = [1, 1, 1, 0, 0, 0, 0, 0, 0];
  let [segment, value, digits, fractionDigits, onlyTime] = [0, 0, 0, 0, false];
  let zoneText: string | undefined;
  const signed = source[0] === '-' || source[0] === '+';
  const close = (): boolean => {
    if (!validDigits(segment, digits)) return false;
    segments[segment] = value;
    [value, digits, segment] = [0, 0, segment + 1];
    return true;
  };
  for (let at = signed ? 1 : 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character >= '0' && character <= '9') {
      if (segment === fraction) fractionDigits += 1;
      if (segment !== fraction || digits < 6) value = value * 10 + Number(character);
      digits += 1;
    } else if (at === 0 && character === 'T') {
      [onlyTime, segment] = [true, hour];
    } else if (segment < day) {
      if (character === '-') {
        if (!close()) return undefined;
      } else if (segment === year && character === ':' && !signed) {
        [onlyTime, segment] = [true, hour];
        if (!close()) return undefined;
      } else return undefined;
    } else if (segment === day) {
      if ((character !== ' ' && character !== 'T') || !close()) return undefined;
    } else if (segment < second) {
      if (character !== ':' || !close()) return undefined;
    } else if (segment === second || segment === fraction) {
      const startsFraction = character === '.' && segment === second;
      if (!close()) return undefined;
      if (startsFraction) continue;
      zoneText = source.slice(at).trim();
      segment = afterFraction;
      break;
    } else return undefined;
  }
  if (!validDigits(segment, digits)) return undefined;
  if (segment < afterFraction) segments[segment] = value;
  for (; fractionDigits < 6; fractionDigits += 1) segments[fraction] = (segments[fraction] ?? 0) * 10;
  const zone = zoneText === undefined ? undefined : findZone(zoneText);
  if (zoneText !== undefined && !zone) return undefined;
  if (source[0] === '-') segments[year] = -(segments[year] ?? 0);
  return { segments, zone, onlyTime };
}

/** Local microseconds of the parts; `undefined` where the calendar or the clock has no such value. */
function localMicros(parts: TimestampParts, today: number | undefined): bigint | undefined {
  const [y = 0, m = 0, d = 0, h = 0, min = 0, s = 0, us = 0] = parts.segments;
  if (h > 23 || min > 59 || s > 59) return undefined;
  const days = parts.onlyTime ? today : daysOfDate(y, m, d);
  return days === undefined ? undefined : joinMicros(days, microsOfTime(h, min, s, us));
}

/** `CAST(text AS TIMESTAMP)`: UTC microseconds, or null. `nowUs` gives the date of a text that has only a time. */
export function textToTimestamp(text: string, session: Zone, nowUs: bigint): bigint | null {
  const parts = parseTimestampText(text);
  if (!parts) return null;
  const zone = parts.zone ?? session;
  const nowMs = Number(nowUs / 1000n);
  const today = parts.onlyTime
    ? splitMicros(BigInt(nowMs + offsetSeconds(zone, nowMs) * 1000) * 1000n).days
    : undefined;
  const local = localMicros(parts, today);
  return local === undefined ? null : localToUtcMicros(zone, local);
}

export function localToUtcMicros(zone: Zone, local: bigint): bigint {
  const rest = ((local % 1000n) + 1000n) % 1000n;
  return BigInt(localToUtcMs(zone, Number((local - rest) / 1000n))) * 1000n + rest;
}

/** `CAST(text AS TIMESTAMP_NTZ)`: the zone in the text, if any, is read and forgotten. */
export function textToTimestampNtz(text: string): bigint | null {
  const parts = parseTimestampText(text);
  return parts && !parts.onlyTime ? (localMicros(parts, undefined) ?? null) : null;
}

/** `CAST(text AS DATE)`: `yyyy[-[m]m[-[d]d]]`, anything may follow a day and a blank or `T`. */
export function textToDate(text: string): number | null {
  const match = /^([+-]?)(\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})([ T][\s\S]*)?)?)?$/.exec(trimAll(text));
  if (!match) return null;
  const sign = match[1] === '-' ? -1 : 1;
  return daysOfDate(sign * Number(match[2]), Number(match[3] ?? 1), Number(match[4] ?? 1)) ?? null;
}
