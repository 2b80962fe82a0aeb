import { resolveFields, type ParsedFields } from './date-resolve.ts';
import { eras, halves, matchName, months, shortEras, shortName } from './date-names.ts';
import { readPattern, type PatternItem } from './date-pattern.ts';
import { findZone, type Zone } from './time-zone.ts';

/** The instant (with a zone in the text or the session's), or why there is none, in Java's words. */
export type Parsed =
  | { readonly kind: 'local'; readonly micros: bigint; readonly zone: Zone | undefined }
  | { readonly kind: 'failed'; readonly message: string };

type Fields = { -readonly [Name in keyof ParsedFields]: ParsedFields[Name] };
/** Where parsing goes on, or (negative) the complement of where it failed. */
type Position = number;
const failedAt = (at: number): Position => ~at;

/** Parses the whole text by a pattern, with the strictness of `java.time`. Throws only for a wrong pattern. */
export function parseDateTime(text: string, pattern: string): Parsed {
  const items = readPattern(pattern, 'parse');
  const fields: Fields = {};
  const end = parseItems(text, 0, items, fields);
  if (end < 0) return { kind: 'failed', message: `Text '${text}' could not be parsed at index ${~end}` };
  if (end < text.length) {
    return { kind: 'failed', message: `Text '${text}' could not be parsed, unparsed text found at index ${end}` };
  }
  const resolved = resolveFields(fields);
  if (typeof resolved === 'string')
    return { kind: 'failed', message: `Text '${text}' could not be parsed: ${resolved}` };
  return { kind: 'local', micros: resolved, zone: fields.zone };
}

function parseItems(text: string, start: Position, items: readonly PatternItem[], fields: Fields): Position {
  let at = start;
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    if (!item) break;
    at = parseItem(text, at, item, fields, fixedDigitsAfter(items, i));
    if (at < 0) return at;
  }
  return at;
}

function parseItem(
  text: string,
  at: number,
  item: PatternItem,
  fields: Fields,
  reserved: number | undefined,
): Position {
  switch (item.kind) {
    case 'literal':
      return text.slice(at, at + item.text.length).toLowerCase() === item.text.toLowerCase()
        ? at + item.text.length
        : failedAt(at);
    case 'optional': {
      const attempt: Fields = { ...fields };
      const end = parseItems(text, at, item.items, attempt);
      if (end < 0) return at;
      Object.assign(fields, attempt);
      return end;
    }
    case 'field':
      return parseField(text, at, item.letter, item.count, fields, reserved);
  }
}

type NumberRule = {
  readonly minimum: number;
  readonly maximum: number;
  readonly sign: 'normal' | 'exceeds_pad' | 'none';
};

/** Width and sign of the numeric letters, as DateTimeFormatterBuilder appends them. */
function numberRule(letter: string, count: number): NumberRule | undefined {
  if (letter === 'u' || letter === 'y') {
    if (count === 2) return { minimum: 2, maximum: 2, sign: 'none' };
    return { minimum: count, maximum: 19, sign: count < 4 ? 'normal' : 'exceeds_pad' };
  }
  if (letter === 'D' && count > 1) return { minimum: count, maximum: 3, sign: 'none' };
  if ('MLdHhkKmsD'.includes(letter) && count <= 2) {
    return count === 1 ? { minimum: 1, maximum: 19, sign: 'normal' } : { minimum: 2, maximum: 2, sign: 'none' };
  }
  return undefined;
}

/**
 * Digits that the fixed-width numbers right behind item `i` need: in `yyyyMMdd` the year must leave four. `undefined` when item `i` is not such a number
 * or stands alone.
 */
function fixedDigitsAfter(items: readonly PatternItem[], i: number): number | undefined {
  let total = 0;
  for (let next = i + 1; next < items.length; next += 1) {
    const item = items[next];
    const rule = item?.kind === 'field' ? numberRule(item.letter, item.count) : undefined;
    if (!rule || rule.sign !== 'none' || rule.minimum !== rule.maximum) break;
    total += rule.minimum;
  }
  return total === 0 ? undefined : total;
}

const numberNames: Readonly<Record<string, keyof ParsedFields>> = {
  M: 'month',
  L: 'month',
  d: 'day',
  D: 'dayOfYear',
  H: 'hour',
  k: 'clockHour',
  K: 'halfDayHour',
  h: 'clockHalfDayHour',
  m: 'minute',
  s: 'second',
};

