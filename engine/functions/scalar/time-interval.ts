import type { DayTimeField, YearMonthField } from '../../core/data-type.ts';
import { SparkError } from '../../core/spark-error.ts';
import type { CalendarInterval } from '../../core/spark-value.ts';
import { trimAll } from './time-text.ts';

const fields = ['day', 'hour', 'minute', 'second'] as const;
const unitMicros: Readonly<Record<DayTimeField, bigint>> = {
  day: 86_400_000_000n,
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
};

const fieldWords = (start: string, end: string): string => (start === end ? start : `${start} TO ${end}`).toUpperCase();

/** `INTERVAL '1 02:03:04.5' DAY TO SECOND`: the leading field takes everything above it. */
export function dayTimeText(micros: bigint, start: DayTimeField, end: DayTimeField): string {
  const [first, last] = [fields.indexOf(start), fields.indexOf(end)];
  let rest = micros < 0n ? -micros : micros;
  let text = '';
  for (let i = first; i <= last; i += 1) {
    const field = fields[i] ?? 'second';
    const amount = rest / unitMicros[field];
    rest %= unitMicros[field];
    const digits = field === 'day' ? amount.toString() : amount.toString().padStart(2, '0');
    text += i === first ? digits : `${fields[i - 1] === 'day' ? ' ' : ':'}${digits}`;
  }
  const fraction = end === 'second' ? rest.toString().padStart(6, '0').replace(/0+$/, '') : '';
  return `INTERVAL '${micros < 0n ? '-' : ''}${text}${fraction === '' ? '' : `.${fraction}`}' ${fieldWords(start, end)}`;
}

/** `INTERVAL '1-2' YEAR TO MONTH`. */
export function yearMonthText(months: number, start: YearMonthField, end: YearMonthField): string {
  const size = Math.abs(months);
  const years = Math.floor(size / 12);
  const text = start === end ? String(start === 'year' ? years : size) : `${years}-${size % 12}`;
  return `INTERVAL '${months < 0 ? '-' : ''}${text}' ${fieldWords(start, end)}`;
}

/** `1 years 2 months 3 days 4 hours 5 minutes 6.5 seconds`; nothing at all is `0 seconds`. */
export function calendarIntervalText({ months, days, micros }: CalendarInterval): string {
  const parts: string[] = [];
  const add = (value: number | bigint, unit: string): void => {
    if (value !== 0 && value !== 0n) parts.push(`${value} ${unit}`);
  };
  add(Math.trunc(months / 12), 'years');
  add(months % 12, 'months');
  add(days, 'days');
  add(micros / unitMicros.hour, 'hours');
  add((micros / unitMicros.minute) % 60n, 'minutes');
  const seconds = micros % unitMicros.minute;
  if (seconds !== 0n) parts.push(`${secondsText(seconds)} seconds`);
  return parts.length === 0 ? '0 seconds' : parts.join(' ');
}

