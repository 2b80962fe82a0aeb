/** What `'1 02:03' DAY TO MINUTE` says, or why it says nothing. */
export type UnitRange =
  | { readonly kind: 'months'; readonly months: number }
  | { readonly kind: 'micros'; readonly micros: bigint }
  | { readonly kind: 'failure'; readonly message: string }
  | { readonly kind: 'unsupported' };

const n = '(\\d+)';
const nn = '(\\d{1,2})';
const seconds = '(\\d{1,2})(?:\\.(\\d{1,9}))?';

/** By `from` and `to`: the pattern after the sign, the form that messages show, and the unit of each number. */
const dayTimeForms: Readonly<
  Record<string, { readonly pattern: string; readonly shown: string; readonly units: readonly string[] }>
> = {
  'day to hour': { pattern: `${n} ${nn}`, shown: 'd h', units: ['day', 'hour'] },
  'day to minute': { pattern: `${n} ${nn}:${nn}`, shown: 'd h:m', units: ['day', 'hour', 'minute'] },
  'day to second': {
    pattern: `${n} ${nn}:${nn}:${seconds}`,
    shown: 'd h:m:s.n',
    units: ['day', 'hour', 'minute', 'second'],
  },
  'hour to minute': { pattern: `${n}:${nn}`, shown: 'h:m', units: ['hour', 'minute'] },
  'hour to second': { pattern: `${n}:${nn}:${seconds}`, shown: 'h:m:s.n', units: ['hour', 'minute', 'second'] },
  'minute to second': { pattern: `${n}:${seconds}`, shown: 'm:s.n', units: ['minute', 'second'] },
};
const unitSeconds: Readonly<Record<string, bigint>> = { day: 86_400n, hour: 3_600n, minute: 60n, second: 1n };
const limits: Readonly<Record<string, number>> = { hour: 23, minute: 59, second: 59 };
const hint = ', set spark.sql.legacy.fromDayTimeString.enabled to true to restore the behavior before Spark 3.0.';

/** Reads the quoted part of an interval from one unit to a finer one; `from` and `to` in lower case. */
export function readUnitRange(text: string, from: string, to: string): UnitRange {
  if (from === 'year' && to === 'month') return readYearToMonth(text);
  const form = dayTimeForms[`${from} to ${to}`];
  if (!form) return { kind: 'unsupported' };
  const match = new RegExp(`^([+-])?${form.pattern}$`).exec(text.trim());
  if (!match) {
    return { kind: 'failure', message: `${mismatch(text, 'day-time', form.shown, `${from} to ${to}`)}${hint}` };
  }
  const [, sign, ...numbers] = match;
  let total = 0n;
  for (const [index, unit] of form.units.entries()) {
    const value = Number(numbers[index] ?? 0);
    const limit = index === 0 ? undefined : limits[unit];
    if (limit !== undefined && value > limit) return { kind: 'failure', message: outside(unit, value, limit) };
    total += BigInt(numbers[index] ?? 0) * (unitSeconds[unit] ?? 0n) * 1_000_000n;
  }
  total += BigInt((numbers[form.units.length] ?? '').padEnd(9, '0').slice(0, 6));
  return { kind: 'micros', micros: sign === '-' ? -total : total };
}

const outside = (unit: string, value: number, limit: number): string =>
  `requirement failed: ${unit} ${value} outside range [0, ${limit}]`;

/** A lone number takes another way through Spark, which puts a few words in front. */
function mismatch(text: string, family: string, shown: string, range: string): string {
  const prefix = /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? `Error parsing interval ${family} string: ` : '';
  const form = `\`[+|-]${shown}\`, \`INTERVAL [+|-]'[+|-]${shown}' ${range.toUpperCase()}\``;
  return `${prefix}Interval string does not match ${family} format of ${form} when cast to interval ${range}: ${text}`;
}

function readYearToMonth(text: string): UnitRange {
  const match = /^([+-])?(\d+)-(\d+)$/.exec(text.trim());
  if (!match) return { kind: 'failure', message: mismatch(text, 'year-month', 'y-m', 'year to month') };
  const [, sign, years = '0', months = '0'] = match;
  if (Number(months) > 11)
    return {
      kind: 'failure',
      message: `Error parsing interval year-month string: ${outside('month', Number(months), 11)}`,
    };
  const total = Number(years) * 12 + Number(months);
  return { kind: 'months', months: sign === '-' ? -total : total };
}
