/** Reads dates and times of typed literals as Spark's `stringToDate` and `stringToTimestamp`. */

export type Now = { readonly nowMs: number | undefined; readonly zone: string };

const microsPerDay = 86_400_000_000n;

/** Days since 1970, or undefined for text that is no date. `2024`, `2024-5` and a time after the day are accepted. */
export function readDate(text: string, now: Now): number | undefined {
  const special = specialDate(text.trim().toLowerCase(), now);
  if (special !== undefined) return special;
  const match = /^([+-]?\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T][^]*)?)?)?$/.exec(text.trim());
  return match ? daysOf(match[1], match[2], match[3]) : undefined;
}

/** Microseconds since 1970: of the instant, or with `isLocal` of the wall clock, where a zone in the text counts for nothing. */
export function readTimestamp(text: string, now: Now, isLocal = false): bigint | undefined {
  const trimmed = text.trim();
  const word = trimmed.toLowerCase();
  if (word === 'epoch') return 0n;
  if (word === 'now' && now.nowMs !== undefined)
    return BigInt(now.nowMs) * 1000n + (isLocal ? offsetAt(now.nowMs, now.zone) : 0n);
  const special = specialDate(word, now);
  if (special !== undefined) return toInstant(BigInt(special) * microsPerDay, now.zone, isLocal);
  const match =
    /^(?:([+-]?\d{4,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?)?(?:(?:^T?|(?<=\d)[ T])(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?(.*))?$/.exec(
      trimmed,
    );
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zoneText] = match;
  if (hour !== undefined && (year === undefined ? minute === undefined : day === undefined)) return undefined;
  const days = year === undefined ? today(now) : daysOf(year, month, day);
  const time = microsOf(hour, minute, second, fraction);
  if (days === undefined || time === undefined) return undefined;
  const zone = zoneText?.trim() ? zoneText.trim() : now.zone;
  if (!isZone(zone)) return undefined;
  return toInstant(BigInt(days) * microsPerDay + time, zone, isLocal);
}

function specialDate(word: string, now: Now): number | undefined {
  if (word === 'epoch') return 0;
  const days = today(now);
  if (days === undefined) return undefined;
  if (word === 'now' || word === 'today') return days;
  if (word === 'tomorrow') return days + 1;
  return word === 'yesterday' ? days - 1 : undefined;
}

function today({ nowMs, zone }: Now): number | undefined {
  if (nowMs === undefined) return undefined;
  const local = BigInt(nowMs) * 1000n + offsetAt(nowMs, zone);
  return Number((local - (((local % microsPerDay) + microsPerDay) % microsPerDay)) / microsPerDay);
}

function daysOf(year = '', month = '1', day = '1'): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  return Math.round(date.getTime() / 86_400_000);
}

function microsOf(hour = '0', minute = '0', second = '0', fraction = ''): bigint | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
}

const offsetText = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/;

function isZone(zone: string): boolean {
  if (offsetText.test(zone)) return true;
  try {
    Intl.DateTimeFormat('en', { timeZone: zoneName(zone) });
    return true;
  } catch {
    return false;
  }
}

const zoneName = (zone: string): string => (/^(Z|UT|GMT|UTC)$/.test(zone) ? 'UTC' : zone);

function toInstant(local: bigint, zone: string, isLocal: boolean): bigint {
  if (isLocal) return local;
  const offset = offsetText.exec(zone);
  if (offset) {
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = offset;
    const total = BigInt((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000_000n;
    return sign === '-' ? local + total : local - total;
  }
  // Twice in autumn: the earlier instant. Never in spring: the clock has moved on by the gap, so the offset before it holds.
  const around = Number(local / 1000n);
  const before = offsetAt(around - 86_400_000, zone);
  const guess = local - before;
  const after = offsetAt(Number(guess / 1000n), zone);
  if (after === before) return guess;
  const other = local - after;
  return offsetAt(Number(other / 1000n), zone) === after ? other : guess;
}

/** Microseconds that the wall clock of a zone is ahead of UTC. */
function offsetAt(ms: number, zone: string): bigint {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zoneName(zone),
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(new Date(ms)).map((part) => [part.type, part.value]));
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
  wall.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
  return BigInt(wall.getTime() - Math.floor(ms / 1000) * 1000) * 1000n;
}