function parseField(
  text: string,
  at: number,
  letter: string,
  count: number,
  fields: Fields,
  reserved: number | undefined,
): Position {
  const rule = numberRule(letter, count);
  if (rule) {
    const number = parseNumber(text, at, rule, reserved ?? 0);
    if (typeof number === 'number') return number;
    const value = letter === 'u' || letter === 'y' ? yearValue(number.value, count) : number.value;
    return store(
      fields,
      letter === 'u' ? 'year' : letter === 'y' ? 'yearOfEra' : (numberNames[letter] ?? 'day'),
      value,
      at,
      number.end,
    );
  }
  switch (letter) {
    case 'S':
      return parseFraction(text, at, count, fields);
    case 'M':
    case 'L':
      return parseName(text, at, count === 3 ? months.map(shortName) : months, (index) =>
        store(fields, 'month', index + 1, at, 0),
      );
    case 'a':
      return parseName(text, at, halves, (index) => store(fields, 'half', index, at, 0));
    case 'G':
      return parseName(text, at, count === 4 ? eras : shortEras, (index) => store(fields, 'era', index, at, 0));
    case 'V':
    case 'z':
      return parseZone(
        text,
        at,
        fields,
        /^[A-Za-z][A-Za-z0-9~/._]*(?:[+-]\d{1,2}(?::?\d\d)?)?|^[+-]\d{1,2}(?::?\d\d){0,2}/,
      );
    default:
      return parseZone(text, at, fields, offsetShapes(letter, count));
  }
}

const yearValue = (value: number, count: number): number => (count === 2 ? 2000 + value : value);

/** A field read twice must agree, as in Java. `end` 0 means the caller knows it. */
function store(fields: Fields, name: keyof ParsedFields, value: number, at: number, end: number): Position {
  const known = fields[name];
  if (known !== undefined && known !== value) return failedAt(at);
  Object.assign(fields, { [name]: value });
  return end;
}

function parseName(text: string, at: number, names: readonly string[], found: (index: number) => Position): Position {
  const match = matchName(text, at, names);
  if (!match) return failedAt(at);
  return found(match.index) < 0 ? failedAt(at) : at + match.length;
}

function parseNumber(
  text: string,
  at: number,
  rule: NumberRule,
  reserved: number,
): { readonly value: number; readonly end: number } | Position {
  let position = at;
  const sign = text.charAt(at);
  if (sign === '+' || sign === '-') {
    if (rule.sign === 'none' || (sign === '+' && rule.sign === 'normal')) return failedAt(at);
    position += 1;
  }
  const digits = (/^\d{0,19}/.exec(text.slice(position, position + rule.maximum + reserved)) ?? [''])[0];
  const kept = reserved > 0 ? Math.max(rule.minimum, digits.length - reserved) : digits.length;
  const used = digits.slice(0, Math.min(kept, rule.maximum));
  if (used.length < rule.minimum || used.length === 0) return failedAt(at);
  const end = position + used.length;
  if (sign === '-') return Number(used) === 0 ? failedAt(at) : { value: -Number(used), end };
  if (rule.sign === 'exceeds_pad') {
    const exceeds = used.length > rule.minimum;
    if ((sign === '+') !== exceeds) return failedAt(at);
  }
  return { value: Number(used), end };
}

/** Spark reads one to `count` digits of a fraction. */
function parseFraction(text: string, at: number, count: number, fields: Fields): Position {
  const digits = (/^\d+/.exec(text.slice(at, at + count)) ?? [''])[0];
  if (digits === '') return failedAt(at);
  return store(fields, 'micros', Number(digits.padEnd(9, '0').slice(0, 6)), at, at + digits.length);
}

function parseZone(text: string, at: number, fields: Fields, shape: RegExp): Position {
  const match = shape.exec(text.slice(at));
  const zone = match ? findZone(match[0].toUpperCase() === 'Z' ? 'Z' : match[0]) : undefined;
  if (!match || !zone) return failedAt(at);
  Object.assign(fields, { zone });
  return at + match[0].length;
}

const shapes: Readonly<Record<string, RegExp>> = {
  X1: /^Z|^[+-]\d\d(?:\d\d)?/i,
  X2: /^Z|^[+-]\d{4}/i,
  X3: /^Z|^[+-]\d\d:\d\d/i,
  X4: /^Z|^[+-]\d{4}(?:\d\d)?/i,
  X5: /^Z|^[+-]\d\d:\d\d(?::\d\d)?/i,
  x1: /^[+-]\d\d(?:\d\d)?/,
  x2: /^[+-]\d{4}/,
  x3: /^[+-]\d\d:\d\d/,
  x4: /^[+-]\d{4}(?:\d\d)?/,
  x5: /^[+-]\d\d:\d\d(?::\d\d)?/,
  Z1: /^[+-]\d{4}/,
  Z2: /^[+-]\d{4}/,
  Z3: /^[+-]\d{4}/,
  Z4: /^GMT(?:[+-]\d\d:\d\d(?::\d\d)?)?/i,
  Z5: /^Z|^[+-]\d\d:\d\d(?::\d\d)?/i,
  O1: /^GMT(?:[+-]\d{1,2}(?::\d\d)?)?/i,
  O4: /^GMT(?:[+-]\d\d:\d\d(?::\d\d)?)?/i,
};

const offsetShapes = (letter: string, count: number): RegExp => shapes[`${letter}${count}`] ?? /^$/;
