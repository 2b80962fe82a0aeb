import type { DayTimeIntervalType, YearMonthIntervalType } from './data-type.ts';
import type { CalendarInterval } from './spark-value.ts';

const fieldNames = ['day', 'hour', 'minute', 'second'] as const;
const fieldUs = [86_400_000_000n, 3_600_000_000n, 60_000_000n, 1_000_000n] as const;

const fieldRange = (type: DayTimeIntervalType | YearMonthIntervalType): string =>
  (type.start === type.end ? type.start : `${type.start} to ${type.end}`).toUpperCase();

/** `INTERVAL '0 00:02:00' DAY TO SECOND`, `INTERVAL '02' HOUR`. */
export function dayTimeText(us: bigint, type: DayTimeIntervalType): string {
  const first = fieldNames.indexOf(type.start);
  const last = fieldNames.indexOf(type.end);
  let rest = us < 0n ? -us : us;
  let body = '';
  for (let i = first; i <= last; i += 1) {
    const unit = fieldUs[i] ?? 1n;
    const amount = (rest / unit).toString();
    rest %= unit;
    const separator = i === first ? '' : i === 1 ? ' ' : ':';
    body += separator + (i === 0 ? amount : amount.padStart(2, '0'));
  }
  const fraction = type.end === 'second' && rest > 0n ? `.${rest.toString().padStart(6, '0').replace(/0+$/, '')}` : '';
  return `INTERVAL '${us < 0n ? '-' : ''}${body}${fraction}' ${fieldRange(type)}`;
}

/** `INTERVAL '1-2' YEAR TO MONTH`. */
export function yearMonthText(months: number, type: YearMonthIntervalType): string {
  const size = Math.abs(months);
  const years = Math.trunc(size / 12);
  const body = type.start === 'month' ? `${size}` : type.end === 'year' ? `${years}` : `${years}-${size % 12}`;
  return `INTERVAL '${months < 0 ? '-' : ''}${body}' ${fieldRange(type)}`;
}

/** `1 days 3 hours`, `6.5 seconds`; unit words are always plural, nothing at all is `0 seconds`. */
export function calendarIntervalText({ months, days, micros }: Omit<CalendarInterval, 'form'>): string {
  const units: readonly (readonly [number | bigint, string])[] = [
    [Math.trunc(months / 12), 'years'],
    [months % 12, 'months'],
    [days, 'days'],
    [micros / 3_600_000_000n, 'hours'],
    [(micros / 60_000_000n) % 60n, 'minutes'],
  ];
  const pieces = units.filter(([amount]) => Number(amount) !== 0).map(([amount, unit]) => `${amount} ${unit}`);
  const rest = micros % 60_000_000n;
  if (rest !== 0n) pieces.push(`${secondsText(rest)} seconds`);
  return pieces.length === 0 ? '0 seconds' : pieces.join(' ');
}

function secondsText(us: bigint): string {
  const size = us < 0n ? -us : us;
  const fraction = (size % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${us < 0n ? '-' : ''}${size / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}
