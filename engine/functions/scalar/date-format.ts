import { dateOfDays, dayOfYear, splitMicros, twoDigits, type CalendarDate } from './date-calendar.ts';
import { eras, months, shortEras, shortName, weekdays } from './date-names.ts';
import { readPattern, type PatternItem } from './date-pattern.ts';
import { offsetSeconds, zoneId, type Zone } from './time-zone.ts';

type Moment = {
  readonly date: CalendarDate;
  readonly days: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: string;
  readonly zone: Zone;
  readonly offset: number;
  readonly utcMs: number;
};

/** Java's text of an instant (UTC microseconds) in a zone. Throws only for a wrong pattern. */
export function formatDateTime(utcMicros: bigint, pattern: string, zone: Zone): string {
  const items = readPattern(pattern, 'format');
  const utcMs = Number((utcMicros - (((utcMicros % 1000n) + 1000n) % 1000n)) / 1000n);
  const offset = offsetSeconds(zone, utcMs);
  const { days, microsOfDay } = splitMicros(utcMicros + BigInt(offset) * 1_000_000n);
  const seconds = Math.floor(microsOfDay / 1_000_000);
  const moment = {
    date: dateOfDays(days),
    days,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    nanos: String(microsOfDay % 1_000_000)
      .padStart(6, '0')
      .padEnd(9, '0'),
    zone,
    offset,
    utcMs,
  };
  return items.map((item) => formatItem(item, moment)).join('');
}

function formatItem(item: PatternItem, moment: Moment): string {
  switch (item.kind) {
    case 'literal':
      return item.text;
    case 'optional':
      return item.items.map((inner) => formatItem(inner, moment)).join('');
    case 'field':
      return formatField(item.letter, item.count, moment);
  }
}

const padded = (value: number, count: number): string => String(value).padStart(count, '0');

function formatField(letter: string, count: number, moment: Moment): string {
  const { date, hour } = moment;
  switch (letter) {
    case 'G':
      return (count === 4 ? eras : shortEras)[date.year > 0 ? 1 : 0] ?? '';
    case 'u':
      return yearText(date.year, count);
    case 'y':
      return yearText(date.year > 0 ? date.year : 1 - date.year, count);
    case 'M':
    case 'L':
      return named(months[date.month - 1] ?? '', date.month, count);
    case 'd':
      return padded(date.day, count);
    case 'D':
      return padded(dayOfYear(date), count);
    case 'E':
      return named(weekdays[weekday(moment.days)] ?? '', 0, Math.max(count, 3));
    case 'F':
      return String(((date.day - 1) % 7) + 1);
    case 'Q':
    case 'q':
      return quarterText(Math.ceil(date.month / 3), count);
    case 'a':
      return hour < 12 ? 'AM' : 'PM';
    case 'H':
      return padded(hour, count);
    case 'k':
      return padded(hour === 0 ? 24 : hour, count);
    case 'K':
      return padded(hour % 12, count);
    case 'h':
      return padded(hour % 12 === 0 ? 12 : hour % 12, count);
    case 'm':
      return padded(moment.minute, count);
    case 's':
      return padded(moment.second, count);
    case 'S':
      return moment.nanos.slice(0, count);
    case 'g':
      return padded(moment.days + 40_587, count);
    default:
      return zoneText(letter, count, moment);
  }
}

/** Monday is 0; 1970-01-01 was a Thursday. */
const weekday = (days: number): number => (((days + 3) % 7) + 7) % 7;

const named = (name: string, value: number, count: number): string =>
  count <= 2 ? padded(value, count) : count === 3 ? shortName(name) : name;

const quarterText = (quarter: number, count: number): string =>
  count <= 2
    ? padded(quarter, count)
    : count === 3
      ? `Q${quarter}`
      : `${quarter}${['st', 'nd', 'rd', 'th'][quarter - 1] ?? ''} quarter`;

/** Four letters or more: a year that needs more digits carries `+`. */
function yearText(year: number, count: number): string {
  if (count === 2) return twoDigits(((year % 100) + 100) % 100);
  const digits = String(Math.abs(year)).padStart(count, '0');
  return `${year < 0 ? '-' : count >= 4 && digits.length > count ? '+' : ''}${digits}`;
}

function zoneText(letter: string, count: number, { zone, offset, utcMs }: Moment): string {
  switch (letter) {
    case 'V':
      return zoneId(zone);
    case 'z':
      return zoneName(zone, utcMs, count === 4 ? 'long' : 'short');
    case 'O':
      return offset === 0 ? 'GMT' : `GMT${offsetText(offset, count === 4 ? '+HH:MM' : '+H:mm')}`;
    case 'Z':
      if (count === 4) return offset === 0 ? 'GMT' : `GMT${offsetText(offset, '+HH:MM')}`;
      return count === 5 ? (offset === 0 ? 'Z' : offsetText(offset, '+HH:MM')) : offsetText(offset, '+HHMM');
    default: {
      if (letter === 'X' && offset === 0) return 'Z';
      const shape = count === 1 ? '+HHmm' : count === 3 || count === 5 ? '+HH:MM' : '+HHMM';
      return offsetText(offset, shape);
    }
  }
}

function offsetText(offset: number, shape: '+HHmm' | '+HHMM' | '+HH:MM' | '+H:mm'): string {
  const size = Math.abs(offset);
  const [hours, minutes] = [Math.floor(size / 3600), Math.floor(size / 60) % 60];
  const sign = offset < 0 ? '-' : '+';
  switch (shape) {
    case '+HHmm':
      return `${sign}${twoDigits(hours)}${minutes === 0 ? '' : twoDigits(minutes)}`;
    case '+HHMM':
      return `${sign}${twoDigits(hours)}${twoDigits(minutes)}`;
    case '+HH:MM':
      return `${sign}${twoDigits(hours)}:${twoDigits(minutes)}`;
    case '+H:mm':
      return `${sign}${hours}${minutes === 0 ? '' : `:${twoDigits(minutes)}`}`;
  }
}

/** Java prints `CET`, `CEST` where `Intl` in English says `GMT+1`: European zones have their abbreviations only in British English. */
function zoneName(zone: Zone, utcMs: number, style: 'short' | 'long'): string {
  if (zone.kind === 'offset') {
    if (zone.id === 'UTC' || zone.id === 'GMT')
      return style === 'short' ? zone.id : zone.id === 'UTC' ? 'Coordinated Universal Time' : 'Greenwich Mean Time';
    return zone.id;
  }
  const name = (locale: string): string =>
    new Intl.DateTimeFormat(locale, { timeZone: zone.name, timeZoneName: style })
      .formatToParts(utcMs)
      .find((part) => part.type === 'timeZoneName')?.value ?? zone.name;
  const american = name('en-US');
  return style === 'short' && american.startsWith('GMT') ? name('en-GB') : american;
}
