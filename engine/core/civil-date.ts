/** Calendar date of a day count, proleptic Gregorian, for any year. */
export function civilDate(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  // Eras of 400 years that start on 1 March, so that the leap day is the last of its year.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 };
}

const two = (value: number): string => value.toString().padStart(2, '0');

/** Java's year: four digits, a sign where there are more or the year is negative. */
function yearText(year: number): string {
  const digits = Math.abs(year).toString().padStart(4, '0');
  if (year < 0) return `-${digits}`;
  return year > 9999 ? `+${digits}` : digits;
}

/** `2024-02-29`, `+10000-01-01`, `-0001-12-31`. */
export function dateText(days: number): string {
  const { year, month, day } = civilDate(days);
  return `${yearText(year)}-${two(month)}-${two(day)}`;
}

const dayUs = 86_400_000_000n;

/** `2024-01-10 10:00:00.5`: µs of a wall clock; the fraction without trailing zeros, absent when zero. */
export function wallClockText(us: bigint): string {
  const days = us >= 0n ? us / dayUs : (us - dayUs + 1n) / dayUs;
  const ofDay = Number(us - days * dayUs);
  const seconds = Math.floor(ofDay / 1_000_000);
  const micros = ofDay - seconds * 1_000_000;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = micros === 0 ? '' : `.${micros.toString().padStart(6, '0').replace(/0+$/, '')}`;
  return `${dateText(Number(days))} ${clock}${fraction}`;
}
