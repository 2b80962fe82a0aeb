/** Proleptic Gregorian calendar, as `java.time`; days count from 1970-01-01. */
export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number };

export const microsPerDay = 86_400_000_000n;
const daysPer400Years = 146_097;

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days of a date; `undefined` where the calendar has no such day. */
export function daysOfDate(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * daysPer400Years +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

export function dateOfDays(days: number): CalendarDate {
  const z = days + 719_468;
  const era = Math.floor(z / daysPer400Years);
  const dayOfEra = z - era * daysPer400Years;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

export const dayOfYear = (date: CalendarDate): number =>
  (daysOfDate(date.year, date.month, date.day) ?? 0) - (daysOfDate(date.year, 1, 1) ?? 0) + 1;

/** Splits microseconds into whole days and the microseconds since that midnight. */
export function splitMicros(micros: bigint): { readonly days: number; readonly microsOfDay: number } {
  const rest = ((micros % microsPerDay) + microsPerDay) % microsPerDay;
  return { days: Number((micros - rest) / microsPerDay), microsOfDay: Number(rest) };
}

export const joinMicros = (days: number, microsOfDay: number): bigint =>
  BigInt(days) * microsPerDay + BigInt(microsOfDay);
export const microsOfTime = (hour: number, minute: number, second: number, micros: number): number =>
  ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros;

export const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `yyyy-MM-dd`; years beyond 9999 carry `+`, as `java.time` prints them. */
export function dateText(days: number): string {
  const { year, month, day } = dateOfDays(days);
  const digits = String(Math.abs(year)).padStart(4, '0');
  return `${year < 0 ? '-' : year > 9999 ? '+' : ''}${digits}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `yyyy-MM-dd HH:mm:ss[.ffffff]`, trailing zeros of the fraction dropped. */
export function timestampText(localMicros: bigint): string {
  const { days, microsOfDay } = splitMicros(localMicros);
  const seconds = Math.floor(microsOfDay / 1_000_000);
  const fraction = String(microsOfDay % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');
  return `${dateText(days)} ${time}${fraction === '' ? '' : `.${fraction}`}`;
}
