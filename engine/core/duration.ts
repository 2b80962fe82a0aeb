import { sparkError } from './spark-error.ts';

/** Spark's calendar interval: months and days are kept apart from `micros`, because neither has a fixed length. */
export type Interval = { readonly months: number; readonly days: number; readonly micros: bigint };

const microsPerDay = 86_400_000_000n;
/** Spark's length of a month where a delay must become a number. */
const daysPerMonth = 31n;
const maxInt = 2n ** 31n - 1n;
const maxLong = 2n ** 63n - 1n;
const microsPerUnit = {
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
  millisecond: 1_000n,
  microsecond: 1n,
} as const;
const units = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond', 'microsecond'] as const;

type Unit = (typeof units)[number];
/** Bad text, with Spark's reason; the words of the text are in lower case. */
class Failure {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * Reads `1 hour -30 minutes` as Spark's `IntervalUtils.stringToInterval`: signed whole numbers, a fraction only before seconds, units written out in
 * singular or plural, blanks between all of them, `interval` in front if one likes.
 * Throws IllegalArgumentException `Error parsing '10 min' to interval, invalid unit 'min'`.
 */
export function parseIntervalString(text: string): Interval {
  try {
    return readInterval(text.trim().toLowerCase());
  } catch (failure) {
    if (failure instanceof Failure) throw sparkError('INTERVAL_STRING_SYNTAX', { input: text, reason: failure.reason });
    throw failure;
  }
}

function readInterval(text: string): Interval {
  let rest = text;
  if (rest === '' || rest === 'interval') throw new Failure('interval string cannot be empty');
  if (rest.startsWith('interval')) {
    if (/^interval\S/.test(rest)) throw new Failure(`invalid interval prefix ${firstWord(rest)}`);
    rest = rest.slice('interval'.length).trimStart();
  }
  let total: Interval = { months: 0, days: 0, micros: 0n };
  while (rest !== '') {
    const { value, nanos, afterNumber } = readNumber(rest);
    const { unit, afterUnit } = readUnit(afterNumber, nanos !== undefined);
    total = add(total, unit, value, nanos ?? 0n);
    rest = afterUnit;
  }
  return total;
}

/** `nanos` is undefined without a decimal point; with one, the fraction carries the number's sign. */
function readNumber(text: string): { value: bigint; nanos: bigint | undefined; afterNumber: string } {
  const sign = /^[+-]\s*/.exec(text)?.[0] ?? '';
  const number = firstWord(text.slice(sign.length));
  // Messages show the word with its sign, unless a blank parts them.
  const word = /\s$/.test(sign) ? number : sign + number;
  if (sign === '' && !/^[\d.]/.test(word)) throw new Failure(`unrecognized number '${word}'`);
  if (number === '') throw new Failure(`expect a number after '${sign.trim()}' but hit EOL`);
  const [, whole = '', point, digits = '', extra = ''] = /^(\d*)(\.)?(\d*)(.*)$/.exec(number) ?? [];
  const isBare = whole === '' && (point === undefined || digits === '');
  if (extra !== '' || isBare) throw new Failure(`invalid value '${word}'`);
  if (digits.length > 9) throw new Failure(`interval can only support nanosecond precision, '${word}' is out of range`);
  const value = BigInt(whole || '0');
  if (value > maxLong) throw new Failure('long overflow');
  const after = text.slice(sign.length + number.length);
  if (after === '') throw new Failure(`expect a unit name after '${word}' but hit EOL`);
  const factor = sign.startsWith('-') ? -1n : 1n;
  return {
    value: value * factor,
    nanos: point ? BigInt(digits.padEnd(9, '0')) * factor : undefined,
    afterNumber: after.trimStart(),
  };
}

function readUnit(text: string, hasFraction: boolean): { unit: Unit; afterUnit: string } {
  const word = firstWord(text);
  if (hasFraction && !word.startsWith('s')) throw new Failure(`'${word}' cannot have fractional part`);
  const unit = units.find((name) => word === name || word === `${name}s`);
  if (!unit) throw new Failure(`invalid unit '${word}'`);
  return { unit, afterUnit: text.slice(word.length).trimStart() };
}

const firstWord = (text: string): string => /^\S*/.exec(text)?.[0] ?? '';

function add(total: Interval, unit: Unit, value: bigint, nanos: bigint): Interval {
  switch (unit) {
    case 'year':
    case 'month':
      return { ...total, months: int(BigInt(total.months) + value * (unit === 'year' ? 12n : 1n)) };
    case 'week':
    case 'day':
      return { ...total, days: int(BigInt(total.days) + value * (unit === 'week' ? 7n : 1n)) };
    default:
      return { ...total, micros: long(total.micros + long(value * microsPerUnit[unit]) + nanos / 1000n) };
  }
}

function int(value: bigint): number {
  if (value > maxInt || value < -maxInt - 1n) throw new Failure('integer overflow');
  return Number(value);
}

function long(value: bigint): bigint {
  if (value > maxLong || value < -maxLong - 1n) throw new Failure('long overflow');
  return value;
}

/** Microseconds, a month counting 31 days as in the delay of a watermark. */
export const durationMicros = ({ months, days, micros }: Interval): bigint =>
  micros + (BigInt(days) + BigInt(months) * daysPerMonth) * microsPerDay;

/** Whole milliseconds of a watermark's delay; what is left over is cut towards zero. */
export const durationMillis = (interval: Interval): number => Number(durationMicros(interval) / 1000n);

/** Milliseconds of `trigger(processingTime=…)` and `trigger(continuous=…)`. Throws IllegalArgumentException for bad, monthly and negative intervals. */
export function triggerMillis(text: string): number {
  const interval = parseIntervalString(text);
  if (interval.months !== 0) throw sparkError('TRIGGER_MONTHS', { interval: text });
  const micros = durationMicros(interval);
  const millis = Number((micros - (((micros % 1000n) + 1000n) % 1000n)) / 1000n);
  if (millis < 0) throw sparkError('TRIGGER_NEGATIVE', {});
  return millis;
}
