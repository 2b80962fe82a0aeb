import { SparkError } from '../../core/spark-error.ts';

/** A zone as Java's `ZoneId.of` reads it: an offset from UTC that never changes, or a region of the time zone database. */
export type Zone =
  | { readonly kind: 'offset'; readonly seconds: number; readonly id: string }
  | { readonly kind: 'region'; readonly name: string };

/** Java's `ZoneId.SHORT_IDS`. */
const shortIds: Readonly<Record<string, string>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  AGT: 'America/Argentina/Buenos_Aires',
  ART: 'Africa/Cairo',
  AST: 'America/Anchorage',
  BET: 'America/Sao_Paulo',
  BST: 'Asia/Dhaka',
  CAT: 'Africa/Harare',
  CNT: 'America/St_Johns',
  CST: 'America/Chicago',
  CTT: 'Asia/Shanghai',
  EAT: 'Africa/Addis_Ababa',
  ECT: 'Europe/Paris',
  IET: 'America/Indiana/Indianapolis',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  MIT: 'Pacific/Apia',
  NET: 'Asia/Yerevan',
  NST: 'Pacific/Auckland',
  PLT: 'Asia/Karachi',
  PNT: 'America/Phoenix',
  PRT: 'America/Puerto_Rico',
  PST: 'America/Los_Angeles',
  SST: 'Pacific/Guadalcanal',
  VST: 'Asia/Ho_Chi_Minh',
  EST: '-05:00',
  MST: '-07:00',
  HST: '-10:00',
};

const known = new Map<string, Zone | undefined>();

/** `undefined` for a text that names no zone. */
export function findZone(text: string): Zone | undefined {
  if (!known.has(text)) known.set(text, readZone(text));
  return known.get(text);
}

/** Throws Spark's `DateTimeException` for a text that names no zone. */
export function resolveZone(text: string): Zone {
  const zone = findZone(text);
  if (!zone) throw new SparkError('DateTimeException', `Unknown time-zone ID: ${text}`);
  return zone;
}

function readZone(text: string): Zone | undefined {
  // Spark still takes `+2:30` and `+02:5`.
  const repaired = text.replace(/([+-])(\d):/, '$10$2:').replace(/([+-])(\d\d):(\d)$/, '$1$2:0$3');
  const id = Object.hasOwn(shortIds, repaired) ? (shortIds[repaired] ?? repaired) : repaired;
  if (id === 'Z' || id === 'UTC' || id === 'GMT' || id === 'UT') return { kind: 'offset', seconds: 0, id };
  const prefixed = /^(UTC|GMT|UT)?([+-].*)$/.exec(id);
  if (prefixed) {
    const seconds = readOffset(prefixed[2] ?? '');
    return seconds === undefined ? undefined : { kind: 'offset', seconds, id: (prefixed[1] ?? '') + offsetId(seconds) };
  }
  if (!/^[A-Za-z][A-Za-z0-9~/._+-]+$/.test(id)) return undefined;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: id });
    return id === 'Etc/UTC' || id === 'Etc/GMT' ? { kind: 'offset', seconds: 0, id } : { kind: 'region', name: id };
  } catch {
    return undefined;
  }
}

/** `+h`, `+hh`, `+hh:mm`, `+hhmm`, `+hh:mm:ss`, `+hhmmss`, up to 18 hours. */
function readOffset(text: string): number | undefined {
  const match = /^([+-])(?:(\d)|(\d\d)(?::?(\d\d)(?::?(\d\d))?)?)$/.exec(text);
  if (!match || /^.\d\d:\d{4}$|^.\d{4}:\d\d$/.test(text)) return undefined;
  const [hours, minutes, seconds] = [Number(match[2] ?? match[3]), Number(match[4] ?? 0), Number(match[5] ?? 0)];
  const total = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || total > 18 * 3600) return undefined;
  return match[1] === '-' ? -total : total;
}

