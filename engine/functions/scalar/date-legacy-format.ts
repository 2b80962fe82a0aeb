import { SparkError } from '../../core/spark-error.ts';
import { dateOfDays, dayOfYear, daysOfDate, splitMicros, type CalendarDate } from './date-calendar.ts';
import { formatDateTime } from './date-format.ts';
import { legacyItems, type LegacyItem } from './date-legacy-parse.ts';
import { months, shortEras, shortName, weekdays } from './date-names.ts';
import { offsetSeconds, type Zone } from './time-zone.ts';

type Moment = {
  readonly utcMicros: bigint;
  readonly date: CalendarDate;
  readonly days: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millis: number;
  readonly zone: Zone;
};

/** Java's SimpleDateFormat in `Locale.US`, as Spark 2 printed. Throws `IllegalArgumentException` for a letter it does not know. */
export function formatLegacy(utcMicros: bigint, pattern: string, zone: Zone): string {
  const utcMs = Number((utcMicros - (((utcMicros % 1000n) + 1000n) % 1000n)) / 1000n);
  const { days, microsOfDay } = splitMicros(utcMicros + BigInt(offsetSeconds(zone, utcMs)) * 1_000_000n);
  const seconds = Math.floor(microsOfDay / 1_000_000);
  const moment: Moment = {
    utcMicros,
    date: dateOfDays(days),
    days,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    millis: Math.floor((microsOfDay % 1_000_000) / 1000),
    zone,
  };
  return legacyItems(pattern)
    .map((item) => legacyText(item, moment))
    .join('');
}

const padded = (value: number, count: number): string => String(value).padStart(count, '0');
const yearOfEra = (year: number): number => (year > 0 ? year : 1 - year);
const yearText = (year: number, count: number): string => (count === 2 ? padded(year % 100, 2) : padded(year, count));
/** Sunday is 0. */
const weekday = (days: number): number => (((days + 4) % 7) + 7) % 7;

function legacyText(item: LegacyItem, moment: Moment): string {
  if ('literal' in item) return item.literal;
  const { letter, count } = item;
  const { date, days, hour } = moment;
  switch (letter) {
    case 'G':
      return shortEras[date.year > 0 ? 1 : 0];
    case 'y':
      return yearText(yearOfEra(date.year), count);
    case 'Y':
      return yearText(yearOfEra(weekOf(moment).year), count);
    case 'M':
    case 'L':
      return count < 3
        ? padded(date.month, count)
        : count === 3
          ? shortName(months[date.month - 1] ?? '')
          : (months[date.month - 1] ?? '');
    case 'w':
      return padded(weekOf(moment).week, count);
    case 'W':
      return padded(Math.floor((date.day + weekday(days - date.day + 1) - 1) / 7) + 1, count);
    case 'D':
      return padded(dayOfYear(date), count);
    case 'd':
      return padded(date.day, count);
    case 'F':
      return padded(Math.floor((date.day - 1) / 7) + 1, count);
    case 'E': {
      const name = weekdays[(weekday(days) + 6) % 7] ?? '';
      return count < 4 ? shortName(name) : name;
    }
    case 'u':
      return padded(weekday(days) === 0 ? 7 : weekday(days), count);
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
      return padded(moment.millis, count);
    case 'z':
      return formatDateTime(moment.utcMicros, count < 4 ? 'z' : 'zzzz', moment.zone);
    case 'Z':
      return formatDateTime(moment.utcMicros, 'Z', moment.zone);
    case 'X':
      return formatDateTime(moment.utcMicros, 'X'.repeat(count), moment.zone);
    default:
      throw new SparkError('IllegalArgumentException', `Illegal pattern character '${letter}'`);
  }
}

/** Weeks of the United States: from Sunday, and the first week is the one with January 1st. */
function weekOf({ date, days }: Moment): { readonly year: number; readonly week: number } {
  const firstOf = (year: number): number => {
    const january = daysOfDate(year, 1, 1) ?? 0;
    return january - weekday(january);
  };
  const year = days >= firstOf(date.year + 1) ? date.year + 1 : date.year;
  return { year, week: Math.floor((days - firstOf(year)) / 7) + 1 };
}
