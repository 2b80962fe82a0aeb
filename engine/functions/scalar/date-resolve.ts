import { daysOfDate, isLeapYear, joinMicros, microsOfTime } from './date-calendar.ts';
import type { Zone } from './time-zone.ts';

/** What the fields of a pattern gave; `era` 0 is BC, `half` 1 is PM. */
export type ParsedFields = {
  readonly year?: number;
  readonly yearOfEra?: number;
  readonly era?: number;
  readonly month?: number;
  readonly day?: number;
  readonly dayOfYear?: number;
  readonly hour?: number;
  readonly clockHour?: number;
  readonly halfDayHour?: number;
  readonly clockHalfDayHour?: number;
  readonly half?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly micros?: number;
  readonly zone?: Zone;
};

const ranges: readonly (readonly [keyof ParsedFields, string, number, number])[] = [
  ['month', 'MonthOfYear', 1, 12],
  ['day', 'DayOfMonth', 1, 31],
  ['dayOfYear', 'DayOfYear', 1, 366],
  ['hour', 'HourOfDay', 0, 23],
  ['clockHour', 'ClockHourOfDay', 1, 24],
  ['halfDayHour', 'HourOfAmPm', 0, 11],
  ['clockHalfDayHour', 'ClockHourOfAmPm', 1, 12],
  ['minute', 'MinuteOfHour', 0, 59],
  ['second', 'SecondOfMinute', 0, 59],
];

/** Local microseconds, missing fields as Spark sets them (1970-01-01 00:00:00); or Java's sentence about the field that is wrong. */
export function resolveFields(fields: ParsedFields): bigint | string {
  for (const [name, word, low, high] of ranges) {
    const value = fields[name];
    if (typeof value !== 'number' || (value >= low && value <= high)) continue;
    const most = name === 'day' ? '28/31' : name === 'dayOfYear' ? '365/366' : String(high);
    return `Invalid value for ${word} (valid values ${low} - ${most}): ${value}`;
  }
  const days = resolveDate(fields);
  if (typeof days === 'string') return days;
  return joinMicros(
    days,
    microsOfTime(resolveHour(fields), fields.minute ?? 0, fields.second ?? 0, fields.micros ?? 0),
  );
}

function resolveDate(fields: ParsedFields): number | string {
  const year =
    fields.year ?? (fields.yearOfEra === undefined ? 1970 : fields.era === 0 ? 1 - fields.yearOfEra : fields.yearOfEra);
  if (fields.dayOfYear !== undefined) {
    if (fields.dayOfYear === 366 && !isLeapYear(year))
      return `Invalid date 'DayOfYear 366' as '${year}' is not a leap year`;
    return (daysOfDate(year, 1, 1) ?? 0) + fields.dayOfYear - 1;
  }
  const [month, day] = [fields.month ?? 1, fields.day ?? 1];
  const days = daysOfDate(year, month, day);
  if (days !== undefined) return days;
  if (day === 29) return `Invalid date 'February 29' as '${year}' is not a leap year`;
  return `Invalid date '${monthWord(month)} ${day}'`;
}

const monthWord = (month: number): string =>
  [
    'JANUARY',
    'FEBRUARY',
    'MARCH',
    'APRIL',
    'MAY',
    'JUNE',
    'JULY',
    'AUGUST',
    'SEPTEMBER',
    'OCTOBER',
    'NOVEMBER',
    'DECEMBER',
  ][month - 1] ?? '';

/** Without AM or PM a twelve-hour number is a morning hour; PM alone is noon. */
function resolveHour({ hour, clockHour, halfDayHour, clockHalfDayHour, half }: ParsedFields): number {
  if (hour !== undefined) return hour;
  if (clockHour !== undefined) return clockHour % 24;
  const inHalf = halfDayHour ?? (clockHalfDayHour === undefined ? 0 : clockHalfDayHour % 12);
  return inHalf + (half ?? 0) * 12;
}
