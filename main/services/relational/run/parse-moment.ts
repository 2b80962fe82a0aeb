const microsPerDay = 86_400_000_000n;

const spelled =
  /^\s*(\d{4}|\d{2})[-/.:](\d{1,2})[-/.:](\d{1,2})(?:[ T]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?)?\s*$/;
const compact = /^\s*(\d{4}|\d{2})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(?:\.(\d*))?)?\s*$/;

/** Microseconds since 1970 of a date or moment as MariaDB reads it (`2022-05-13`, `20220513133658`, `22/5/13 13:36`); undefined when it is none. */
export function parseMoment(text: string): bigint | undefined {
  const match = spelled.exec(text) ?? compact.exec(text);
  if (match === null) return undefined;
  const [, yearText = '', month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match;
  const year = yearText.length === 2 ? shortYear(Number(yearText)) : Number(yearText);
  const date = new Date(0);
  date.setUTCFullYear(year, Number(month) - 1, Number(day));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second));
  return BigInt(date.getTime()) * 1000n + seconds * 1_000_000n + fractionMicros(fraction);
}

/** Two digits are 1970 to 2069. */
export const shortYear = (year: number): number => (year < 70 ? 2000 + year : 1900 + year);

const fractionMicros = (digits: string): bigint => BigInt(digits.slice(0, 6).padEnd(6, '0') || '0');

export const momentDays = (micros: bigint): number => Number((micros - floorRest(micros, microsPerDay)) / microsPerDay);
const momentTime = (micros: bigint): bigint => floorRest(micros, microsPerDay);
/** Digits of a second that do not fit are cut. */
export const cutFraction = (micros: bigint, scale: number): bigint =>
  micros - floorRest(micros, 10n ** BigInt(6 - scale));

const floorRest = (value: bigint, unit: bigint): bigint => ((value % unit) + unit) % unit;

const clockTime = /^\s*(-)?(?:(\d+)\s+)?(\d{1,3}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?\s*$/;
const bareTime = /^\s*(-)?(\d{1,7})(?:\.(\d*))?\s*$/;
const longestTime = 838n * 3_600_000_000n + 59n * 60_000_000n + 59n * 1_000_000n;

/** Microseconds of a TIME (`10:11:12`, `-1 02:00`, `101112`); undefined when it is none. */
export function parseTime(text: string): bigint | undefined {
  const clock = clockTime.exec(text);
  if (clock !== null) {
    const [, sign, days = '0', hours, minutes, seconds = '0', fraction = ''] = clock;
    return timeMicros(sign, Number(days) * 24 + Number(hours), Number(minutes), Number(seconds), fraction);
  }
  const bare = bareTime.exec(text);
  if (bare !== null) {
    const [, sign, digits = '', fraction = ''] = bare;
    const number = Number(digits);
    return timeMicros(sign, Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100, fraction);
  }
  const moment = parseMoment(text);
  return moment === undefined ? undefined : momentTime(moment);
}

function timeMicros(
  sign: string | undefined,
  hours: number,
  minutes: number,
  seconds: number,
  fraction: string,
): bigint | undefined {
  if (minutes > 59 || seconds > 59) return undefined;
  const micros = BigInt(hours * 3600 + minutes * 60 + seconds) * 1_000_000n + fractionMicros(fraction);
  if (micros > longestTime) return undefined;
  return sign === '-' ? -micros : micros;
}

export function timeText(micros: bigint, scale: number): string {
  const size = micros < 0n ? -micros : micros;
  const part = (unit: bigint, modulo: bigint): string => ((size / unit) % modulo).toString().padStart(2, '0');
  const fraction = scale === 0 ? '' : `.${(size % 1_000_000n).toString().padStart(6, '0').slice(0, scale)}`;
  return `${micros < 0n ? '-' : ''}${part(3_600_000_000n, 1000n)}:${part(60_000_000n, 60n)}:${part(1_000_000n, 60n)}${fraction}`;
}
