import { decimalText, type CalendarInterval, type SparkValue } from '../core/spark-value.ts';
import { javaDoubleText, javaFloatText } from '../core/java-number-text.ts';
import type { DataType, DayTimeIntervalType, YearMonthIntervalType } from '../core/data-type.ts';

const pad = (value: number | bigint, width = 2): string => value.toString().padStart(width, '0');

/** `2024-01-10`. */
export const dateText = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

/** `2024-01-10 10:00:00.5` for microseconds of a wall clock; trailing zeros of the fraction are cut. */
export function wallClockText(us: bigint): string {
  const seconds = us >= 0n ? us / 1_000_000n : (us - 999_999n) / 1_000_000n;
  const fraction = pad(us - seconds * 1_000_000n, 6).replace(/0+$/, '');
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return fraction ? `${text}.${fraction}` : text;
}

/** Microseconds of the wall clock of a zone at an instant. */
function zonedMicros(us: bigint, zone: string): bigint {
  const ms = Number(us / 1000n);
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(new Date(ms));
  const part = (type: string): number => Number(parts.find((p) => p.type === type)?.value ?? 0);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return BigInt(wall) * 1000n + (((us % 1_000_000n) + 1_000_000n) % 1_000_000n);
}

/** Spark's text of a literal inside a name or message: strings bare, dates and intervals as SQL literals. */
export function literalText(value: SparkValue, type: DataType, zone: string): string {
  if (value === null) return 'NULL';
  switch (type.kind) {
    case 'float':
      return javaFloatText(value as number);
    case 'double':
      return javaDoubleText(value as number);
    case 'date':
      return `DATE '${dateText(value as number)}'`;
    case 'timestamp':
      return `TIMESTAMP '${wallClockText(zonedMicros(value as bigint, zone))}'`;
    case 'timestamp_ntz':
      return `TIMESTAMP_NTZ '${wallClockText(value as bigint)}'`;
    case 'day_time_interval':
      return dayTimeText(value as bigint, type);
    case 'year_month_interval':
      return yearMonthText(value as number, type);
    case 'calendar_interval':
      return `INTERVAL '${calendarText(value as CalendarInterval)}'`;
    case 'binary':
      return `X'${Buffer.from(value as Uint8Array)
        .toString('hex')
        .toUpperCase()}'`;
    default:
      return plainText(value, type, zone);
  }
}

function plainText(value: SparkValue, type: DataType, zone: string): string {
  if (value === null || typeof value !== 'object') return String(value);
  if ('form' in value) {
    if (value.form === 'decimal') return decimalText(value);
    if (value.form === 'struct' && type.kind === 'struct')
      return `STRUCT(${value.values.map((v, i) => `${literalText(v, type.fields[i]?.type ?? { kind: 'void' }, zone)} AS ${type.fields[i]?.name ?? ''}`).join(', ')})`;
    if (value.form === 'map' && type.kind === 'map')
      return `MAP(${value.entries.map(([k, v]) => `${literalText(k, type.key, zone)}, ${literalText(v, type.value, zone)}`).join(', ')})`;
  }
  if (Array.isArray(value) && type.kind === 'array')
    return `ARRAY(${value.map((v: SparkValue) => literalText(v, type.element, zone)).join(', ')})`;
  return JSON.stringify(value);
}

const dayTimeFields = ['day', 'hour', 'minute', 'second'] as const;

/** `INTERVAL '01' HOUR`, `INTERVAL '0 00:02:00' DAY TO SECOND`. */
function dayTimeText(us: bigint, type: DayTimeIntervalType): string {
  const sign = us < 0n ? '-' : '';
  const size = us < 0n ? -us : us;
  const from = dayTimeFields.indexOf(type.start);
  const to = dayTimeFields.indexOf(type.end);
  const units = [86_400_000_000n, 3_600_000_000n, 60_000_000n, 1_000_000n] as const;
  let rest = size;
  const pieces: string[] = [];
  for (let i = from; i <= to; i += 1) {
    const unit = units[i] ?? 1_000_000n;
    const amount = rest / unit;
    rest -= amount * unit;
    pieces.push(i === 0 ? amount.toString() : pad(amount));
  }
  const fraction = to === 3 && rest > 0n ? `.${pad(rest, 6).replace(/0+$/, '')}` : '';
  const [head = '', ...tail] = pieces;
  const body = from === 0 && tail.length > 0 ? `${head} ${tail.join(':')}` : pieces.join(':');
  return `INTERVAL '${sign}${body}${fraction}' ${range(type)}`;
}

function yearMonthText(months: number, type: YearMonthIntervalType): string {
  const sign = months < 0 ? '-' : '';
  const size = Math.abs(months);
  const years = Math.trunc(size / 12);
  const body = type.start === 'month' ? `${size}` : type.end === 'year' ? `${years}` : `${years}-${size % 12}`;
  return `INTERVAL '${sign}${body}' ${range(type)}`;
}

const range = (type: DayTimeIntervalType | YearMonthIntervalType): string =>
  (type.start === type.end ? type.start : `${type.start} TO ${type.end}`).toUpperCase();

/** `2 hours 30 minutes`; unit words are always plural, nothing at all is `0 seconds`. */
export function calendarText(interval: Omit<CalendarInterval, 'form'>): string {
  const pieces: string[] = [];
  const add = (amount: number | bigint | string, unit: string): void => {
    if (amount !== 0 && amount !== 0n && amount !== '0') pieces.push(`${amount} ${unit}`);
  };
  add(Math.trunc(interval.months / 12), 'years');
  add(interval.months % 12, 'months');
  add(interval.days, 'days');
  add(interval.micros / 3_600_000_000n, 'hours');
  add((interval.micros / 60_000_000n) % 60n, 'minutes');
  const micros = interval.micros % 60_000_000n;
  const seconds =
    micros % 1_000_000n === 0n ? `${micros / 1_000_000n}` : (Number(micros) / 1e6).toFixed(6).replace(/0+$/, '');
  add(seconds, 'seconds');
  return pieces.length > 0 ? pieces.join(' ') : '0 seconds';
}
