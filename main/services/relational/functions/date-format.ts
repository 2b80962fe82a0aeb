import type { JsScalar } from '../../../../engine/core/js-scalar.ts';
import { stringType, timestampType } from '../../../../engine/core/data-type.ts';

export const dateFormatName = 'mariadb_date_format';
export const dateParseName = 'mariadb_str_to_date';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const two = (value: number): string => value.toString().padStart(2, '0');
const hour12 = (date: Date): number => date.getUTCHours() % 12 || 12;
const half = (date: Date): string => (date.getUTCHours() < 12 ? 'AM' : 'PM');

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return `${day}th`;
  return `${day}${['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'}`;
}

const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
/** Weeks that begin on `first` (0 Sunday, 1 Monday); what lies before the first such day is week 0. */
const weekOfYear = (date: Date, first: number): number =>
  Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 7 - first) % 7)) / 7);

type Moment = { readonly date: Date; readonly micros: number };

/** What each letter after `%` prints; any other letter is itself. */
const printers: Readonly<Record<string, (moment: Moment) => string>> = {
  Y: ({ date }) => date.getUTCFullYear().toString().padStart(4, '0'),
  y: ({ date }) => two(date.getUTCFullYear() % 100),
  m: ({ date }) => two(date.getUTCMonth() + 1),
  c: ({ date }) => (date.getUTCMonth() + 1).toString(),
  M: ({ date }) => months[date.getUTCMonth()] ?? '',
  b: ({ date }) => (months[date.getUTCMonth()] ?? '').slice(0, 3),
  d: ({ date }) => two(date.getUTCDate()),
  e: ({ date }) => date.getUTCDate().toString(),
  D: ({ date }) => ordinal(date.getUTCDate()),
  j: ({ date }) => dayOfYear(date).toString().padStart(3, '0'),
  W: ({ date }) => days[date.getUTCDay()] ?? '',
  a: ({ date }) => (days[date.getUTCDay()] ?? '').slice(0, 3),
  w: ({ date }) => date.getUTCDay().toString(),
  U: ({ date }) => two(weekOfYear(date, 0)),
  u: ({ date }) => two(weekOfYear(date, 1)),
  H: ({ date }) => two(date.getUTCHours()),
  k: ({ date }) => date.getUTCHours().toString(),
  h: ({ date }) => two(hour12(date)),
  I: ({ date }) => two(hour12(date)),
  l: ({ date }) => hour12(date).toString(),
  i: ({ date }) => two(date.getUTCMinutes()),
  s: ({ date }) => two(date.getUTCSeconds()),
  S: ({ date }) => two(date.getUTCSeconds()),
  f: ({ micros }) => micros.toString().padStart(6, '0'),
  p: ({ date }) => half(date),
  T: ({ date }) => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`,
  r: ({ date }) => `${two(hour12(date))}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${half(date)}`,
};

function formatMoment(epochMicros: bigint, format: string): string {
  const micros = Number(((epochMicros % 1_000_000n) + 1_000_000n) % 1_000_000n);
  const moment = { date: new Date(Number((epochMicros - BigInt(micros)) / 1000n)), micros };
  return format.replace(/%(.)/gs, (_, letter: string) => printers[letter]?.(moment) ?? letter);
}

type Fields = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  micros: number;
  isAfternoon: boolean | undefined;
};
type Reader = { readonly pattern: string; readonly read: (text: string, fields: Fields) => void };

const digits = (most: number, read: (value: number, fields: Fields) => void): Reader => ({
  pattern: `(\\d{1,${most}})`,
  read: (text, fields) => read(Number(text), fields),
});
const monthName = (length: number | undefined): Reader => ({
  pattern: '([A-Za-z]+)',
  read: (text, fields) => {
    fields.month = months.findIndex((name) => name.slice(0, length).toLowerCase() === text.toLowerCase()) + 1;
  },
});
const hour = digits(2, (value, fields) => (fields.hour = value));
const second = digits(2, (value, fields) => (fields.second = value));
const day = digits(2, (value, fields) => (fields.day = value));
const month = digits(2, (value, fields) => (fields.month = value));

const readers: Readonly<Record<string, Reader>> = {
  Y: digits(4, (value, fields) => (fields.year = value)),
  // Two digits are 1970 to 2069.
  y: digits(2, (value, fields) => (fields.year = value < 70 ? 2000 + value : 1900 + value)),
  m: month,
  c: month,
  M: monthName(undefined),
  b: monthName(3),
  d: day,
  e: day,
  H: hour,
  k: hour,
  h: hour,
  I: hour,
  l: hour,
  i: digits(2, (value, fields) => (fields.minute = value)),
  s: second,
  S: second,
  f: { pattern: '(\\d{1,6})', read: (text, fields) => (fields.micros = Number(text.padEnd(6, '0'))) },
  p: { pattern: '([AaPp][Mm])', read: (text, fields) => (fields.isAfternoon = text.toUpperCase() === 'PM') },
};

/** The moment as text for DuckDB, or null where the text does not follow the format or is no date. */
function parseMoment(text: string, format: string): string | null {
  const used: Reader[] = [];
  const spelled = format.replace('%T', '%H:%i:%s').replace('%r', '%h:%i:%s %p');
  const pattern = spelled.replace(
    /%(.)|([.*+?^${}()|[\]\\])/gs,
    (_, letter: string | undefined, special: string | undefined) => {
      const reader = letter === undefined ? undefined : readers[letter];
      if (reader === undefined) return `\\${special ?? letter ?? ''}`;
      used.push(reader);
      return reader.pattern;
    },
  );
  const match = new RegExp(`^\\s*${pattern}`).exec(text);
  if (match === null) return null;
  const fields: Fields = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    micros: 0,
    isAfternoon: undefined,
  };
  used.forEach((reader, i) => reader.read(match[i + 1] ?? '', fields));
  return momentText(fields);
}

function momentText(fields: Fields): string | null {
  const { year, month, day, minute, second, micros, isAfternoon } = fields;
  const hours = isAfternoon === undefined ? fields.hour : (fields.hour % 12) + (isAfternoon ? 12 : 0);
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDate || hours > 23 || minute > 59 || second > 59) return null;
  const pad = (value: number, size: number): string => value.toString().padStart(size, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)} ${pad(hours, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(micros, 6)}`;
}

/** DATE_FORMAT and STR_TO_DATE, whose letters DuckDB's own functions read otherwise. */
export const dateScalars: readonly JsScalar[] = [
  {
    name: dateFormatName,
    takes: [timestampType, stringType],
    returns: stringType,
    evaluate: (moment, format) => formatMoment(moment as bigint, format as string),
  },
  {
    name: dateParseName,
    takes: [stringType, stringType],
    returns: stringType,
    evaluate: (text, format) => parseMoment(text as string, format as string),
  },
];