function secondsText(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const fraction = (size % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${micros < 0n ? '-' : ''}${size / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}

const monthUnits: Readonly<Record<string, number>> = { year: 12, month: 1 };
const dayUnits: Readonly<Record<string, number>> = { week: 7, day: 1 };
const microUnits: Readonly<Record<string, bigint>> = {
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
  millisecond: 1000n,
  microsecond: 1n,
};

/** `2 days 3 hours`, as `CAST(text AS INTERVAL)` reads it; null for anything else. */
export function textToInterval(text: string): CalendarInterval | null {
  const source = trimAll(text)
    .toLowerCase()
    .replace(/^interval\s+/, '');
  if (!/^([+-]?\s*(\d+(\.\d*)?|\.\d+)\s+[a-z]+\s*)+$/.test(source)) return null;
  let [months, days, micros] = [0, 0, 0n];
  for (const [, sign = '', number = '', unit = ''] of source.matchAll(/([+-]?)\s*(\d*\.?\d*)\s+([a-z]+)\s*/g)) {
    const name = unit.replace(/s$/, '');
    const [whole = '', fraction] = number.split('.');
    if (fraction !== undefined && name !== 'second') return null;
    const count = Number(`${sign}${whole === '' ? '0' : whole}`);
    if (Object.hasOwn(monthUnits, name)) months += count * (monthUnits[name] ?? 0);
    else if (Object.hasOwn(dayUnits, name)) days += count * (dayUnits[name] ?? 0);
    else if (Object.hasOwn(microUnits, name)) {
      const part = BigInt((fraction ?? '').padEnd(6, '0').slice(0, 6));
      micros += BigInt(count) * (microUnits[name] ?? 0n) + (sign === '-' ? -part : part);
    } else return null;
  }
  return { form: 'interval', months, days, micros };
}

const shapes: Readonly<Record<string, string>> = {
  'day day': 'd',
  'day hour': 'd h',
  'day minute': 'd h:m',
  'day second': 'd h:m:s.n',
  'hour hour': 'h',
  'hour minute': 'h:m',
  'hour second': 'h:m:s.n',
  'minute minute': 'm',
  'minute second': 'm:s.n',
  'second second': 's.n',
  'year year': 'y',
  'month month': 'm',
  'year month': 'y-m',
};

/** The sign and the numbers of an interval text of the given fields, plain or as an `INTERVAL '…' DAY TO SECOND` literal. */
function intervalNumbers(
  text: string,
  start: string,
  end: string,
  kind: 'day-time' | 'year-month',
): { readonly negative: boolean; readonly numbers: readonly string[] } {
  const shape = shapes[`${start} ${end}`] ?? '';
  const words = fieldWords(start, end);
  const literal = new RegExp(
    `^interval\\s+([+-])?'([+-])?${bodyPattern(shape)}'\\s+${words.replaceAll(' ', '\\s+')}$`,
    'i',
  );
  const plain = new RegExp(`^()([+-])?${bodyPattern(shape)}$`);
  const match = plain.exec(trimAll(text)) ?? literal.exec(trimAll(text));
  if (!match) {
    throw new SparkError(
      'IllegalArgumentException',
      `Interval string does not match ${kind} format of \`[+|-]${shape}\`, \`INTERVAL [+|-]'[+|-]${shape}' ${words}\` when cast to interval ${words.toLowerCase()}: ${text}${kind === 'day-time' ? ', set spark.sql.legacy.fromDayTimeString.enabled to true to restore the behavior before Spark 3.0' : ''}.`,
    );
  }
  return { negative: (match[1] === '-') !== (match[2] === '-'), numbers: match.slice(3) };
}

const bodyPattern = (shape: string): string =>
  shape
    .split(/(s\.n|[a-z])/)
    .map((piece) => (piece === 's.n' ? '(\\d{1,19}(?:\\.\\d{1,9})?)' : /^[a-z]$/.test(piece) ? '(\\d{1,19})' : piece))
    .join('');

/** Microseconds of a day-time interval text. Throws Spark's `IllegalArgumentException`. */
export function textToDayTime(text: string, start: DayTimeField, end: DayTimeField): bigint {
  const { negative, numbers } = intervalNumbers(text, start, end, 'day-time');
  let micros = 0n;
  numbers.forEach((number, i) => {
    const [whole = '0', fraction = ''] = number.split('.');
    const field = fields[fields.indexOf(start) + i] ?? 'second';
    micros += BigInt(whole) * unitMicros[field] + BigInt(fraction.padEnd(6, '0').slice(0, 6));
  });
  return negative ? -micros : micros;
}

/** Months of a year-month interval text. Throws Spark's `IllegalArgumentException`. */
export function textToYearMonth(text: string, start: YearMonthField, end: YearMonthField): number {
  const { negative, numbers } = intervalNumbers(text, start, end, 'year-month');
  const [first = 0, second = 0] = numbers.map(Number);
  const months = start === end ? first * (start === 'year' ? 12 : 1) : first * 12 + second;
  return negative ? -months : months;
}