/** Java's id of an offset: `Z`, `+02:00`, `-03:30:15`. */
export function offsetId(seconds: number): string {
  if (seconds === 0) return 'Z';
  const size = Math.abs(seconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${rest}`;
}

export const zoneId = (zone: Zone): string => (zone.kind === 'offset' ? zone.id : zone.name);

type Change = { readonly atMs: number; readonly seconds: number };
const formats = new Map<string, Intl.DateTimeFormat>();
const years = new Map<string, readonly Change[]>();

/** Seconds to add to UTC at an instant. */
export function offsetSeconds(zone: Zone, utcMs: number): number {
  if (zone.kind === 'offset') return zone.seconds;
  let seconds = 0;
  for (const change of changesOfYear(zone.name, new Date(utcMs).getUTCFullYear())) {
    if (change.atMs > utcMs) break;
    seconds = change.seconds;
  }
  return seconds;
}

/** The offset at the start of the year, then every change within it. Asked once for each zone and year: 53 probes, then bisection to the second. */
function changesOfYear(name: string, year: number): readonly Change[] {
  const key = `${name} ${year}`;
  const cached = years.get(key);
  if (cached) return cached;
  const week = 7 * 86_400_000;
  const start = yearStart(year);
  const end = yearStart(year + 1);
  const changes: Change[] = [{ atMs: start, seconds: probe(name, start) }];
  let before = changes[0]?.seconds ?? 0;
  for (let low = start; low < end; low += week) {
    const high = Math.min(low + week, end);
    const after = probe(name, high);
    if (after !== before) changes.push({ atMs: bisect(name, low, high, before), seconds: after });
    before = after;
  }
  years.set(key, changes);
  return changes;
}

const yearStart = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

function bisect(name: string, low: number, high: number, before: number): number {
  let [left, right] = [low, high];
  while (right - left > 1000) {
    const middle = Math.floor((left + right) / 2000) * 1000;
    if (probe(name, middle) === before) left = middle;
    else right = middle;
  }
  return right;
}

function probe(name: string, utcMs: number): number {
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(name, format);
  }
  const parts: Record<string, string> = {};
  for (const part of format.formatToParts(utcMs)) parts[part.type] = part.value;
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
  const local =
    new Date(0).setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day'])) +
    (Number(parts['hour']) * 3600 + Number(parts['minute']) * 60 + Number(parts['second'])) * 1000;
  return Math.round((local - Math.floor(utcMs / 1000) * 1000) / 1000);
}

/** Local milliseconds → UTC milliseconds by Java's rule: in an overlap the earlier instant, in a gap forward by its length. */
export function localToUtcMs(zone: Zone, localMs: number): number {
  if (zone.kind === 'offset') return localMs - zone.seconds * 1000;
  const day = 86_400_000;
  const [before, after] = [offsetSeconds(zone, localMs - day), offsetSeconds(zone, localMs + day)];
  // The earlier instant belongs to the offset before the change; in a gap that same offset moves the clock forward.
  const first = localMs - before * 1000;
  if (offsetSeconds(zone, first) === before) return first;
  const second = localMs - after * 1000;
  return offsetSeconds(zone, second) === after ? second : first;
}

/** Every change of a region's offset in the given years, the last one included, and what held before the first of them. */
export function offsetChanges(
  name: string,
  fromYear: number,
  toYear: number,
): { readonly before: number; readonly changes: readonly Change[] } {
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, index) => changesOfYear(name, fromYear + index));
  return { before: years[0]?.[0]?.seconds ?? 0, changes: years.flatMap(([, ...changes]) => changes) };
}

export type Overlaps = { readonly hours: readonly number[]; readonly sizesUs: readonly number[] };
const overlaps = new Map<string, Overlaps>();

/** Local hours in which a region's clocks were ever set back between 1970 and 2037, and by how much. About 20 ms, once for each region. */
export function overlapsOf(name: string): Overlaps {
  const cached = overlaps.get(name);
  if (cached) return cached;
  const hours = new Set<number>();
  const sizes = new Set<number>();
  for (let year = 1970; year <= 2037; year += 1) {
    const [first, ...changes] = changesOfYear(name, year);
    let before = first?.seconds ?? 0;
    for (const { atMs, seconds } of changes) {
      const size = before - seconds;
      before = seconds;
      // A change of several hours is a zone's move across the date line, not an overlap that data meet.
      if (size <= 0 || size > 4 * 3600) continue;
      sizes.add(size * 1_000_000);
      const [from, to] = [atMs + seconds * 1000, atMs + (seconds + size) * 1000];
      for (let at = from; at < to; at += 60_000) hours.add(new Date(at).getUTCHours());
    }
  }
  const found = { hours: [...hours].sort((a, b) => a - b), sizesUs: [...sizes].sort((a, b) => a - b) };
  overlaps.set(name, found);
  return found;
}
