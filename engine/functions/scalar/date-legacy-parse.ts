import { daysInMonth, daysOfDate, joinMicros, microsOfTime } from './date-calendar.ts';
import { eras, halves, matchName, months, shortEras, shortName, weekdays } from './date-names.ts';
import { isSimpleDateFormat } from './date-pattern.ts';
import { findZone, localToUtcMs, type Zone } from './time-zone.ts';

type Fields = Map<string, number>;
type State = { at: number; readonly fields: Fields; zone: Zone | undefined };

/**
 * Java's SimpleDateFormat with `lenient=false`, as Spark 2 parsed: UTC microseconds (whole milliseconds), or undefined. Numbers take as many digits as there
 * are, blanks before them are skipped, text behind the last field is ignored.
 */
export function parseLegacy(text: string, pattern: string, session: Zone): bigint | undefined {
  if (!isSimpleDateFormat(pattern)) return undefined;
  const state: State = { at: 0, fields: new Map(), zone: undefined };
  const items = legacyItems(pattern);
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    if (item && !parseLegacyItem(text, state, item, isNumber(items[i + 1]))) return undefined;
  }
  const local = resolveLegacy(state.fields);
  return local === undefined ? undefined : BigInt(localToUtcMs(state.zone ?? session, Number(local / 1000n))) * 1000n;
}

export type LegacyItem = { readonly letter: string; readonly count: number } | { readonly literal: string };

const isNumber = (item: LegacyItem | undefined): boolean =>
  item !== undefined &&
  'letter' in item &&
  ('yuDdHhkKmsSFwW'.includes(item.letter) || ('ML'.includes(item.letter) && item.count < 3));

/** Letters and literals of a SimpleDateFormat pattern. */
export function legacyItems(pattern: string): readonly LegacyItem[] {
  const items: LegacyItem[] = [];
  for (const [piece] of pattern.matchAll(/''|'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']/g)) {
    if (piece === "''") items.push({ literal: "'" });
    else if (piece.startsWith("'")) items.push({ literal: piece.slice(1, -1).replaceAll("''", "'") });
    else if (/[A-Za-z]/.test(piece)) items.push({ letter: piece.charAt(0), count: piece.length });
    else items.push({ literal: piece });
  }
  return items;
}

function parseLegacyItem(text: string, state: State, item: LegacyItem, adjacent: boolean): boolean {
  if ('literal' in item) {
    if (!text.startsWith(item.literal, state.at)) return false;
    state.at += item.literal.length;
    return true;
  }
  while (text.charAt(state.at) === ' ' || text.charAt(state.at) === '\t') state.at += 1;
  if (state.at >= text.length) return false;
  return isNumber(item) ? legacyNumber(text, state, item, adjacent) : legacyText(text, state, item.letter);
}

function legacyNumber(
  text: string,
  state: State,
  { letter, count }: { letter: string; count: number },
  adjacent: boolean,
): boolean {
  const source = adjacent ? text.slice(state.at, state.at + count) : text.slice(state.at);
  const digits = /^-?\d+/.exec(source)?.[0];
  if (digits === undefined || (adjacent && source.length < count)) return false;
  state.at += digits.length;
  const value = Number(digits);
  const isShortYear = (letter === 'y' || letter === 'Y') && count <= 2 && /^\d\d$/.test(digits);
  // Two-digit years fall within 80 years before and 20 after now.
  state.fields.set(letter === 'L' ? 'M' : letter, isShortYear ? centuryOf(value) : value);
  return true;
}

function centuryOf(twoDigits: number): number {
  const now = new Date().getUTCFullYear();
  const start = now - 80;
  const candidate = Math.floor(start / 100) * 100 + twoDigits;
  return candidate < start ? candidate + 100 : candidate;
}

function legacyText(text: string, state: State, letter: string): boolean {
  const take = (names: readonly string[], set: (index: number) => void): boolean => {
    const match = matchName(text, state.at, names);
    if (!match) return false;
    state.at += match.length;
    set(match.index);
    return true;
  };
  switch (letter) {
    case 'M':
    case 'L':
      return take([...months, ...months.map(shortName)], (index) => state.fields.set('M', (index % 12) + 1));
    case 'E':
      return take([...weekdays, ...weekdays.map(shortName)], () => undefined);
    case 'a':
      return take(halves, (index) => state.fields.set('a', index));
    case 'G':
      return take([...eras, ...shortEras], (index) => state.fields.set('G', index % 2));
    default:
      return legacyZone(text, state);
  }
}

function legacyZone(text: string, state: State): boolean {
  const match = /^(?:GMT)?[+-]\d{1,2}(?::?\d\d)?|^[A-Za-z][A-Za-z0-9/_]*/.exec(text.slice(state.at));
  const zone = match ? findZone(match[0]) : undefined;
  if (!match || !zone) return false;
  state.at += match[0].length;
  state.zone = zone;
  return true;
}

const limits: Readonly<Record<string, readonly [number, number]>> = {
  M: [1, 12],
  d: [1, 31],
  D: [1, 366],
  H: [0, 23],
  k: [1, 24],
  K: [0, 11],
  h: [1, 12],
  m: [0, 59],
  s: [0, 59],
  S: [0, 999],
};

function resolveLegacy(fields: Fields): bigint | undefined {
  for (const [letter, [low, high]] of Object.entries(limits)) {
    const value = fields.get(letter);
    if (value !== undefined && (value < low || value > high)) return undefined;
  }
  const given = fields.get('y') ?? 1970;
  if (fields.has('y') && given < 1) return undefined;
  const year = fields.get('G') === 0 ? 1 - given : given;
  const dayOfYear = fields.get('D');
  const [month, day] = [fields.get('M') ?? 1, fields.get('d') ?? 1];
  if (day > daysInMonth(year, month)) return undefined;
  const days =
    dayOfYear !== undefined && !fields.has('d')
      ? (daysOfDate(year, 1, 1) ?? 0) + dayOfYear - 1
      : daysOfDate(year, month, day);
  if (days === undefined) return undefined;
  const half = fields.get('K') ?? (fields.has('h') ? (fields.get('h') ?? 0) % 12 : 0);
  const hour = fields.get('H') ?? (fields.has('k') ? (fields.get('k') ?? 0) % 24 : half + (fields.get('a') ?? 0) * 12);
  return joinMicros(
    days,
    microsOfTime(hour, fields.get('m') ?? 0, fields.get('s') ?? 0, (fields.get('S') ?? 0) * 1000),
  );
}
